"""Notices to an officer one by one, every hour or every day; what is urgent at once; each act told once.  R-10"""

import threading
import uuid
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest

import clock
from dialogue.models import Contact
from outbox.delivery import sweeping
from outbox.models import Message
from speakers.entries import withdrawing
from speakers.mail import digest_mail, notices
from tests import at_once
from tests.factories import STAFF, make_delegation, make_inscription, make_meeting, make_panel

pytestmark = pytest.mark.django_db
# Wednesday, 31 August 2016, 10:30 a.m. in New York.
NOW = datetime(2016, 8, 31, 14, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def meeting():
    """A meeting whose officer is told every hour, and the officer for copies one by one. The clock stands."""
    meeting = make_meeting()
    Contact.objects.filter(role="inscription").update(notices="hourly")
    digest_mail.send_due(at=NOW)
    with clock.stopped(NOW):
        yield meeting


def digests():
    return Message.objects.filter(kind="speakers.notice_digest").order_by("pk")


def withdraw(meeting, code="RWA", name="Rwanda", at=NOW):
    entry = make_inscription(meeting, make_delegation(code, name), at=at)
    withdrawing.withdraw(entry, by=STAFF, at=at)
    return entry


def test_what_may_wait_is_one_mail_at_the_hour_with_place_and_link_and_nothing_is_told_twice(meeting, settings):
    entry = make_inscription(meeting, make_delegation("GHA", "Ghana"), at=NOW)
    withdraw(meeting)
    sweeping.drain()

    sent = [digest_mail.send_due(at=at) for at in (NOW + HOUR / 4, NOW + HOUR, NOW + HOUR, NOW + 2 * HOUR)]

    digest = digests().get()
    assert sent == [0, 1, 0, 0]
    assert (digest.to, digest.cc) == (["inscription@office.example"], [])
    assert "3 acts to know of" in digest.subject
    assert "Ghana was inscribed.\nIts place now is 1; it may still change." in digest.body
    assert f"{settings.SITE_URL}/secretariat/speakers/inscription/{entry.pk}/change/" in digest.body
    assert "officer: Rwanda was withdrawn." in digest.body
    others = Message.objects.filter(kind__in=["speakers.notice_withdrawn", "speakers.notice_inscribed"])
    assert {address for mail in others for address in [*mail.to, *mail.cc]} == {"inscription_copy@office.example"}


def test_a_digest_of_a_day_is_written_at_eight_in_the_morning_of_the_meeting(meeting):
    Contact.objects.filter(role="inscription").update(notices="daily", told_up_to=None)
    digest_mail.send_due(at=NOW)
    make_inscription(meeting, at=NOW)
    eight = datetime(2016, 9, 1, 12, tzinfo=UTC)

    sent = [digest_mail.send_due(at=at) for at in (eight - timedelta(minutes=1), eight, eight + HOUR)]

    assert sent == [0, 1, 0]
    assert "until Thursday, 1 September 2016, 8:00 a.m. (New York time)" in digests().get().body


def test_what_waits_for_a_decision_goes_at_once(meeting):
    make_inscription(meeting, make_delegation("GHA", "Ghana"), at=NOW, is_verified=False)
    sweeping.drain()

    notice = Message.objects.get(kind="speakers.notice_inscribed")
    assert notice.to == ["inscription@office.example"]
    assert "unverified entry for Ghana" in notice.subject


def test_from_a_day_before_the_meeting_on_everything_goes_at_once_and_no_digest_repeats_it(meeting):
    entry = make_inscription(meeting, at=NOW)
    digest_mail.send_due(at=NOW + HOUR)
    near = meeting.starts_at - HOUR

    with clock.stopped(near):
        withdrawing.withdraw(entry, by=STAFF, at=near)

    assert Message.objects.get(kind="speakers.notice_withdrawn").to == ["inscription@office.example"]
    assert digest_mail.send_due(at=near + HOUR) == 0


def test_several_lists_are_told_in_one_mail(meeting):
    panel = make_panel(meeting)
    digest_mail.send_due(at=NOW + HOUR)
    make_inscription(meeting, make_delegation("GHA", "Ghana"), at=NOW)
    make_inscription(panel.meeting_at_hand, make_delegation("FJI", "Fiji"), at=NOW)

    digest_mail.send_due(at=NOW + 2 * HOUR)

    assert "2 acts" in digests().get().subject
    assert str(panel) in digests().get().body


def test_one_who_goes_back_to_single_notices_is_told_the_rest_at_once(meeting):
    make_inscription(meeting, at=NOW)
    Contact.objects.filter(role="inscription").update(notices="each")

    sent = [digest_mail.send_due(at=NOW + timedelta(minutes=minutes)) for minutes in (1, 2)]

    assert sent == [1, 0]
    assert Contact.objects.get(role="inscription").told_up_to is None


def test_an_hour_in_which_nothing_was_done_is_no_mail(meeting):
    assert digest_mail.send_due(at=NOW + HOUR) == 0
    assert not digests().exists()


def send_two_at_once():
    """How many digests are there after two tasks at one instant."""
    at_once.together(*[lambda: digest_mail.send_due(at=NOW + HOUR)] * 2)
    return digests().count()


@pytest.mark.django_db(transaction=True)
def test_two_tasks_at_once_post_one_digest(meeting):
    make_inscription(meeting, at=NOW)

    assert send_two_at_once() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_and_the_key_both_would_post_it(meeting, monkeypatch):
    """The negative control: both have found it due before either stores how far it tells."""
    make_inscription(meeting, at=NOW)
    both, post = threading.Barrier(2), digest_mail._post  # noqa: SLF001  what is done under the lock

    def together(*facts):
        both.wait(10)
        return post(*facts)

    monkeypatch.setattr(digest_mail, "locked", nullcontext)
    monkeypatch.setattr(digest_mail, "_post", together)
    monkeypatch.setattr(notices, "key_of", lambda *_facts: uuid.uuid4().hex)

    assert send_two_at_once() == 2
