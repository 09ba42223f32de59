"""Late requests: filed after closing without a receipt, accepted at the end of the band, or declined.  R-27"""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

import clock
from acts.refusals import Refusal
from journal import chain
from journal.models import Entry
from outbox.models import Message
from speakers.entries import changing, closing, deadlines, late_entries, late_requests
from speakers.models import Inscription, LateRequest
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
    signed_in,
    written,
)

pytestmark = pytest.mark.django_db
LATER = DEADLINE + timedelta(hours=1)
INSCRIBE, FILE = "/meetings/dialogue/speakers/inscribe/", "/meetings/dialogue/speakers/late-requests/"
KNOWN, STRANGER = "rwa@missions.example", "somebody@elsewhere.example"
DECISION = {"by": STAFF, "at": LATER}


@pytest.fixture
def meeting():
    """A list that closed an hour ago, with one Member State and one observer on it."""
    with clock.stopped(OPEN):
        made = make_meeting()
        make_inscription(made, make_delegation("AAA"), "OTH")
        make_inscription(made, make_delegation("PSE", band="observer_states"))
    make_focal_point(make_delegation("RWA", "Rwanda"))
    for code in ["HOS", "PR"]:
        make_level(code)
    with clock.stopped(LATER):
        yield made


def typed(**changes):
    """A correctly completed form, with `changes`."""
    form = {
        "key": str(uuid.uuid4()),
        "capacity": "national",
        "speaker_name": "Name of the Speaker",
        "speaker_title": "President",
        "level": "HOS",
        "language": "fr",
        "contact_name": "First Secretary",
        "contact_email": KNOWN,
        "copies": "second@missions.example",
        "note": "The President decided to come.",
    }
    return form | changes


def filed(address=KNOWN, **changes):
    """A late request filed through the form from `address`."""
    signed_in(address).post(FILE, typed(**changes))
    return LateRequest.objects.latest("pk")


def mails(kind):
    return Message.objects.filter(kind=f"speakers.{kind}")


def test_after_closing_the_form_is_one_of_a_late_request_and_says_what_that_is(meeting):
    page = signed_in(KNOWN).get(INSCRIBE).content.decode()

    assert "A late request is not an inscription" in page
    assert "It has no receipt number and takes no place." in page
    assert f'action="{FILE}"' in page
    assert 'name="speaker_name"' in page


def test_a_stranger_is_led_to_the_sign_in(meeting):
    page = Client().get(INSCRIBE).content.decode()

    assert "Sign in to file a late request" in page
    assert 'name="speaker_name"' not in page


def test_a_late_request_has_no_receipt_number_and_takes_no_place(meeting):
    answer = signed_in(KNOWN).post(FILE, typed())

    late = LateRequest.objects.get()
    assert answer.headers["Location"] == late.get_absolute_url()
    assert (late.state, late.is_on_record, late.arrived_at) == ("waiting", True, LATER)
    assert order_of(meeting) == ["AAA", "PSE"]
    meeting.refresh_from_db()
    assert meeting.speakers_list.last_receipt_no == 2


def test_the_filer_reads_that_it_is_received_and_no_more_and_the_officer_where_to_decide(meeting):
    late = filed()

    told, asked = mails("late_filed").get(), mails("notice_late_filed").get()
    assert (told.to, told.cc) == ([KNOWN], ["second@missions.example"])
    assert "It is not an inscription: it has no receipt number and takes no place." in told.body
    assert f"/secretariat/speakers/laterequest/{late.pk}/change/" in asked.body


def test_the_page_of_a_late_request_shows_what_was_filed_and_its_state(meeting):
    late = filed()
    browser = signed_in(KNOWN)

    waiting = browser.get(late.get_absolute_url()).content.decode()
    late_requests.decline(late, answer="The meeting is full.", **DECISION)
    declined = browser.get(late.get_absolute_url()).content.decode()

    assert "Late request, without a receipt number" in waiting
    assert "Received, not yet decided." in waiting
    assert "Name of the Speaker" in waiting
    assert "The meeting is full." in declined


def test_an_accepted_request_gets_a_receipt_and_the_end_of_its_band(meeting):
    late = filed()

    entry = late_requests.accept(late, reason="There is time", **DECISION)

    late.refresh_from_db()
    assert order_of(meeting) == ["AAA", "RWA", "PSE"]
    assert (entry.receipt_no, entry.is_late, entry.arrived_at) == (3, True, LATER)
    assert (late.state, late.inscription) == ("accepted", entry)
    assert entry.filed_by_email == KNOWN
    assert "Receipt number 3, entered late and so at the end of this part of the list." in precedence.explain(entry)


def test_the_acknowledgement_of_an_accepted_request_says_late_and_time_permitting(meeting):
    entry = late_requests.accept(filed(), reason="There is time", **DECISION)

    [mail] = [mail for mail in map(written, mails("acknowledgement")) if entry.get_absolute_url() in mail.body]
    assert "marked late, at the end of its part of the list. It takes the floor if time permits." in mail.body
    assert signed_in(KNOWN).get(entry.get_absolute_url()).status_code == 200


def test_a_request_is_declined_with_a_text_that_the_filer_reads(meeting):
    late = filed()

    with pytest.raises(Refusal) as refusal:
        late_requests.decline(late, answer=" ", **DECISION)
    late_requests.decline(late, answer="The meeting is full.", **DECISION)

    assert refusal.value.field == "answer"
    assert "The meeting is full." in mails("late_declined").get().body
    assert order_of(meeting) == ["AAA", "PSE"]


def test_accepting_needs_a_reason(meeting):
    with pytest.raises(Refusal) as refusal:
        late_requests.accept(filed(), reason=" ", **DECISION)

    assert refusal.value.field == "reason"


def test_a_request_is_decided_once(meeting):
    late = filed()
    late_requests.decline(late, answer="Full", **DECISION)

    with pytest.raises(Refusal, match="declined"):
        late_requests.accept(late, reason="After all", **DECISION)
    with pytest.raises(Refusal, match="declined"):
        late_requests.decline(late, answer="Again", **DECISION)


def test_the_filer_withdraws_a_request_by_a_button_and_not_by_opening_the_page(meeting):
    late = filed()
    browser = signed_in(KNOWN)

    browser.get(late.get_absolute_url())
    late.refresh_from_db()
    before = late.state
    browser.post(late.get_absolute_url())
    again = browser.post(late.get_absolute_url(), follow=True)

    late.refresh_from_db()
    assert (before, late.state) == ("waiting", "withdrawn")
    assert "This request has already been decided: taken back." in again.content.decode()


def test_a_person_not_on_record_may_file_and_alone_gets_the_answer(meeting):
    late = filed(STRANGER, delegation="RWA")

    mail = mails("late_filed").get()
    assert not late.is_on_record
    assert (mail.to, mail.cc) == ([STRANGER], [])
    assert "The President decided to come." not in mail.body
    assert "not on record" in mails("notice_late_filed").get().body


def test_a_request_not_on_record_is_seen_by_its_filer_and_not_by_the_delegation(meeting):
    late = filed(STRANGER, delegation="RWA")

    assert signed_in(STRANGER).get(late.get_absolute_url()).status_code == 200
    assert signed_in(KNOWN).get(late.get_absolute_url()).status_code == 404


def test_a_second_focal_point_sees_the_request_of_its_delegation_and_a_stranger_does_not(meeting):
    make_focal_point(make_delegation("RWA"), "second@missions.example")
    late = filed()

    assert signed_in("second@missions.example").get(late.get_absolute_url()).status_code == 200
    assert signed_in(STRANGER).get(late.get_absolute_url()).status_code == 404
    assert Client().get(late.get_absolute_url()).status_code == 302


def test_a_delegation_written_into_the_form_is_ignored(meeting):
    assert filed(delegation="AAA").delegation.code == "RWA"


def test_the_same_form_twice_is_one_request_and_other_content_is_refused(meeting):
    form = typed()
    browser = signed_in(KNOWN)

    first, second = browser.post(FILE, form), browser.post(FILE, form)
    other = browser.post(FILE, form | {"speaker_name": "Another"})

    assert first.headers["Location"] == second.headers["Location"]
    assert other.status_code == 422
    assert "already filed with different content" in other.content.decode()
    assert mails("late_filed").count() == 1


def test_a_second_request_while_the_first_waits_is_refused_and_after_a_refusal_it_is_not(meeting):
    late = filed()

    second = signed_in(KNOWN).post(FILE, typed())
    late_requests.decline(late, answer="Full", **DECISION)
    third = signed_in(KNOWN).post(FILE, typed())

    assert "already waiting for the secretariat" in second.content.decode()
    assert third.status_code == 302


def test_an_address_not_on_record_has_a_few_requests_waiting_at_most(meeting):
    for code in ["KEN", "GHA", "FRA", "CRI", "DNK"]:
        make_delegation(code)
        filed(STRANGER, delegation=code)

    answer = signed_in(STRANGER).post(FILE, typed(delegation="RWA"))

    assert answer.status_code == 422
    assert "has 5 late requests waiting" in answer.content.decode()


def test_a_delegation_on_the_list_files_no_late_request_for_the_same_capacity(meeting):
    make_focal_point(make_delegation("AAA"))

    answer = signed_in("aaa@missions.example").post(FILE, typed())

    assert "is already inscribed in its national capacity (receipt 1)" in answer.content.decode()


@pytest.mark.parametrize("field", ["speaker_name", "contact_name", "level"])
def test_an_error_is_answered_in_words_and_nothing_is_filed(meeting, field):
    answer = signed_in(KNOWN).post(FILE, typed(**{field: ""}))

    assert answer.status_code == 422
    assert "Nothing was recorded" in answer.content.decode()
    assert not LateRequest.objects.exists()


def test_while_the_list_is_open_before_it_opens_and_after_the_meeting_none_is_filed(meeting):
    moments = [meeting.speakers_list.opens_at - timedelta(seconds=1), OPEN, DEADLINE - timedelta(microseconds=1)]

    for at in [*moments, meeting.ends_at]:
        with clock.stopped(at):
            assert signed_in(KNOWN).post(FILE, typed()).status_code == 422

    assert not LateRequest.objects.exists()


def test_a_form_sent_after_the_sign_in_ended_is_not_recorded_and_not_lost(meeting):
    answer = Client().post(FILE, typed())

    assert answer.status_code == 403
    assert "NOT recorded" in answer.content.decode()
    assert "The President decided to come." in answer.content.decode()


def test_a_request_accepted_after_the_list_was_reopened_is_an_ordinary_entry(meeting):
    late = filed()
    closing.close_due_lists(at=LATER)
    deadlines.reopen(
        meeting.speakers_list, closes_at=LATER + timedelta(days=1), reason="A fault of the network", **DECISION
    )

    entry = late_requests.accept(late, reason="The list is open again", **DECISION)

    assert not entry.is_late
    assert order_of(meeting) == ["RWA", "AAA", "PSE"]


def test_each_step_is_journalled_and_the_chain_stays_whole(meeting):
    late = filed()
    late_requests.accept(late, reason="There is time", **DECISION)

    acts = Entry.objects.about(f"late-request/{late.public_id}").values_list("act", flat=True)
    assert list(acts) == ["late request filed", "late request accepted"]
    assert chain.problems(meeting.journal_stream) == []
    entry = Inscription.objects.get(delegation__code="RWA")
    admitted = Entry.objects.about(f"inscription/{entry.public_id}").get()
    assert (admitted.act, admitted.payload.reason) == ("admitted late", "There is time")


def test_the_database_refuses_what_no_request_can_be(meeting):
    late = filed()

    for wrong in [{"state": "declined", "decided_at": LATER}, {"state": "accepted", "decided_at": LATER}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            LateRequest.objects.filter(pk=late.pk).update(**wrong)


def test_a_late_entry_keeps_its_turn_when_its_level_changes(meeting):
    entries = [
        late_entries.admit_late(
            an_inscription(meeting, make_delegation(code)),
            reason="Note verbale",
            by=STAFF,
            at=LATER,
            key=code,
            digest="d",
        )
        for code in ("LAA", "LBB")
    ]

    changing.change_level(entries[0], level=make_level("OTH"), title="Counsellor", by=STAFF, at=LATER)

    assert order_of(meeting) == ["AAA", "LAA", "LBB", "PSE"]
