"""A freed seat goes to the next to have confirmed, with time to answer; no one is skipped in silence.  R-48 R-50"""

from datetime import timedelta

import pytest
from django.test import Client

import clock
from journal import chain
from outbox.models import Message
from registration import due, tasks
from registration.models import Representative
from registration.refusals import TicketRefused
from registration.requests import ending, waiting
from tests.factories import OPEN, STAFF, make_meeting
from tests.registration.factories import make_representative, make_ticketing, offer
from tests.registration.typing import kinds, links_mailed_to

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=1)
DAY = 24 * HOURS


@pytest.fixture
def terms():
    return make_ticketing(capacity=1)


@pytest.fixture
def holder(terms):
    """The person who holds the only seat."""
    return make_representative(terms.meeting, "approved")


@pytest.fixture
def queue(terms, holder):
    """Three people waiting, in the order of their turns."""
    return [make_representative(terms.meeting, "waitlisted") for _ in range(3)]


def carry_on(at):
    with clock.stopped(at):
        return due.carry_on(at=at)


def cancel(representative, at=OPEN):
    return ending.cancel(representative, by=STAFF, at=at)


def now(*representatives):
    return [Representative.objects.get(pk=each.pk) for each in representatives]


def offered(*representatives):
    return [each.is_offered_a_seat for each in now(*representatives)]


def test_a_freed_seat_is_offered_to_the_first_who_confirmed_and_held_for_the_answer(terms, holder, queue):
    cancel(holder)

    first = now(queue[0])[0]
    assert offered(*queue) == [True, False, False]
    assert first.offer_ends_at == OPEN + DAY
    assert terms.seats_left() == 0
    assert "held for you until Thursday, 1 September 2016, 1:00 p.m." in Message.objects.get(to=[first.email]).body


def test_the_person_and_the_focal_point_are_notified_of_a_cancellation_and_the_voucher_is_revoked(holder, queue):
    cancel(holder)

    assert kinds(holder.email) == kinds(holder.request.contact_email) == ["cancelled"]
    assert holder.vouchers.get().revoked_at == OPEN


def test_accepting_approves_with_a_voucher_and_is_acknowledged_without_waiting_for_staff(holder, queue):
    cancel(holder)

    waiting.accept(queue[0], by=STAFF, at=OPEN + HOURS)
    again = waiting.accept(queue[0], by=STAFF, at=OPEN + HOURS)

    mail = Message.objects.get(kind="registration.approved")
    assert again.state == "approved"
    assert queue[0].vouchers.count() == 1
    assert mail.state == "queued"


def test_declining_offers_the_seat_to_the_next_at_once(holder, queue):
    cancel(holder)

    cancel(queue[0], at=OPEN + HOURS)

    assert offered(*queue) == [False, True, False]
    assert now(queue[0])[0].state == "cancelled"


def test_an_unanswered_offer_goes_to_the_next_and_the_person_moves_to_the_end_and_is_notified(terms, holder, queue):
    cancel(holder)

    before = carry_on(OPEN + DAY - timedelta(seconds=1))
    after = carry_on(OPEN + DAY)

    assert (before, after) == (0, 2)
    assert offered(*queue) == [False, True, False]
    assert list(Representative.objects.waiting()) == [queue[1], queue[2], queue[0]]
    assert kinds(queue[0].email) == ["offered", "lapsed"]
    assert terms.seats_left() == 0


def test_carrying_on_twice_does_nothing_twice(holder, queue):
    cancel(holder)
    carry_on(OPEN + DAY)
    mails = Message.objects.count()

    assert carry_on(OPEN + DAY) == 0
    assert Message.objects.count() == mails


def test_accepting_too_late_is_refused_even_if_the_scheduler_slept(holder, queue):
    cancel(holder)

    with pytest.raises(TicketRefused, match="This offer has ended"):
        waiting.accept(queue[0], by=STAFF, at=OPEN + DAY)

    assert now(queue[0])[0].state == "waitlisted"


def test_after_two_unanswered_offers_staff_decide_and_the_seat_is_not_offered_again(terms, holder):
    [only] = [make_representative(terms.meeting, "waitlisted")]
    cancel(holder)

    for day in (1, 2, 3):
        carry_on(OPEN + day * DAY)

    assert kinds(only.email) == ["offered", "lapsed", "offered", "lapsed"]
    assert (
        "no further seat is offered automatically"
        in Message.objects.filter(kind="registration.lapsed").latest("pk").body
    )
    assert now(only)[0].state == "waitlisted"


def test_added_seats_are_offered_to_as_many_people(terms, holder, queue):
    type(terms).objects.update(capacity=3)

    carry_on(OPEN)

    assert offered(*queue) == [True, True, False]


def test_fewer_seats_than_are_held_remove_no_one_and_offer_nothing(terms, holder, queue):
    offer(queue[0])
    type(terms).objects.update(capacity=0)

    assert carry_on(OPEN) == 0
    assert now(holder)[0].state == "approved"


def test_staff_may_stop_the_offers(terms, holder, queue):
    type(terms).objects.update(offers_by_itself=False)

    cancel(holder)

    assert (offered(*queue), carry_on(OPEN + HOURS)) == ([False, False, False], 0)


def test_in_the_last_hour_no_seat_is_offered(terms, holder, queue):
    cancel(holder, at=terms.meeting.starts_at - HOURS + timedelta(seconds=1))

    assert offered(*queue) == [False, False, False]


def test_an_offer_near_the_meeting_ends_when_it_starts(terms, holder, queue):
    cancel(holder, at=terms.meeting.starts_at - 2 * HOURS)

    assert now(queue[0])[0].offer_ends_at == terms.meeting.starts_at


def test_a_meeting_that_fails_does_not_hold_up_the_others(terms, holder, queue, monkeypatch):
    cancel(holder)
    make_ticketing(make_meeting("another"))
    whole = waiting.end_offers

    def fails_for_another(ticketing, *, at):
        return 1 / 0 if ticketing.meeting.slug == "another" else whole(ticketing, at=at)

    monkeypatch.setattr(waiting, "end_offers", fails_for_another)

    assert carry_on(OPEN + DAY) == 2


def test_the_task_of_the_scheduler_carries_on(holder, queue):
    cancel(holder)

    with clock.stopped(OPEN + DAY):
        tasks.carry_on.run(later="unknown arguments are no failure")

    assert offered(*queue) == [False, True, False]


def test_the_offer_is_answered_by_a_button_behind_its_link(holder, queue):
    cancel(holder)
    client, link = Client(), links_mailed_to(queue[0].email, "registration.offered")[0]

    with clock.stopped(OPEN + HOURS):
        opened = client.get(link)
        state_then = now(queue[0])[0].state
        client.post(link, {"act": "accept"})
        after = client.get(link)

    assert "Accept the seat" in opened.content.decode()
    assert state_then == "waitlisted"
    assert now(queue[0])[0].state == "approved"
    assert "Approved. The ticket is handed over" in after.content.decode()


def test_the_offer_is_declined_by_a_button_too(holder, queue):
    cancel(holder)
    link = links_mailed_to(queue[0].email, "registration.offered")[0]

    with clock.stopped(OPEN + HOURS):
        Client().post(link, {"act": "decline"})

    assert [each.state for each in now(queue[0])] == ["cancelled"]
    assert offered(*queue) == [False, True, False]


def test_a_link_to_an_offer_that_ended_opens_nothing(holder, queue):
    cancel(holder)
    link = links_mailed_to(queue[0].email, "registration.offered")[0]

    with clock.stopped(OPEN + DAY):
        assert Client().post(link, {"act": "accept"}).status_code == 410

    assert chain.problems(holder.meeting.journal_stream) == []
