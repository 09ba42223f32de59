"""Scanning at the door: what is green, amber and red, what is stored, and what is never a second scan.  R-54 R-55"""

import hashlib
import itertools
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from journal import chain
from journal.models import Entry
from registration import records
from registration.decisions import deciding
from registration.door import scanning
from registration.door.attendance import Attendance
from registration.door.scan_words import REASONS, TITLES, ScanWords
from registration.models import Manifest, Scan
from registration.models.scan import Mode, Outcome, Verdict
from registration.refusals import TicketRefused
from registration.requests import ending
from spelling import pasting
from tests.factories import OPEN, STAFF, make_meeting
from tests.registration.factories import make_representative, make_ticketing

pytestmark = pytest.mark.django_db
numbers = itertools.count(1)
DOOR = OPEN + timedelta(days=6)


@pytest.fixture
def meeting():
    return make_ticketing().meeting


def scan(meeting, code, mode="hand_over", at=DOOR, **changes):
    attempt = scanning.Attempt(**{"nonce": f"n{next(numbers)}", "code": code, "mode": mode, "desk": "Desk 2"} | changes)
    return scanning.scan(meeting, attempt, by=STAFF, at=at)


def make_manifest(meeting):
    Manifest.objects.create(meeting=meeting, number=1, frozen_at=OPEN, added=1, withdrawn=0, sha256="0" * 64)


def code_of(person):
    return person.vouchers.get().code


def told(scanned):
    return str(scanned.verdict), scanned.outcome


@pytest.mark.parametrize("state", ["approved", "on_manifest", "collected", "no_show"])
def test_a_good_voucher_is_green_once_and_the_ticket_is_handed_over_and_journalled(meeting, state):
    person = make_representative(meeting, state)

    scanned = scan(meeting, code_of(person))

    person.refresh_from_db()
    entry = Entry.objects.about(records.subject(person)).get()
    assert told(scanned) == ("green", "handed_over")
    assert (person.state, person.state_since, person.holds_seat) == ("handed_over", DOOR, True)
    assert (entry.act, entry.payload.after) == ("handed over", {"state": "handed_over"})
    assert chain.problems(meeting.journal_stream) == []


def test_already_used_is_amber_and_says_when_where_and_by_whom(meeting):
    person = make_representative(meeting, "approved", first_name="Ada", last_name="Lovelace")
    scan(meeting, code_of(person), at=DOOR)

    again = scan(meeting, code_of(person), at=DOOR + timedelta(hours=1))

    words = ScanWords.of(again)
    assert told(again) == ("amber", "already")
    assert words.reason == "The ticket was handed over at 1:00 p.m., Desk 2, by officer."
    assert (words.title, words.name) == ("Stop: already used", "Ada Lovelace")


def test_a_revoked_voucher_is_red_with_the_reason(meeting):
    person = make_representative(meeting, "approved")
    ending.cancel(person, by=STAFF, at=OPEN)

    scanned = scan(meeting, code_of(person))

    assert told(scanned) == ("red", "revoked")
    assert "no longer valid" in ScanWords.of(scanned).reason


@pytest.mark.parametrize("code", ["0" * 40, "HTTPS://ELSEWHERE.EXAMPLE", "P<UTOLOVELACE<<ADA<<<<<<<<", "٣٤", "'; DROP"])
def test_anything_else_that_is_scanned_is_red_and_only_its_digest_is_kept(meeting, code):
    scanned = scan(meeting, code)

    row = Scan.objects.filter(pk=scanned.pk).values().get()
    assert told(scanned) == ("red", "unknown")
    assert row["code_digest"] == hashlib.sha256(pasting.code(code).encode()).hexdigest()
    assert code not in str(row)


def test_a_voucher_for_another_meeting_is_red_and_tells_no_name(meeting):
    other = make_ticketing(make_meeting("other")).meeting
    person = make_representative(other, "approved", first_name="Ada")

    scanned = scan(meeting, code_of(person))

    person.refresh_from_db()
    assert told(scanned) == ("red", "other_meeting")
    assert (scanned.representative, ScanWords.of(scanned).name) == (None, "")
    assert person.state == "approved"


def test_an_approval_not_yet_told_is_amber_and_nothing_is_handed_over(meeting):
    person = make_representative(meeting)
    deciding.approve(person, by=STAFF, at=OPEN)

    scanned = scan(meeting, code_of(person))

    person.refresh_from_db()
    assert told(scanned) == ("amber", "not_told")
    assert person.state == "approved"


def test_once_there_is_a_manifest_a_person_who_is_not_on_it_and_has_no_pass_is_amber(meeting):
    make_manifest(meeting)
    missing = make_representative(meeting, "approved")
    with_pass = make_representative(meeting, "approved", has_grounds_pass=True)

    assert told(scan(meeting, code_of(missing))) == ("amber", "not_on_manifest")
    assert told(scan(meeting, code_of(with_pass))) == ("green", "handed_over")


def test_the_code_is_read_however_it_was_typed_or_scanned(meeting):
    person = make_representative(meeting, "approved")
    voucher = person.vouchers.get()

    assert told(scan(meeting, f" {voucher.reference.lower()}\n"))[0] == "green"


def test_every_scan_is_stored_including_refusals_with_operator_desk_and_both_times(meeting):
    person = make_representative(meeting, "approved")
    device_at = DOOR - timedelta(seconds=3)

    for code in [code_of(person), code_of(person), "unknown"]:
        scan(meeting, code, device_at=device_at)

    rows = Scan.objects.order_by("pk").values_list("outcome", "operator", "desk", "device_at", "scanned_at")
    assert list(rows) == [
        (outcome, "officer", "Desk 2", device_at, DOOR) for outcome in ["handed_over", "already", "unknown"]
    ]


def test_a_retry_with_the_same_nonce_gets_the_first_answer_and_is_no_second_scan(meeting):
    person = make_representative(meeting, "approved")
    first = scan(meeting, code_of(person), nonce="same")

    again = scan(meeting, code_of(person), nonce="same", at=DOOR + timedelta(minutes=5))

    assert (again.pk, told(again)) == (first.pk, ("green", "handed_over"))
    assert Scan.objects.count() == 1


def test_a_nonce_that_names_another_scan_is_refused_in_words(meeting):
    one, other = make_representative(meeting, "approved"), make_representative(meeting, "approved")
    scan(meeting, code_of(one), nonce="same")

    with pytest.raises(TicketRefused, match="Another scan was stored"):
        scan(meeting, code_of(other), nonce="same")
    with pytest.raises(TicketRefused, match="incomplete"):
        scan(meeting, code_of(other), nonce="")


def test_going_out_and_coming_back_is_counted_each_only_from_the_other_side(meeting):
    one, other = make_representative(meeting, "approved"), make_representative(meeting, "approved")
    make_representative(meeting, "approved")

    outcomes = [
        scan(meeting, code_of(one), mode).outcome
        for mode in ["out", "hand_over", "in", "out", "out", "in", "in", "out"]
    ]
    scan(meeting, code_of(other))

    assert outcomes == [
        *("no_ticket_yet", "handed_over", "is_inside", "went_out"),
        *("is_outside", "came_back", "is_inside", "went_out"),
    ]
    assert Attendance.of(meeting) == Attendance(expected=3, arrived=2, inside=1)


def test_by_name_a_ticket_is_handed_over_without_a_voucher_and_the_voucher_is_used_with_it(meeting):
    make_manifest(meeting)
    person = make_representative(meeting, "approved")

    scanned = scanning.hand_over(person, scanning.Attempt("by-name", desk="Desk 1"), by=STAFF, at=DOOR)

    assert (told(scanned), scanned.is_by_name) == (("green", "handed_over"), True)
    assert told(scan(meeting, code_of(person))) == ("amber", "already")
    assert scanning.hand_over(person, scanning.Attempt("by-name", desk="Desk 1"), by=STAFF, at=DOOR) == scanned


def test_by_name_too_a_person_who_is_not_approved_is_handed_no_ticket(meeting):
    person = make_representative(meeting, "waitlisted")

    scanned = scanning.hand_over(person, scanning.Attempt("by-name"), by=STAFF, at=DOOR)

    person.refresh_from_db()
    assert told(scanned) == ("red", "not_let_in")
    assert person.state == "waitlisted"


def test_what_two_devices_let_in_without_a_network_is_a_conflict_and_names_the_first(meeting):
    person = make_representative(meeting, "approved")
    alone = {"told": "green", "device_at": DOOR}

    first = scan(meeting, code_of(person), at=DOOR + timedelta(minutes=9), desk="Desk 1", **alone)
    second = scan(meeting, code_of(person), at=DOOR + timedelta(minutes=10), **alone)

    assert (first.is_conflict, second.is_conflict) == (False, True)
    assert list(Scan.objects.conflicts()) == [second]
    assert ScanWords.of(second).reason == (
        "The ticket was handed over at 1:00 p.m., Desk 1, by officer, by the clock of a device without a network. "
        "A device without a network had shown green: find out who has the ticket."
    )


def test_a_voucher_revoked_while_the_network_was_down_is_a_conflict(meeting):
    person = make_representative(meeting, "approved")
    code = code_of(person)
    ending.cancel(person, by=STAFF, at=OPEN)

    scanned = scan(meeting, code, told="green", device_at=OPEN)

    assert (told(scanned), scanned.is_conflict) == (("red", "revoked"), True)


def test_the_database_refuses_a_second_hand_over_and_an_offline_scan_without_its_moment(meeting):
    person = make_representative(meeting, "approved")
    facts = {"meeting": meeting, "operator": "officer", "scanned_at": DOOR, "representative": person}
    Scan.objects.create(nonce="1", outcome="handed_over", **facts)

    for wrong in [{"outcome": "handed_over"}, {"outcome": "already", "is_offline": True, "told": "green"}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Scan.objects.create(nonce="2", **facts | wrong)


def test_every_outcome_has_a_colour_a_title_and_a_reason():
    assert set(TITLES) == set(REASONS) == set(Outcome)
    assert {outcome.verdict for outcome in Outcome} == set(Verdict)
    assert set(Mode.values) == {"hand_over", "out", "in"}
