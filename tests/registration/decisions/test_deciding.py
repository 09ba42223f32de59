"""Approving, the waiting list, declining, m of n: never overbooked or lost, told once released.  R-47 R-48 R-50 R-49"""

import pytest

from journal.models import Entry
from outbox import desk
from outbox.models import Message
from registration.decisions import deciding
from registration.decisions.outcomes import Words
from registration.models import Representative
from registration.refusals import TicketRefused
from registration.requests import amending
from tests.factories import OPEN, STAFF
from tests.registration.factories import make_representative, make_request, make_ticketing
from tests.registration.typing import kinds

pytestmark = pytest.mark.django_db


def approve(representative, **changes):
    return deciding.approve(representative, by=STAFF, at=OPEN, **changes)


def states(*representatives):
    return [Representative.objects.get(pk=each.pk).state for each in representatives]


def make_some(number, *, capacity=40, state="confirmed", **terms):
    meeting = make_ticketing(capacity=capacity, **terms).meeting
    return [make_representative(meeting, state) for _ in range(number)]


def test_an_approval_takes_a_seat_gives_a_voucher_and_drafts_a_mail():
    [ada] = make_some(1)

    approved = approve(ada, words="Come early.")

    mail = Message.objects.get()
    assert (approved.state, approved.holds_seat) == ("approved", True)
    assert ada.vouchers.get().revoked_at is None
    assert (mail.state, mail.kind) == ("held", "registration.approved")
    assert (mail.to, mail.cc) == ([ada.email], [ada.request.contact_email])
    assert "Come early." in mail.body
    assert Entry.objects.filter(act="approved").count() == 1


def test_until_its_mail_is_released_the_person_reads_that_the_request_is_under_review():
    [ada] = make_some(1)

    approve(ada)
    shown_before = Representative.objects.get().shown_state
    mail = Message.objects.get()
    desk.release(mail, at=mail.created_at)

    assert shown_before == "confirmed"
    assert Representative.objects.get().shown_state == "approved"


def test_beyond_the_capacity_an_approval_is_a_place_on_the_waiting_list():
    first, second = make_some(2, capacity=1)

    approve(first), approve(second)

    assert states(first, second) == ["approved", "waitlisted"]
    assert "now at position 1" in Message.objects.get(kind="registration.waitlisted").body


def test_approving_a_person_on_the_waiting_list_without_a_free_seat_is_refused_in_words():
    first, second = make_some(2, capacity=1)
    approve(first), approve(second)

    with pytest.raises(TicketRefused, match=r"No seat is free: Ada Person \d+ stays on the waiting list"):
        approve(second)


def test_the_waiting_list_is_in_the_order_of_confirmation_not_of_decision():
    first, second, third = make_some(3, offers_by_itself=False)

    for each in [third, first, second]:
        deciding.waitlist(each, by=STAFF, at=OPEN)

    positions = [Message.objects.get(to=[each.email]).body for each in (first, second, third)]
    assert list(Representative.objects.waiting()) == [first, second, third]
    assert ["at position 2" in positions[1], "at position 1" in positions[0]] == [True, True]


def test_no_one_is_put_on_the_waiting_list_only_to_be_offered_a_free_seat_at_once():
    [ada] = make_some(1)

    with pytest.raises(TicketRefused, match="Seats are free"):
        deciding.waitlist(ada, by=STAFF, at=OPEN)


def test_declining_needs_words_which_the_person_reads():
    [ada] = make_some(1)

    with pytest.raises(TicketRefused) as refusal:
        deciding.decline(ada, words=" ", by=STAFF, at=OPEN)
    deciding.decline(ada, words="The room is too small.", by=STAFF, at=OPEN)

    assert refusal.value.field == "words"
    assert states(ada) == ["declined"]
    assert "The room is too small." in Message.objects.get().body


def test_an_approval_taken_back_before_its_mail_left_leaves_one_mail_and_no_voucher():
    [ada] = make_some(1)

    approve(ada)
    deciding.decline(ada, words="A mistake.", by=STAFF, at=OPEN)

    assert kinds() == ["declined"]
    assert ada.vouchers.get().revoked_at == OPEN
    assert Representative.objects.get().shown_state == "confirmed"


def test_declining_a_seat_that_was_given_offers_it_to_the_next():
    first, second = make_some(2, capacity=1)
    approve(first), approve(second)

    deciding.decline(first, words="A mistake.", by=STAFF, at=OPEN)

    assert Representative.objects.get(pk=second.pk).is_offered_a_seat


def test_what_is_already_decided_cannot_be_decided_again():
    [ada] = make_some(1, state="cancelled")

    for decide in [approve, lambda each: deciding.decline(each, words="No.", by=STAFF, at=OPEN)]:
        with pytest.raises(TicketRefused, match="is cancelled: there is nothing to decide"):
            decide(ada)


def test_reconsidering_reverses_the_refusal_and_keeps_the_turn():
    [ada] = make_some(1)
    deciding.decline(ada, words="No.", by=STAFF, at=OPEN)

    deciding.reconsider(ada, reason="A seat more.", by=STAFF, at=OPEN)

    assert (states(ada), Representative.objects.get().turn) == (["confirmed"], ada.turn)
    assert kinds() == []
    assert Entry.objects.filter(act="reconsidered").get().payload.reason == "A seat more."


def test_reconsidering_is_refused_if_the_address_is_now_used_by_another():
    [ada] = make_some(1, state="declined")
    make_representative(ada.meeting, "confirmed", email=ada.email, last_name="King")

    with pytest.raises(TicketRefused, match="is now used by Ada King"):
        deciding.reconsider(ada, reason="Again.", by=STAFF, at=OPEN)


@pytest.mark.parametrize(
    ("seats", "others", "expected"),
    [
        (0, "declined", ["declined", "declined", "declined"]),
        (1, "waitlisted", ["approved", "waitlisted", "waitlisted"]),
        (2, "confirmed", ["approved", "approved", "confirmed"]),
        (2, "declined", ["approved", "approved", "declined"]),
        (3, "declined", ["approved", "approved", "approved"]),
    ],
)
def test_staff_grant_m_of_n_of_a_request(seats, others, expected):
    meeting = make_ticketing(per_organization=3, offers_by_itself=False).meeting
    request = make_request(meeting)
    group = [make_representative(request=request) for _ in range(3)]

    deciding.grant(request, seats=seats, others=others, by=STAFF, at=OPEN, words=Words(declined="As agreed."))

    assert states(*group) == expected


def test_granting_more_than_are_undecided_does_nothing_at_all():
    meeting = make_ticketing().meeting
    request = make_request(meeting)
    group = [make_representative(request=request, state=state) for state in ("confirmed", "approved")]

    with pytest.raises(TicketRefused, match="1 representative of this request is waiting"):
        deciding.grant(request, seats=2, others="declined", by=STAFF, at=OPEN)

    assert states(*group) == ["confirmed", "approved"]


def test_a_refusal_of_one_undoes_the_grant_of_all():
    meeting = make_ticketing().meeting
    request = make_request(meeting)
    group = [make_representative(request=request) for _ in range(2)]

    with pytest.raises(TicketRefused, match="Enter your words"):
        deciding.grant(request, seats=1, others="declined", by=STAFF, at=OPEN)

    assert states(*group) == ["confirmed", "confirmed"]
    assert kinds() == []


def test_a_changed_name_returns_an_approval_to_review_with_its_seat_and_without_its_voucher():
    [ada] = make_some(1, capacity=1, state="approved")

    amending.amend(ada, {"last_name": "King"}, by=STAFF, arrived_at=OPEN)

    ada.refresh_from_db()
    assert (ada.full_name, ada.state, ada.holds_seat) == ("Ada King", "confirmed", True)
    assert ada.vouchers.get().revoked_at == OPEN
    assert kinds() == ["review_again"]


def test_a_person_approved_again_has_the_same_seat_and_another_voucher():
    ada, late = make_some(2, capacity=1)
    approve(ada)
    amending.amend(ada, {"last_name": "King"}, by=STAFF, arrived_at=OPEN)

    approve(late), approve(ada)

    codes = [voucher.revoked_at is None for voucher in ada.vouchers.order_by("pk")]
    assert states(ada, late) == ["approved", "waitlisted"]
    assert codes == [False, True]


@pytest.mark.parametrize("changes", [{"accessibility": "A place for a wheelchair"}, {"gender": "woman"}])
def test_what_is_not_identity_is_amended_without_a_new_review(changes):
    [ada] = make_some(1, state="approved")

    amending.amend(ada, changes, by=STAFF, arrived_at=OPEN)

    assert states(ada) == ["approved"]
    assert ada.vouchers.get().revoked_at is None
    assert Entry.objects.get(act="amended").payload.after == changes


def test_amending_nothing_writes_nothing():
    [ada] = make_some(1, state="approved")
    entries = Entry.objects.count()

    amending.amend(ada, {"first_name": "Ada"}, by=STAFF, arrived_at=OPEN)

    assert Entry.objects.count() == entries


def test_the_name_on_a_printed_ticket_cannot_be_changed():
    [ada] = make_some(1, state="collected")

    with pytest.raises(TicketRefused, match="has been printed"):
        amending.amend(ada, {"last_name": "King"}, by=STAFF, arrived_at=OPEN)


def test_a_grounds_pass_can_be_given_up_only_until_the_deadline_without_one():
    [ada] = make_some(1)
    after = ada.meeting.ticketing.closes_at
    amending.amend(ada, {"has_grounds_pass": True}, by=STAFF, arrived_at=after)

    with pytest.raises(TicketRefused) as refusal:
        amending.amend(ada, {"has_grounds_pass": False}, by=STAFF, arrived_at=after)

    assert refusal.value.field == "has_grounds_pass"


def test_no_one_is_put_on_the_waiting_list_twice():
    [ada] = make_some(1, capacity=0, state="waitlisted")

    with pytest.raises(TicketRefused, match="already on the waiting list"):
        deciding.waitlist(ada, by=STAFF, at=OPEN)

    assert kinds() == []


def test_reconsidering_needs_a_reason():
    [ada] = make_some(1, state="declined")

    with pytest.raises(TicketRefused, match="Give the reason") as refusal:
        deciding.reconsider(ada, reason=" ", by=STAFF, at=OPEN)

    assert (refusal.value.field, states(ada)) == ("reason", ["declined"])


def test_a_seat_held_under_a_new_review_goes_to_the_next_where_its_holder_is_put_on_the_waiting_list():
    first, ada = make_some(2, capacity=1)
    approve(ada)
    deciding.waitlist(first, by=STAFF, at=OPEN)
    amending.amend(ada, {"last_name": "King"}, by=STAFF, arrived_at=OPEN)

    deciding.waitlist(ada, by=STAFF, at=OPEN)

    first.refresh_from_db()
    ada.refresh_from_db()
    assert (first.is_offered_a_seat, ada.state, ada.holds_seat) == (True, "waitlisted", False)
