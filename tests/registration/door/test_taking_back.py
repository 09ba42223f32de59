"""What a supervisor puts right at the door: a hand-over taken back, a conflict settled, people found by name.  R-55"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction
from django.test import Client

import clock
from journal import chain
from journal.models import Entry
from registration import records
from registration.door import hand_overs, scanning, taking_back
from registration.door.attendance import Attendance
from registration.models import Scan, Settlement
from registration.models.scan import Outcome
from registration.refusals import TicketRefused
from secretariat import erasing
from tests.factories import OPEN, STAFF
from tests.registration.factories import make_representative, make_ticketing

pytestmark = pytest.mark.django_db
DESK = "/meetings/dialogue/hand-over/"
LATER = OPEN + timedelta(hours=1)


@pytest.fixture
def meeting():
    return make_ticketing().meeting


def client_of(group):
    user = User.objects.create(username=group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def scan(meeting, person, mode="hand_over", **changes):
    number = Scan.objects.count()
    attempt = scanning.Attempt(nonce=f"n{number}", code=person.vouchers.get().code, mode=mode, **changes)
    return scanning.scan(meeting, attempt, by=STAFF, at=OPEN)


def take_back(person, seen, reason="Wrong person"):
    return taking_back.take_back(person, seen=seen.pk, reason=reason, by=STAFF, at=LATER)


@pytest.mark.parametrize("state", ["approved", "on_manifest", "collected", "no_show"])
def test_a_hand_over_taken_back_leaves_both_scans_and_the_person_as_before_and_can_be_done_again(meeting, state):
    person = make_representative(meeting, state)
    first = scan(meeting, person)

    taken = take_back(person, first)

    person.refresh_from_db()
    entry = Entry.objects.about(records.subject(person)).latest("pk")
    assert (person.state, person.holds_seat) == (state, True)
    assert (taken.outcome, taken.earlier, taken.representative) == ("taken_back", first, person)
    assert (entry.act, entry.payload.reason) == ("hand-over taken back", "Wrong person")
    assert scan(meeting, person).outcome == "handed_over"
    assert scan(meeting, person).outcome == "already"
    assert list(Scan.objects.order_by("pk").values_list("outcome", flat=True))[:3] == [
        *("handed_over", "taken_back", "handed_over")
    ]
    assert (hand_overs.problems(meeting), chain.problems(meeting.journal_stream)) == ([], [])


def test_a_second_taking_back_needs_the_second_hand_over(meeting):
    person = make_representative(meeting, "approved")
    first = scan(meeting, person)
    take_back(person, first)
    with pytest.raises(TicketRefused, match="is not handed over"):
        take_back(person, first)
    second = scan(meeting, person)

    with pytest.raises(TicketRefused, match="handed over again meanwhile"):
        take_back(person, first)
    take_back(person, second)

    assert [each.hand_over_no for each in Scan.objects.order_by("pk")] == [1, 1, 2, 2]


def test_the_database_admits_one_taking_back_of_each_hand_over(meeting):
    person = make_representative(meeting, "approved")
    taken = take_back(person, scan(meeting, person))
    taken.pk, taken.nonce = None, "another"

    with pytest.raises(IntegrityError), transaction.atomic():
        taken.save(force_insert=True)


def test_a_person_taken_back_is_neither_arrived_nor_inside_nor_outside(meeting):
    person, other = make_representative(meeting, "approved"), make_representative(meeting, "approved")
    first = scan(meeting, person)
    scan(meeting, other)
    scan(meeting, person, "out")
    assert Attendance.of(meeting) == Attendance(2, 2, 1)

    take_back(person, first)

    assert Attendance.of(meeting) == Attendance(2, 1, 1)
    assert scan(meeting, person, "in").outcome == "no_ticket_yet"


def test_taking_back_needs_a_reason_and_a_supervisor(meeting):
    person = make_representative(meeting, "approved", first_name="Ada", last_name="Lovelace")
    first = scan(meeting, person)
    address = f"{DESK}persons/{person.public_id}/taking-back/"
    with clock.stopped(LATER):
        door, supervisor = client_of("Door"), client_of("Door supervisor")
        refused = door.post(address, {"seen": first.pk, "reason": "x"})
        looked = supervisor.get(address)
        asked = supervisor.post(address, {"seen": first.pk, "reason": " "})
        done = supervisor.post(address, {"seen": first.pk, "reason": "Given to another person"})

    person.refresh_from_db()
    assert (refused.status_code, asked.status_code, done.status_code) == (403, 422, 302)
    assert "The ticket was handed over at 1:00 p.m." in looked.content.decode()
    assert "Give the reason" in asked.content.decode()
    assert person.state == "approved"


def a_conflict(meeting, person):
    """A second device showed green while it was offline."""
    scan(meeting, person)
    return scan(meeting, person, device_at=OPEN, told="green")


def test_a_conflict_is_settled_with_a_word_and_leaves_every_desk(meeting):
    person = make_representative(meeting, "approved", first_name="Ada", last_name="Lovelace")
    conflict = a_conflict(meeting, person)
    address = f"{DESK}conflicts/{conflict.nonce}/"
    with clock.stopped(LATER):
        door, supervisor = client_of("Door"), client_of("Door supervisor")
        shown = supervisor.get(DESK).content.decode()
        refused = door.post(address, {"word": "x"})
        asked = supervisor.post(address, {"word": ""})
        done = supervisor.post(address, {"word": "Scanned twice, has the ticket"})
        again = supervisor.post(address, {"word": "Once more"})

    kept = Settlement.objects.get()
    assert address in shown
    assert (refused.status_code, asked.status_code, done.status_code, again.status_code) == (403, 422, 302, 404)
    assert (kept.scan, kept.word) == (conflict, "Scanned twice, has the ticket")
    assert not Scan.objects.conflicts().exists()
    assert Scan.objects.filter(outcome=Outcome.ALREADY).count() == 1
    assert Entry.objects.about(records.subject(person)).latest("pk").act == "conflict settled"
    assert hand_overs.problems(meeting) == []


def test_what_is_no_conflict_is_not_settled(meeting):
    person = make_representative(meeting, "approved")

    with pytest.raises(TicketRefused, match="is no conflict"):
        taking_back.settle(scan(meeting, person), word="x", by=STAFF, at=OPEN)


def test_a_settlement_or_a_taking_back_without_its_act_is_found(meeting):
    person = make_representative(meeting, "approved")
    conflict = a_conflict(meeting, person)
    Settlement.objects.create(scan=conflict, word="forged", settled_at=OPEN, settled_by="someone")

    (problem,) = hand_overs.problems(meeting)

    assert problem.startswith("A conflict at the door is recorded as settled")


def test_the_word_on_a_conflict_is_erased_in_time(meeting):
    conflict = a_conflict(meeting, make_representative(meeting, "approved"))
    taking_back.settle(conflict, word="Ada has it", by=STAFF, at=OPEN)

    erasing.erase_what_is_due(at=meeting.ends_at + timedelta(days=400))

    assert list(Settlement.objects.values_list("word", "settled_by")) == [("", "")]


def test_by_the_terms_every_desk_finds_people_by_name(meeting):
    make_representative(meeting, "approved", first_name="Ада", last_name="Лавлейс", latin_key="ada lovelace")
    door = client_of("Door")
    with clock.stopped(OPEN):
        before = door.post(f"{DESK}find/", {"name": "lovelace"})
        type(meeting.ticketing).objects.update(is_name_search_open=True)
        after = door.post(f"{DESK}find/", {"name": "lovelace"})

    assert (before.status_code, after.status_code) == (403, 200)
    assert "Ада Лавлейс" in after.content.decode()
    assert "Take the hand-over" not in after.content.decode()


def test_a_short_code_hands_over_like_the_code_and_only_at_its_meeting(meeting):
    person = make_representative(meeting, "approved")
    short = person.vouchers.get().short_code

    typed = scanning.Attempt(nonce="short", code=f"{short[:4].lower()} {short[4:]}")
    scanned = scanning.scan(meeting, typed, by=STAFF, at=OPEN)
    again = scanning.scan(meeting, typed, by=STAFF, at=OPEN)

    assert (scanned.outcome, scanned.representative, again.pk) == ("handed_over", person, scanned.pk)
    assert short not in str(Scan.objects.values().get())


def test_neither_is_done_without_a_word(meeting):
    person = make_representative(meeting, "approved")
    first = scan(meeting, person)

    with pytest.raises(TicketRefused, match="Give the reason"):
        take_back(person, first, reason=" ")
    with pytest.raises(TicketRefused, match="in a word"):
        taking_back.settle(first, word=" ", by=STAFF, at=OPEN)
