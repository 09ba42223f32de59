"""A personal extension: one delegation inscribes normally after closing, and no other.  R-27"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

import clock
from acts.refusals import Refusal
from journal.models import Entry
from outbox.models import Message
from speakers.entries import changing, extensions, inscribing, late_entries
from speakers.models import Extension, Inscription
from speakers.order import precedence
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    an_inscription,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_level,
    make_meeting,
    order_of,
)
from tests.speakers.entries.test_late_requests import FILE, INSCRIBE, KNOWN, signed_in, typed

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = DEADLINE + HOUR
UNTIL = DEADLINE + 24 * HOUR


@pytest.fixture
def meeting():
    """A closed list with a minister and two representatives on it; Rwanda is not."""
    meeting = make_meeting()
    for code, level in [("AAA", "MFA"), ("BBB", "PR"), ("CCC", "DPR")]:
        make_inscription(meeting, make_delegation(code), level)
    make_focal_point(make_delegation("RWA", "Rwanda"))
    make_level("HOS")
    with clock.stopped(LATER):
        yield meeting


def grant(meeting, code="RWA", **changes):
    facts = {"until": UNTIL, "reason": "Its mission had no power", "by": STAFF, "at": LATER}
    return extensions.grant(meeting.speakers_list, delegation=make_delegation(code), **facts | changes)


def test_the_delegation_inscribes_after_closing_at_the_end_of_its_class_by_receipt(meeting):
    grant(meeting)

    entry = make_inscription(meeting, make_delegation("RWA"), at=LATER)

    assert order_of(meeting) == ["AAA", "BBB", "RWA", "CCC"]
    assert (entry.receipt_no, entry.is_late) == (4, False)


def test_its_place_says_that_it_was_inscribed_within_an_extension(meeting):
    grant(meeting)
    entry = make_inscription(meeting, make_delegation("RWA"), at=LATER)

    words = "Inscribed after closing, within an extension for the delegation until Friday, 2 September 2016, 1:00 p.m."
    assert words in " ".join(precedence.explain(entry))


@pytest.mark.parametrize("at", [UNTIL, UNTIL + HOUR])
def test_the_moment_of_its_end_itself_is_too_late(meeting, at):
    grant(meeting)

    with pytest.raises(inscribing.InscriptionRefused):
        make_inscription(meeting, make_delegation("RWA"), at=at)
    make_inscription(meeting, make_delegation("RWA"), at=UNTIL - timedelta(microseconds=1))


def test_no_other_delegation_benefits_from_it(meeting):
    grant(meeting)

    with pytest.raises(inscribing.InscriptionRefused):
        make_inscription(meeting, make_delegation("KEN"), at=LATER)
    with pytest.raises(inscribing.InscriptionRefused):
        make_inscription(meeting, make_delegation("RWA"), at=LATER, is_verified=False)


def test_within_it_the_level_may_be_raised_too(meeting):
    grant(meeting)
    entry = make_inscription(meeting, make_delegation("RWA"), at=LATER)

    changing.change_level(entry, level=make_level("HOS"), title="President", by=STAFF, at=LATER)
    with pytest.raises(Refusal):
        changing.change_level(
            Inscription.objects.get(delegation__code="BBB"), level=make_level("HOS"), title="", by=STAFF, at=LATER
        )

    assert order_of(meeting) == ["RWA", "AAA", "BBB", "CCC"]


def test_what_staff_enter_on_its_behalf_within_it_is_not_late(meeting):
    grant(meeting)

    entry = late_entries.admit_late(
        an_inscription(meeting, make_delegation("RWA")), reason="By telephone", by=STAFF, at=LATER, key="k", digest="d"
    )

    assert not entry.is_late
    assert entry.extension is not None


def test_it_is_mailed_to_the_focal_points_and_the_officer_with_its_reason(meeting):
    make_focal_point(make_delegation("RWA"), "second@missions.example")

    grant(meeting)

    told = Message.objects.filter(kind="speakers.extension").values_list("to", flat=True)
    assert sorted(told) == [["rwa@missions.example"], ["second@missions.example"]]
    assert Message.objects.get(kind="speakers.notice_extension").to == ["inscription@office.example"]
    mail = Message.objects.filter(kind="speakers.extension").first()
    assert "it may inscribe until just before Friday, 2 September 2016, 1:00 p.m. (New York time)" in mail.body
    assert "Its mission had no power" in mail.body


def test_if_no_focal_point_is_on_record_the_officer_is_notified(meeting):
    grant(meeting, "KEN")

    mail = Message.objects.get(kind="speakers.notice_extension")
    assert "No focal point is on record for this delegation" in mail.body


def test_it_is_journalled_with_its_reason(meeting):
    grant(meeting)

    entry = Entry.objects.get(act="extension granted")
    assert (entry.subject, entry.payload.reason) == ("extension/RWA", "Its mission had no power")
    assert entry.payload.after["until"] == "2016-09-02T17:00:00.000000+00:00"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"reason": " "}, "reason", "Give the reason"),
        ({"until": LATER}, "until", "has passed"),
        ({"until": DEADLINE, "at": OPEN}, "until", "All delegations may inscribe until"),
        ({"until": DEADLINE + 30 * 24 * HOUR}, "until", "before the meeting starts"),
    ],
)
def test_an_impossible_extension_is_refused_in_words(meeting, changes, field, words):
    with pytest.raises(extensions.ExtensionRefused, match=words) as refusal:
        grant(meeting, **changes)

    assert refusal.value.field == field
    assert not Extension.objects.exists()


def test_a_second_extension_replaces_the_first(meeting):
    grant(meeting)
    grant(meeting, until=UNTIL + HOUR)

    assert [extension.until for extension in Extension.objects.standing()] == [UNTIL + HOUR]
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(
            speakers_list=meeting.speakers_list,
            delegation=make_delegation("RWA"),
            until=UNTIL,
            reason="Two",
            granted_at=LATER,
        )


def test_an_extension_ended_early_accepts_nothing_more_and_what_was_inscribed_stays(meeting):
    extension = grant(meeting)
    make_inscription(meeting, make_delegation("RWA"), at=LATER)

    with pytest.raises(Refusal):
        extensions.end(extension, reason=" ", by=STAFF, at=LATER)
    extensions.end(extension, reason="It has inscribed", by=STAFF, at=LATER)
    with pytest.raises(Refusal, match="already over"):
        extensions.end(extension, reason="Again", by=STAFF, at=LATER)

    assert "RWA" in order_of(meeting)
    assert not extensions.accepts(meeting.speakers_list, make_delegation("RWA"), LATER)
    assert "It has inscribed" in Message.objects.get(kind="speakers.extension_ended").body


def test_the_form_is_the_ordinary_one_and_says_until_when(meeting):
    grant(meeting)
    browser = signed_in(KNOWN)

    page = browser.get(INSCRIBE).content.decode()
    answer = browser.post(INSCRIBE, typed())

    assert "has granted Rwanda an extension until Friday, 2 September 2016" in page
    assert ">Inscribe</button>" in page
    assert "A late request is not an inscription" not in page
    entry = Inscription.objects.get(delegation__code="RWA")
    assert answer.headers["Location"] == entry.get_absolute_url()
    assert not entry.is_late


def test_a_delegation_with_an_extension_files_no_late_request(meeting):
    grant(meeting)

    answer = signed_in(KNOWN).post(FILE, typed())

    assert answer.status_code == 422
    assert "You can still inscribe: please do so, and you will have a receipt" in answer.content.decode()


def test_of_two_delegations_only_the_extended_one_is_offered(meeting):
    make_focal_point(make_delegation("KEN", "Kenya"), KNOWN)
    grant(meeting)

    page = signed_in(KNOWN).get(INSCRIBE).content.decode()

    assert "You inscribe" in page
    assert "Kenya" not in page
