"""What a lead does to a whole list: move the deadline, close, reopen, shift a rehearsal's clock.  R-02 R-03 R-04"""

from datetime import UTC, datetime, timedelta

import pytest

import clock
from journal.models import Entry
from outbox.models import Message
from speakers.models import Revision
from tests import factories
from tests.confirming import seen_in, twice
from tests.secretariat import pages


@pytest.fixture
def meeting(at_the_desk, db):
    meeting = factories.make_meeting()
    factories.make_inscription(meeting)
    return meeting


def act(client, meeting, name, day="2016-09-02", hour="13:00", **typed):
    typed = {"closes_at_0": day, "closes_at_1": hour, **typed}
    return client.post(pages.meeting_act(meeting, name), typed)


def act_twice(client, meeting, name, day="2016-09-02", hour="13:00", **typed):
    """Do it as its page has shown it."""
    return act(client, meeting, name, day, hour, seen=seen_in(act(client, meeting, name, day, hour, **typed)), **typed)


def told_of(name):
    """The mails to delegations of the act of that `name`."""
    kind = {"change-deadline": "speakers.deadline", "close-list": "speakers.established"}[name]
    return Message.objects.filter(kind=kind)


def last_entry(meeting):
    return Entry.objects.filter(stream=meeting.journal_stream).latest("pk")


def test_extending_is_entered_in_the_meetings_zone_journalled_with_its_reason_and_mailed(lead, meeting):
    mails = Message.objects.count()

    answer = act_twice(lead, meeting, "change-deadline", reason="Many missions asked")

    meeting.refresh_from_db()
    entry = last_entry(meeting)
    told = Message.objects.order_by("pk")[mails:]
    assert answer.status_code == 302
    assert meeting.speakers_list.closes_at == datetime(2016, 9, 2, 17, 0, tzinfo=UTC)
    assert (entry.act, entry.payload.reason) == ("deadline changed", "Many missions asked")
    assert entry.payload.actor_name == lead.staff.username
    assert {address for mail in told for address in mail.to} >= {"rwa@missions.example"}
    assert all("Many missions asked" in mail.body for mail in told if "rwa@missions.example" in mail.to)


def test_without_a_reason_nothing_is_changed_and_what_was_typed_stays(lead, meeting):
    answer = act(lead, meeting, "change-deadline", reason=" ")

    meeting.refresh_from_db()
    assert "This field is required." in pages.text(answer)
    assert 'value="2016-09-02"' in answer.content.decode()
    assert meeting.speakers_list.closes_at == factories.DEADLINE


def test_a_deadline_after_the_start_is_refused_in_words_at_its_field(lead, meeting):
    answer = act(lead, meeting, "change-deadline", day="2016-09-06", hour="10:00", reason="Late")

    assert "The deadline must be before the meeting starts, on Tuesday, 6 September 2016" in pages.text(answer)


def test_the_wrong_year_and_an_earlier_moment_are_asked_twice(lead, meeting):
    first = act(lead, meeting, "change-deadline", day="2016-08-31", hour="20:00", reason="Earlier")
    moved_after_first = last_entry(meeting).act

    second = act(
        lead, meeting, "change-deadline", day="2016-08-31", hour="20:00", reason="Earlier", seen=seen_in(first)
    )

    assert "delegations that rely on the old one may be too late" in pages.text(first)
    assert moved_after_first == "inscribed"
    assert second.status_code == 302
    assert last_entry(meeting).act == "deadline changed"


def test_a_tick_for_one_deadline_is_none_for_another(lead, meeting):
    first = act(lead, meeting, "change-deadline", day="2016-08-31", hour="20:00", reason="Earlier")
    confirmed = {"reason": "Earlier", "seen": seen_in(first)}

    other = act(lead, meeting, "change-deadline", day="2016-08-31", hour="19:00", **confirmed)
    unseen = act(lead, meeting, "change-deadline", day="2016-08-31", hour="19:00", reason="Earlier", seen="on")

    assert [answer.status_code for answer in (other, unseen)] == [200, 200]
    assert "delegations that rely on the old one may be too late" in pages.text(other)
    assert seen_in(other) not in ("", seen_in(first))
    assert last_entry(meeting).act == "inscribed"


def test_the_mail_of_a_new_deadline_is_read_before_it_is_sent(lead, meeting):
    mails = Message.objects.count()

    asked = act(lead, meeting, "change-deadline", reason="Many missions asked")

    words = pages.text(asked)
    assert (Message.objects.count(), last_entry(meeting).act) == (mails, "inscribed")
    assert "1 delegation on the list is mailed the new deadline and your reason." in words
    assert "The mail to Rwa, for example" in words
    assert "now closes on Friday, 2 September 2016, 1:00 p.m. (New York time). The inscription of Rwa" in words
    assert "Reason given by the secretariat: Many missions asked" in words
    assert "Thursday, 1 September 2016" in words
    assert "Not done yet. Read what is marked below, and confirm it." in words
    assert "Error:" not in words

    other = act(lead, meeting, "change-deadline", reason="Another reason", seen=seen_in(asked))
    act(lead, meeting, "change-deadline", reason="Another reason", seen=seen_in(other))

    assert "This has changed since you were asked." in pages.text(other)
    sent = [mail.body for mail in Message.objects.order_by("pk")[mails:] if "rwa@missions.example" in mail.to]
    assert len(sent) == 1
    assert " ".join(sent[0].split()) in pages.text(other)


@pytest.mark.parametrize(
    "typed", [{"reason": ""}, {"reason": "Many asked", "day": "rubbish"}, {"reason": "Many asked"}]
)
def test_a_confirmation_that_cannot_be_read_shows_a_mail_only_if_all_else_is_right(lead, meeting, typed):
    answer = act(lead, meeting, "change-deadline", seen="\0", **typed)

    assert answer.status_code == 200
    assert ("The mail to Rwa, for example" in pages.text(answer)) == (typed == {"reason": "Many asked"})
    assert last_entry(meeting).act == "inscribed"


def test_the_mail_of_a_closing_is_read_before_it_is_sent(lead, meeting):
    mails, page = Message.objects.count(), pages.meeting_act(meeting, "close-list")

    shown = lead.get(page)
    unread = lead.post(page, {"reason": "Full", "seen": ""})
    closed_at_first = last_entry(meeting).act
    lead.post(page, {"reason": "Full", "seen": seen_in(shown)})

    words = pages.text(shown)
    assert "1 entry holds a place: the list is established, and its delegation is mailed its place." in words
    assert "The mail to Rwa, for example" in words
    assert "Your place is 1 of 1." in words
    assert "SHA-256: (given then)" in words
    assert "Nothing has changed yet. Read what would happen, and confirm it." in pages.text(unread)
    assert closed_at_first == "inscribed"
    assert "speakers.established" in [mail.kind for mail in Message.objects.order_by("pk")[mails:]]


@pytest.mark.parametrize("name", ["change-deadline", "close-list"])
def test_an_inscription_between_two_presses_asks_no_one_again(lead, meeting, name):
    asked = act(lead, meeting, name, reason="Full")
    factories.make_inscription(meeting, factories.make_delegation("KEN", "Kenya"))

    answer = act(lead, meeting, name, reason="Full", seen=seen_in(asked))

    assert answer.status_code == 302
    assert {"KEN", "RWA"} == {mail.to[0].partition("@")[0].upper() for mail in told_of(name)}


def test_closing_by_hand_freezes_the_list_and_reopening_keeps_the_revision(lead, meeting):
    twice(lead, pages.meeting_act(meeting, "close-list"), {"reason": "Full to the minute"})
    meeting.refresh_from_db()
    closed_at = meeting.speakers_list.closed_at

    answer = act_twice(lead, meeting, "reopen-list", reason="A seat was freed")

    meeting.refresh_from_db()
    assert closed_at == factories.OPEN
    assert Revision.objects.filter(speakers_list__meeting=meeting).count() == 1
    assert answer.status_code == 302
    assert (meeting.speakers_list.closed_at, meeting.speakers_list.accepts_inscriptions(factories.OPEN)) == (None, True)
    assert last_entry(meeting).payload.reason == "A seat was freed"


def test_only_what_fits_the_state_of_the_list_is_offered(lead, meeting):
    while_open = pages.text(lead.get(pages.meeting_page(meeting)))
    with clock.stopped(meeting.speakers_list.closes_at):
        once_closed = pages.text(lead.get(pages.meeting_page(meeting)))

    offered = ["Change the deadline", "Close the list now", "Reopen the list", "Shift the rehearsal’s clock"]
    assert [words for words in offered if words in while_open] == offered[:2]
    assert [words for words in offered if words in once_closed] == offered[2:3]


def test_an_officer_sees_1259_on_the_last_day_of_a_rehearsal_and_no_other_meeting_is_affected(lead, client, meeting):
    rehearsal = factories.make_meeting("rehearsal", is_rehearsal=True)

    lead.post(pages.meeting_act(rehearsal, "shift-clock"), {"now_0": "2016-09-01", "now_1": "12:59"})

    rehearsal.refresh_from_db()
    assert rehearsal.clock_shift == timedelta(hours=23, minutes=59)
    assert "Closes in 1 minute." in client.get("/meetings/rehearsal/").content.decode()
    assert "Closes in 1 day." in client.get("/meetings/dialogue/").content.decode()


def test_an_empty_clock_is_the_real_time_again(lead, meeting):
    rehearsal = factories.make_meeting("rehearsal", is_rehearsal=True, clock_shift=timedelta(days=1))

    answer = lead.post(pages.meeting_act(rehearsal, "shift-clock"), {"now_0": "", "now_1": ""}, follow=True)

    rehearsal.refresh_from_db()
    assert rehearsal.clock_shift == timedelta(0)
    assert "The rehearsal runs on real time again." in pages.text(answer)


def test_the_clock_of_a_real_meeting_is_never_shifted(lead, meeting):
    answer = lead.post(pages.meeting_act(meeting, "shift-clock"), {"now_0": "2016-09-01", "now_1": "12:59"})

    meeting.refresh_from_db()
    assert "Only a rehearsal may have its clock shifted." in pages.text(answer)
    assert meeting.clock_shift == timedelta(0)
