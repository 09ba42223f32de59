"""Publishing: an as-at moment that is true, a comment, one text under one hash, and a database that keeps it.  R-28"""

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

import clock
from journal.models import Entry
from journal.recording import record
from speakers import protection
from speakers.entries import withdrawing
from speakers.models import Revision
from speakers.publishing import revisions
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting

pytestmark = pytest.mark.django_db
LATER = OPEN + timedelta(hours=2)


@pytest.fixture
def meeting():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("RWA", "Rwanda"))
    return meeting


def publish(meeting, **wishes):
    return revisions.publish(meeting.speakers_list, by=STAFF, at=LATER, **wishes)


def test_a_published_revision_holds_number_moment_comment_and_public_rows_under_its_hash(meeting):
    revision = publish(meeting, comment="  For the Journal of 1 September. ")

    content = json.loads(revision.content)
    assert content == {
        "format": "list-of-speakers/2",
        "meeting": "dialogue",
        "number": 1,
        "kind": "published",
        "as_at": "2016-08-31T19:00:00.000000+00:00",
        "comment": "For the Journal of 1 September.",
        "policy": "customary_protocol",
        "previous_sha256": "",
        "provisional": False,
        "sittings": [
            {
                "name": "morning",
                "starts_at": "2016-09-06T10:00:00-04:00",
                "ends_at": "2016-09-06T13:00:00-04:00",
                "likely": True,
            },
            {
                "name": "afternoon",
                "starts_at": "2016-09-06T15:00:00-04:00",
                "ends_at": "2016-09-06T18:00:00-04:00",
                "likely": True,
            },
        ],
        "speakers": [
            {
                "place": 1,
                "delegation": "Rwanda",
                "delegation_code": "RWA",
                "capacity": "national",
                "group": "",
                "band": "member_states",
                "level": "PR",
                "receipt_no": 1,
                "sitting": "morning",
                "fixed_sitting": "",
            }
        ],
    }
    assert revision.sha256 == hashlib.sha256(revision.content.encode()).hexdigest()


def test_each_revision_holds_the_hash_of_the_one_before(meeting):
    first, second = publish(meeting), publish(meeting)

    assert (second.number, second.previous_sha256) == (2, first.sha256)
    assert json.loads(second.content)["previous_sha256"] == first.sha256


def test_publishing_is_journalled_with_the_hash_and_by_whom(meeting):
    revision = publish(meeting, comment="For the Journal.")

    entry = Entry.objects.about(f"revision/1/{revision.sha256}").get()
    assert (entry.act, entry.at, entry.payload.actor_name) == ("frozen", LATER, "officer")
    assert entry.payload.after == {"number": 1, "kind": "published", "sha256": revision.sha256}
    assert entry.payload.reason == "For the Journal."


def test_the_list_may_be_published_as_at_a_moment_since_which_nothing_was_done(meeting):
    as_at = LATER - timedelta(hours=1)

    assert publish(meeting, as_at=as_at).as_at == as_at


def test_as_at_a_moment_before_the_last_change_the_list_would_not_be_true(meeting):
    changed_at = LATER - timedelta(minutes=10)
    withdrawing.withdraw(meeting.speakers_list.inscriptions.get(), by=STAFF, at=changed_at)

    with pytest.raises(
        revisions.PublicationRefused, match=r"last changed on 31 August 2016, 2:50:00\.000 p\.m\."
    ) as refused:
        publish(meeting, as_at=changed_at - timedelta(seconds=1))

    assert refused.value.field == "as_at"
    assert Revision.objects.count() == 0


def test_a_changed_name_of_a_delegation_is_a_change_of_the_list_too(meeting):
    with transaction.atomic():
        record("changed", stream="secretariat", subject="delegation/1", by=STAFF, at=LATER - timedelta(minutes=5))

    with pytest.raises(revisions.PublicationRefused, match="last changed"):
        publish(meeting, as_at=LATER - timedelta(minutes=6))


def test_a_moment_to_come_is_refused(meeting):
    with pytest.raises(revisions.PublicationRefused, match="has not come yet"):
        publish(meeting, as_at=LATER + timedelta(seconds=1))


def test_a_comment_has_an_end(meeting):
    publish(meeting, comment="a" * revisions.LONGEST_COMMENT)

    with pytest.raises(revisions.PublicationRefused, match="at most 1000") as refused:
        publish(meeting, comment="a" * (revisions.LONGEST_COMMENT + 1))

    assert refused.value.field == "comment"


def test_in_a_rehearsal_with_its_clock_set_back_the_list_is_published_as_at_now(meeting):
    meeting.is_rehearsal, meeting.clock_shift = True, -timedelta(days=5)
    meeting.save()

    with clock.stopped(LATER):
        revision = revisions.publish(meeting.speakers_list, by=STAFF, at=meeting.moment(clock.now()))

    assert revision.as_at == LATER - timedelta(days=5)


def test_the_words_are_in_the_language_of_the_site_and_not_of_the_publisher(meeting):
    delegation = make_delegation("RWA")
    delegation.short_name = {"en": "Rwanda", "ar": "رواندا"}
    delegation.save()

    with translation.override("ar"):
        revision = publish(meeting)

    assert revision.rows[0]["delegation"] == "Rwanda"


def test_a_name_with_every_odd_character_is_frozen_and_reads_back(meeting):
    odd = "=1+1\t\"',;<b>\u202eA\u0007\u2028 عربي 中文"
    make_inscription(meeting, make_delegation("KEN", "Kenya"), capacity="group", group_name=odd, group_key="odd")

    revision = publish(meeting)
    revision.refresh_from_db()

    assert revision.rows[0]["group"] == odd
    assert revision.sha256 == hashlib.sha256(revision.content.encode()).hexdigest()


@pytest.mark.parametrize("change", [{"comment": "other"}, {"content": "{}"}, {"sha256": "0" * 64}, {"number": 9}])
def test_the_database_itself_refuses_to_change_a_revision(meeting, change):
    publish(meeting)

    with pytest.raises(IntegrityError, match="A published revision is never changed"), transaction.atomic():
        Revision.objects.update(**change)


def test_the_database_itself_refuses_to_delete_a_revision(meeting):
    publish(meeting)

    with pytest.raises(IntegrityError, match="A published revision is never changed"), transaction.atomic():
        Revision.objects.all()._raw_delete("default")  # noqa: SLF001  past Django's own cascade


def test_without_the_triggers_it_would_not_refuse(meeting):
    publish(meeting)
    assert protection.missing(connection) == []

    protection.unprotect(connection)
    try:
        assert Revision.objects.update(comment="other") == 1
        assert protection.missing(connection) == sorted(protection.ALL.refused)
    finally:
        protection.protect(connection)


def test_the_database_refuses_a_second_revision_that_follows_none(meeting):
    publish(meeting)
    facts = {"number": 2, "kind": "published", "as_at": LATER, "content": "{}", "sha256": "1" * 64}
    subject = f"revision/2/{facts['sha256']}"
    record("frozen", stream=meeting.speakers_list.journal_stream, subject=subject, by=STAFF, at=LATER)

    with pytest.raises(IntegrityError, match="only_the_first_revision_follows_none"), transaction.atomic():
        Revision.objects.create(speakers_list=meeting.speakers_list, **facts)


def test_the_database_refuses_a_revision_without_its_act(meeting):
    revision = publish(meeting)
    facts = {"number": 2, "kind": "published", "as_at": LATER, "content": "{}", "previous_sha256": revision.sha256}

    with pytest.raises(IntegrityError, match="frozen by an act"), transaction.atomic():
        Revision.objects.create(speakers_list=meeting.speakers_list, sha256="1" * 64, **facts)
