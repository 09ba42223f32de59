"""A decision on many ends for each as its page said before, with words of its own for each outcome.  R-47 R-48 R-50"""

from datetime import timedelta

import pytest
from django.db import transaction

from journal.models import Entry
from outbox.models import Message
from registration.decisions import deciding, outcome_words
from registration.decisions.outcomes import Kind, Words
from registration.models import Representative, Ticketing
from registration.models.representative import State
from registration.refusals import TicketRefused
from tests.at_once import together
from tests.factories import OPEN, STAFF, make_meeting
from tests.registration.factories import make_representative, make_request, make_ticketing, offer

pytestmark = pytest.mark.django_db
NOW = {"by": STAFF, "at": OPEN}
WORDS = Words("Come early.", "We will write to you.", "The room is too small.")


@pytest.fixture
def meeting():
    return make_ticketing(capacity=2, offers_by_itself=False).meeting


def decide(people, decision, *, seen=None, words=WORDS):
    return deciding.decide(people, decision, words=words, seen=seen, **NOW)


def shown(people, decision):
    return deciding.preview(people, decision, at=OPEN).shown


def states(people):
    return [Representative.objects.get(pk=each.pk).state for each in people]


def bodies(kind):
    return [mail.body for mail in Message.objects.filter(kind=f"registration.{kind}").order_by("pk")]


def test_those_beyond_the_seats_are_foreseen_by_name_and_get_the_words_for_the_waiting_list(meeting):
    people = [make_representative(meeting, last_name=name) for name in ("One", "Two", "Three")]
    foreseen = deciding.preview(people, State.APPROVED, at=OPEN)

    done = decide(people, State.APPROVED, seen=foreseen.shown)

    assert [str(person) for person in foreseen.people(Kind.WAITLISTED)] == ["Ada Three"]
    assert states(people) == ["approved", "approved", "waitlisted"]
    assert ["Come early." in body for body in bodies("approved")] == [True, True]
    [body] = bodies("waitlisted")
    assert "We will write to you." in body
    assert "Come early." not in body
    assert outcome_words.done(done) == ["2 people are approved.", "1 person is now on the waiting list."]


def test_what_is_foreseen_for_every_kind_of_person_is_what_becomes_of_them(meeting):
    Ticketing.objects.update(offers_by_itself=True, capacity=5)
    make_representative(meeting, "waitlisted", last_name="Next")
    people = [
        make_representative(meeting, "confirmed", last_name="Free"),
        make_representative(meeting, "confirmed", last_name="Held", holds_seat=True),
        make_representative(meeting, "waitlisted", last_name="Waiting"),
        offer(make_representative(meeting, "waitlisted", last_name="Offered")),
        make_representative(meeting, "approved", last_name="Approved"),
        make_representative(meeting, "cancelled", last_name="Gone"),
    ]
    expected = {
        State.APPROVED: ["approved"] * 5 + ["cancelled"],
        State.WAITLISTED: ["waitlisted"] * 4 + ["approved", "cancelled"],
        State.DECLINED: ["declined"] * 5 + ["cancelled"],
    }
    for decision, ends in expected.items():
        foreseen = deciding.preview(people, decision, at=OPEN)
        with pytest.raises(Undone) as undone:
            _decide_and_undo(people, decision, foreseen.shown)
        assert undone.value.states == ends, decision
        assert undone.value.offered == len(foreseen.offered), decision


class Undone(Exception):
    """What became of the people, before it was undone."""

    def __init__(self, states, offered):
        super().__init__()
        self.states, self.offered = states, offered


def _decide_and_undo(people, decision, seen):
    with transaction.atomic():
        decide(people, decision, seen=seen)
        offered = Message.objects.filter(kind="registration.offered").count()
        raise Undone(states(people), offered)


def test_a_page_that_showed_other_outcomes_is_asked_again_and_nothing_is_stored(meeting):
    people = [make_representative(meeting, last_name=name) for name in ("One", "Two")]
    seen = shown(people, State.APPROVED)
    Ticketing.objects.update(capacity=1)

    with pytest.raises(TicketRefused, match="This has changed since you were asked") as refused:
        decide(people, State.APPROVED, seen=seen)

    assert refused.value.asks_twice
    assert "1 person would go on the waiting list." in refused.value.details
    assert [line for line in refused.value.details if line.startswith("Ada Two, ")]
    assert states(people) == ["confirmed", "confirmed"]
    assert not Message.objects.exists()
    decide(people, State.APPROVED, seen=refused.value.shown)
    assert states(people) == ["approved", "waitlisted"]


def test_a_page_that_showed_nothing_yet_is_asked(meeting):
    with pytest.raises(TicketRefused, match="Nothing has changed yet"):
        decide([make_representative(meeting)], State.APPROVED, seen="")


def test_a_decision_that_is_not_possible_for_one_is_done_for_the_others_and_says_why(meeting):
    people = [make_representative(meeting), make_representative(meeting, "cancelled", last_name="Gone")]

    done = decide(people, State.APPROVED, seen=shown(people, State.APPROVED))

    assert done.refusals == ["Ada Gone is cancelled: there is nothing to decide."]
    assert "Not possible for 1 person, who stays as they are." in [
        block["heading"] for block in outcome_words.blocks(done)
    ]
    assert outcome_words.done(done) == ["1 person is approved."]


def test_a_person_who_is_declined_with_others_is_not_first_offered_the_seat_of_one_of_them(meeting):
    Ticketing.objects.update(offers_by_itself=True, capacity=1)
    seated = make_representative(meeting, "approved")
    waiting = [make_representative(meeting, "waitlisted", last_name=name) for name in ("Two", "Three")]
    people = [seated, waiting[0]]
    foreseen = deciding.preview(people, State.DECLINED, at=OPEN)

    done = decide(people, State.DECLINED, seen=foreseen.shown)

    assert [str(person) for person in foreseen.offered] == ["Ada Three"]
    assert [mail.to for mail in Message.objects.filter(kind="registration.offered")] == [[waiting[1].email]]
    assert "1 free seat is offered to the next in line, by mail." in outcome_words.done(done)
    assert "1 free seat would be offered at once, by mail, to the next in line." in outcome_words.foreseen(foreseen)


def test_close_to_the_meeting_no_seat_is_foreseen_to_be_offered(meeting):
    Ticketing.objects.update(offers_by_itself=True, capacity=1)
    seated = make_representative(meeting, "approved")
    make_representative(meeting, "waitlisted")

    late = deciding.preview([seated], State.DECLINED, at=meeting.starts_at - timedelta(minutes=30))

    assert late.offered == []


def test_a_person_who_let_two_offers_lapse_is_not_foreseen_to_be_offered_a_seat(meeting):
    Ticketing.objects.update(offers_by_itself=True, capacity=1)
    seated = make_representative(meeting, "confirmed", holds_seat=True, lapsed_offers=2)
    make_representative(meeting, "waitlisted", lapsed_offers=2)

    assert deciding.preview([seated], State.WAITLISTED, at=OPEN).offered == []


def test_people_of_two_meetings_are_not_decided_together(meeting):
    other = make_ticketing(make_meeting(slug="second")).meeting
    people = [make_representative(meeting), make_representative(other)]

    with pytest.raises(TicketRefused, match="Choose people of one meeting"):
        decide(people, State.APPROVED)

    assert states(people) == ["confirmed", "confirmed"]


def test_the_seats_of_a_second_meeting_are_its_own(meeting):
    other = make_ticketing(make_meeting(slug="second"), capacity=1).meeting
    for _ in range(2):
        make_representative(meeting, "approved")
    person = make_representative(other)

    decide([person], State.APPROVED, seen=shown([person], State.APPROVED))

    assert states([person]) == ["approved"]


def test_many_are_declined_only_with_words(meeting):
    with pytest.raises(TicketRefused, match="Enter your words") as refused:
        decide([make_representative(meeting)], State.DECLINED, words=Words())

    assert refused.value.field == "words"


def test_a_grant_has_words_for_each_outcome_and_asks_once_what_it_becomes(meeting):
    Ticketing.objects.update(capacity=1)
    request = make_request(meeting)
    people = [make_representative(request=request, last_name=name) for name in ("One", "Two", "Three")]
    facts = {"seats": 2, "others": "declined", "words": WORDS}

    with pytest.raises(TicketRefused, match="Read what would happen") as asked:
        deciding.grant(request, **facts, seen="", **NOW)
    deciding.grant(request, **facts, seen=asked.value.shown, **NOW)

    assert states(people) == ["approved", "waitlisted", "declined"]
    found = [bodies("approved")[0], bodies("waitlisted")[0], bodies("declined")[0]]
    words = [WORDS.approved, WORDS.waitlisted, WORDS.declined]
    assert [[each in body for each in words] for body in found] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def test_a_grant_that_is_not_possible_for_one_is_refused_for_all(meeting):
    Ticketing.objects.update(capacity=0)
    request = make_request(meeting)
    people = [make_representative(request=request), make_representative(request=request, state="waitlisted")]

    with pytest.raises(TicketRefused, match="No seat is free"):
        deciding.grant(request, seats=2, others="confirmed", words=WORDS, **NOW)

    assert states(people) == ["confirmed", "waitlisted"]


def test_those_whom_a_grant_leaves_are_counted(meeting):
    request = make_request(meeting)
    [make_representative(request=request) for _ in range(2)]

    done = deciding.grant(request, seats=1, others="confirmed", words=WORDS, **NOW)

    assert outcome_words.done(done) == ["1 person is approved.", "1 person stays as they are."]


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_approve_at_once_for_the_last_seat_one_is_asked_again():
    first, second = _two_for_the_last_seat()

    ends = together(*[_confirmed(people) for people in (first, second)])

    assert ends.count("done") == 1
    [refusal] = [end for end in ends if end != "done"]
    assert isinstance(refusal, TicketRefused)
    assert refusal.asks_twice
    assert sorted(states([*first, *second])) == ["approved", "confirmed"]
    assert Entry.objects.filter(act="put on the waiting list").count() == 0


@pytest.mark.django_db(transaction=True)
def test_without_what_was_seen_the_second_officer_puts_a_person_on_the_waiting_list_unasked(monkeypatch):
    """The negative control: with the protection off, both are done, one of them otherwise than its page said."""
    monkeypatch.setattr(deciding, "require_seen", lambda preview, seen, refused: None)
    first, second = _two_for_the_last_seat()

    ends = together(*[_confirmed(people) for people in (first, second)])

    assert ends == ["done", "done"]
    assert sorted(states([*first, *second])) == ["approved", "waitlisted"]


def _two_for_the_last_seat():
    meeting = make_ticketing(capacity=1, offers_by_itself=False).meeting
    return [make_representative(meeting)], [make_representative(meeting)]


def _confirmed(people):
    seen = shown(people, State.APPROVED)
    return lambda: decide(people, State.APPROVED, seen=seen)
