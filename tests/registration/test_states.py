"""The states of a representative, what the database itself refuses, and vouchers.  R-48 R-49 R-50 R-51 R-54

R-46 R-47 R-56
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from journal import chain
from journal.models import Entry
from outbox import desk, posting
from outbox.models import Message
from registration import locking, records, states
from registration.models import Representative
from registration.models.representative import ENDED, LET_IN, State
from registration.refusals import TicketRefused
from registration.requests import vouchers
from tests.factories import OPEN, STAFF
from tests.registration.factories import make_representative, make_request, make_ticketing

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return make_ticketing().meeting


def test_every_state_names_what_may_follow_and_only_three_are_final():
    assert set(states.NEXT) == set(State)
    assert {state for state, following in states.NEXT.items() if not following} == {
        "handed_over",
        "cancelled",
        "expired",
    }


def test_cancelled_is_reached_from_any_state_before_the_hand_over_and_from_no_other():
    assert [state for state in State if State.CANCELLED in states.NEXT[state]] == [
        state for state in State if state in states.BEFORE_HAND_OVER
    ]


def test_a_move_keeps_count_of_the_seat_and_is_journalled(meeting):
    representative = make_representative(meeting, "confirmed")

    with locking.locked_terms(meeting.pk) as terms:
        states.move(locking.fresh(representative, terms), State.APPROVED, act="approved", by=STAFF, at=OPEN)

    representative.refresh_from_db()
    entry = Entry.objects.about(records.subject(representative)).get()
    assert (representative.state, representative.holds_seat) == ("approved", True)
    assert entry.payload.before == {"state": "confirmed", "holds_seat": False}
    assert entry.payload.after == {"state": "approved", "holds_seat": True}
    assert chain.problems(meeting.journal_stream) == []


def test_a_move_that_does_not_follow_is_refused_in_words(meeting):
    representative = make_representative(meeting, "cancelled", first_name="Ada", last_name="Lovelace")

    with transaction.atomic(), pytest.raises(TicketRefused) as refusal:
        states.move(representative, State.APPROVED, act="approved", by=STAFF, at=OPEN)

    assert str(refusal.value) == "Ada Lovelace is cancelled: this cannot be done now."


def test_seats_are_counted_by_who_holds_one(meeting):
    for state in [*LET_IN, "confirmed", "waitlisted", *ENDED]:
        make_representative(meeting, state)

    assert meeting.ticketing.seats_held() == len(LET_IN)
    assert meeting.ticketing.seats_left() == 40 - len(LET_IN)


def test_a_decision_is_shown_once_its_mail_was_released(meeting):
    posting.post(key="a", to=["a@ngo.example"], subject="s", body="b", kind="k", hold=True)
    draft = Message.objects.get()
    representative = make_representative(meeting, "declined", decision=draft, told_state="confirmed")

    before = representative.shown_state
    desk.release(draft, at=draft.created_at)

    assert before.label == "received, under review"
    assert representative.shown_state.label == "declined"


@pytest.mark.parametrize("ended", ["cancelled", "declined"])
def test_the_database_refuses_a_second_active_representative_of_an_address(meeting, ended):
    make_representative(meeting, ended, email="ada@ngo.example")
    make_representative(meeting, "confirmed", email="ada@ngo.example")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_representative(meeting, "waitlisted", email="Ada@NGO.example")


def test_the_database_refuses_a_second_open_request_of_a_focal_point_for_an_organization(meeting):
    make_request(meeting, contact_email="focal@ngo.example")
    make_request(meeting, contact_email="focal@ngo.example", is_confirmed=False)
    make_request(meeting, "Another", contact_email="focal@ngo.example")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_request(meeting, contact_email="focal@ngo.example")


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        ("confirmed", {"turn": None}),
        ("submitted", {"turn": 99}),
        ("approved", {"holds_seat": False}),
        ("declined", {"holds_seat": True}),
        ("waitlisted", {"holds_seat": True}),
        ("confirmed", {"offer_ends_at": OPEN}),
        ("confirmed", {"wishes_to_speak": True}),
        ("approved", {"selection": "selected"}),
    ],
)
def test_the_database_itself_refuses(meeting, state, changes):
    representative = make_representative(meeting, state)

    with pytest.raises(IntegrityError), transaction.atomic():
        Representative.objects.filter(pk=representative.pk).update(**changes)


def test_a_turn_is_given_once(meeting):
    first, second = make_representative(meeting), make_representative(meeting)

    assert first.turn < second.turn
    with pytest.raises(IntegrityError), transaction.atomic():
        Representative.objects.filter(pk=second.pk).update(turn=first.turn)


def test_a_voucher_is_random_and_a_good_one_is_not_replaced(meeting):
    first, second = make_representative(meeting, "approved"), make_representative(meeting, "approved")

    codes = [vouchers.issue(person, at=OPEN).code for person in (first, first, second)]

    assert codes[0] == codes[1] != codes[2]
    assert all(len(code) * 4 >= 128 for code in codes)


def test_a_revoked_voucher_stays_revoked_and_its_code_is_never_given_again(meeting):
    representative = make_representative(meeting, "approved")
    revoked = representative.vouchers.get()

    assert vouchers.revoke(representative, at=OPEN + timedelta(hours=1))
    assert not vouchers.revoke(representative, at=OPEN + timedelta(hours=2))
    again = vouchers.issue(representative, at=OPEN + timedelta(hours=3))

    revoked.refresh_from_db()
    assert revoked.revoked_at == OPEN + timedelta(hours=1)
    assert again.code != revoked.code
