"""A list that stays open into the debate until the Chair announces its closing.  R-63"""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.core import management
from django.test import Client

import clock
from dialogue.consistency import in_full
from floor import standings
from floor.acts import calling, suspending, timely
from floor.acts.acting import FloorRefused
from floor.forecast import live_forecast
from floor.models import Turn
from journal.models import Entry
from outbox.models import Message
from secretariat import list_attention
from speakers import consistency
from speakers.entries import closing, deadlines, inscribing
from speakers.interest import expressing
from speakers.list_state import ListState
from speakers.models import Revision, SpeakersList
from speakers.order import replaying
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_panel, written
from tests.floor.room import OPENS, after, current, entry, last_called, make_room, press, speak, waiting
from tests.floor.views.test_public import text

pytestmark = pytest.mark.django_db
# A quarter of an hour after the floor opens.
ABOUT = after(900)
CONSOLE = "/meetings/dialogue/floor/"


def make_open_list(*codes, **changes):
    """A meeting whose list the Chair closes about a quarter of an hour after the floor opens."""
    return make_room(*(codes or ("AAA", "BBB")), closes_at=ABOUT, closes_when_announced=True, **changes)


def reasons(meeting):
    """What contradicts itself in the meeting with its list, about its deadline."""
    meeting = type(meeting).objects.get()
    return [each.words for each in consistency.objections(in_full(meeting)) if each.field == "closes_at"]


def close(meeting, at=ABOUT, seen=None):
    """Close the list as announced, having read what it does."""
    shown = deadlines.foresee_closing(meeting.speakers_list).shown if seen is None else seen
    return deadlines.close_as_announced(meeting.speakers_list, seen=shown, by=STAFF, at=at)


def kept(meeting):
    return SpeakersList.objects.get(meeting=meeting, slug="")


def begun():
    """What is stored of each statement that has begun."""
    return list(Turn.objects.exclude(began_at=None).order_by("pk").values())


def test_it_is_open_after_the_moment_until_it_is_announced_and_at_the_latest_until_the_meeting_ends():
    meeting = make_open_list()

    assert kept(meeting).accepts_inscriptions(after(9000))
    assert not kept(meeting).accepts_inscriptions(meeting.ends_at)

    close(meeting, after(1000))
    assert not kept(meeting).accepts_inscriptions(after(1000))
    assert kept(meeting).accepts_inscriptions(after(999))


def test_the_worker_leaves_it_open_after_the_moment_and_closes_it_once_the_meeting_has_ended():
    meeting = make_open_list()
    make_panel(meeting, closes_at=ABOUT)

    assert closing.close_due_lists(at=ABOUT + closing.PAUSE) == 1
    assert kept(meeting).closed_at is None

    assert closing.close_due_lists(at=meeting.ends_at + closing.PAUSE) == 1
    assert kept(meeting).closed_at == meeting.ends_at


def test_speakers_are_called_while_it_is_open_and_no_one_is_asked():
    meeting = make_open_list()

    press(meeting, calling.call)

    assert current(meeting).of.code == "AAA"


def test_the_negative_control_a_list_that_closes_by_its_moment_is_asked_about(monkeypatch):
    meeting = make_room("AAA", closes_at=ABOUT)

    with pytest.raises(FloorRefused) as refused:
        press(meeting, calling.call)
    assert "Inscription is still open" in str(refused.value)

    monkeypatch.setattr(timely, "_is_open", lambda floor, at: False)
    press(meeting, calling.call)


def test_who_inscribes_while_another_speaks_takes_its_place_by_the_order_and_disturbs_no_one_who_spoke():
    meeting = make_open_list("AAA", "BBB", "CCC")
    speak(meeting, 0, 100)
    press(meeting, calling.call, after(110))
    press(meeting, calling.begin, after(110))
    spoken = begun()

    make_inscription(meeting, make_delegation("HHH"), "HOS", at=after(120))
    make_inscription(meeting, make_delegation("LLL"), at=after(130))

    assert waiting(meeting) == ["HHH", "CCC", "LLL"]
    assert begun() == spoken
    press(meeting, calling.advance, after(200))
    assert current(meeting).of.code == "HHH"
    assert live_forecast.of(standings.read(meeting), after(200)).forecast.count == 2
    assert replaying.differences(meeting.speakers_list) == []


def test_receipts_and_revisions_hold_when_it_closes_in_the_debate():
    meeting = make_open_list("AAA", "BBB")
    speak(meeting, 0, 100)
    late = make_inscription(meeting, make_delegation("LLL"), at=after(950))

    close(meeting, after(1000))

    revision = Revision.objects.get()
    assert (late.receipt_no, revision.kind) == (3, Revision.Kind.ESTABLISHED)
    assert [row["delegation_code"] for row in json.loads(revision.content)["speakers"]] == ["AAA", "BBB", "LLL"]
    assert Entry.objects.get(act="list closed").payload.reason == "The Chair announced that the list is closed."
    assert waiting(meeting) == ["BBB", "LLL"]
    with pytest.raises(inscribing.InscriptionRefused, match="closed on Tuesday, 6 September 2016"):
        make_inscription(meeting, make_delegation("XXX"), at=after(1001))


def test_the_chain_is_whole_and_the_list_follows_from_the_journal():
    meeting = make_open_list()
    speak(meeting, 0, 100)
    make_inscription(meeting, make_delegation("LLL"), at=after(950))
    close(meeting, after(1000))

    management.call_command("replay_journal")

    terms = Entry.objects.get(act="terms fixed").payload.after
    assert terms["closes_when_announced"] is True
    SpeakersList.objects.update(closes_when_announced=False)
    assert "closes_when_announced" in " ".join(replaying.differences(kept(meeting)))


def test_closing_asks_first_and_asks_again_if_the_list_has_changed_meanwhile():
    meeting = make_open_list()
    shown = deadlines.foresee_closing(meeting.speakers_list).shown
    with pytest.raises(deadlines.DeadlineRefused) as refused:
        close(meeting, seen="")
    assert refused.value.details[1].startswith("2 entries hold a place")
    assert kept(meeting).closed_at is None

    make_inscription(meeting, make_delegation("LLL"), at=after(1))
    make_inscription(meeting, make_delegation("UUU"), at=after(2), is_verified=False)
    with pytest.raises(deadlines.DeadlineRefused, match="changed since") as refused:
        close(meeting, seen=shown)
    assert "1 entry still waits to be verified" in " ".join(refused.value.details)

    close(meeting)
    with pytest.raises(deadlines.DeadlineRefused, match="not open"):
        close(meeting)


def test_only_a_list_that_the_chair_closes_is_closed_as_announced():
    meeting = make_room("AAA", closes_at=ABOUT)

    with pytest.raises(deadlines.DeadlineRefused, match="its own moment"):
        close(meeting, OPEN)


def test_its_moment_may_be_during_the_debate_and_not_after_the_meeting():
    meeting = make_open_list()
    assert reasons(meeting) == []
    SpeakersList.objects.update(closes_at=meeting.ends_at)
    assert "about which the Chair closes" in " ".join(reasons(meeting))
    SpeakersList.objects.update(closes_at=ABOUT)

    deadlines.change_deadline(kept(meeting), closes_at=after(1800), reason="Many ask", by=STAFF, at=after(1000))
    assert kept(meeting).closes_at == after(1800)
    with pytest.raises(deadlines.DeadlineRefused, match="before the meeting ends"):
        deadlines.change_deadline(kept(meeting), closes_at=meeting.ends_at, reason="Many ask", by=STAFF, at=after(1000))
    close(meeting, after(2000))
    with pytest.raises(deadlines.DeadlineRefused, match="Reopen it"):
        deadlines.change_deadline(kept(meeting), closes_at=after(3000), reason="More", by=STAFF, at=after(2001))
    deadlines.reopen(kept(meeting), closes_at=after(3000), reason="More", by=STAFF, at=after(2001))
    with pytest.raises(deadlines.DeadlineRefused, match="not closed"):
        deadlines.reopen(kept(meeting), closes_at=after(3000), reason="More", by=STAFF, at=after(2500))


def test_concluding_closes_it_once_that_is_confirmed():
    meeting = make_open_list()
    with pytest.raises(FloorRefused) as refused:
        suspending.conclude(meeting, by=STAFF, at=after(2000))
    assert "when the Chair announces it, about" in " ".join([str(refused.value), *refused.value.details])

    suspending.conclude(meeting, by=STAFF, at=after(2000), seen=refused.value.shown)

    assert kept(meeting).closed_at == after(2000)


def test_pages_and_mails_say_that_the_chair_closes_it(client):
    meeting = make_open_list()
    about = "when the Chair announces it, about"
    with clock.stopped(OPENS):
        for page in ("", "speakers/"):
            words = text(client.get(f"/meetings/dialogue/{page}"))
            assert f"It closes {about} Tuesday, 6 September 2016, 11:15 a.m. (New York time)." in words
            assert "data-countdown" not in words
        assert f"Inscription closes {about} <strong>Tuesday" in text(client.get("/meetings/dialogue/speakers/sign-in/"))
        inscription = client.get("/api/v1/meetings/dialogue").json()["inscription"]
        assert inscription["closes_when_announced"] is True

    acknowledged = Message.objects.filter(kind="speakers.acknowledgement").first()
    assert f"Inscription closes {about}" in written(acknowledged).body
    deadlines.change_deadline(kept(meeting), closes_at=after(1800), reason="Many", by=STAFF, at=after(1000))
    told = Message.objects.filter(subject__startswith="The deadline for inscription").first()
    assert f"now closes {about}" in told.body


def test_before_it_opens_the_page_says_who_closes_it(client):
    make_open_list()

    with clock.stopped(OPEN - timedelta(days=30)):
        page = text(client.get("/meetings/dialogue/"))

    assert "Closes when the Chair announces it, about Tuesday, 6 September 2016" in page


def test_the_officer_closes_it_from_the_console_after_reading_what_that_does(officer):
    meeting = make_open_list()
    with clock.stopped(ABOUT):
        assert "Close the list, as announced" in text(officer.get(CONSOLE))
        asked = officer.post(f"{CONSOLE}acts/close-list/", {"expected": last_called(meeting)}).content.decode()
        assert "Has the Chair announced that the list is closed?" in asked
        seen = unescape(re.search(r'name="seen" value="([^"]+)"', asked)[1])
        assert kept(meeting).closed_at is None
        page = text(officer.post(f"{CONSOLE}acts/close-list/", {"seen": seen}, follow=True))

    assert kept(meeting).closed_at == ABOUT
    assert "Close the list, as announced" not in page


def test_staff_close_it_in_the_admin_where_the_page_shows_first_what_that_does(client):
    meeting = make_open_list()
    User.objects.create_superuser("lead", password="x")
    client.force_login(User.objects.get())
    address = f"/secretariat/dialogue/meeting/{meeting.pk}/acts/close-as-announced/"
    with clock.stopped(ABOUT):
        page = client.get(address)
        assert "2 entries hold a place" in text(page)
        seen = page.context["form"].initial["seen"]
        client.post(address, {"seen": seen})

    assert kept(meeting).closed_at == ABOUT


def test_a_visitor_of_the_room_inscribes_while_the_debate_goes_on():
    meeting = make_open_list()
    speak(meeting, 0, 100)
    with clock.stopped(after(950)):
        page = text(Client().get("/meetings/dialogue/speakers/"))

    assert "Inscribe on the list of speakers" in page
    assert entry(meeting, "AAA").called_at == after(0)


def test_wherever_its_closing_is_told_it_is_the_moment_of_the_announcement():
    meeting = make_open_list()
    panel = make_panel(meeting, closes_at=ABOUT, closes_when_announced=True)
    close(meeting, after(3300))
    SpeakersList.objects.filter(pk=panel.pk).update(closed_at=after(3300))
    at, moment = after(3600), "Tuesday, 6 September 2016, 11:55 a.m. (New York time)"

    said = [
        inscribing.why_closed(kept(meeting), at),
        ListState.of(kept(meeting), at).sentence,
        list_attention.deadline(kept(meeting), at)[0],
        expressing.why_closed(SpeakersList.objects.get(pk=panel.pk), at),
    ]

    assert [moment in words for words in said] == [True] * 4
    assert said[2] == f"The list was closed on {moment}."


def test_one_that_no_one_closed_ended_with_its_meeting():
    meeting = make_open_list()
    end = "Tuesday, 6 September 2016, 6:00 p.m. (New York time)"

    assert f"closed on {end}" in inscribing.why_closed(kept(meeting), meeting.ends_at)
    assert list_attention.deadline(kept(meeting), meeting.ends_at)[0] == f"The list was closed on {end}."
