"""From the form that a person sends to what other systems have: two lists, two webhooks, a worker, real connections."""

import re
import threading
import uuid
from datetime import timedelta
from html import unescape

import pytest

import clock
from config.worker import telling
from journal import canonical
from secretariat import permitting
from tests.config.serving import wait_until
from tests.factories import OPEN, make_delegation, make_focal_point, make_meeting, make_panel, signed_in
from tests.floor.room import after, last_called
from tests.secretariat.pages import entry_act
from tests.secretariat.test_other_lists import act_on
from tests.speakers.test_statement_counts import TYPED
from webhooks import signing

pytestmark = pytest.mark.django_db(transaction=True)
MEETING = "/meetings/dialogue/"


@pytest.fixture
def worker(monkeypatch):
    """The thread of a worker that tells webhooks, looking ten times a second."""
    monkeypatch.setattr(telling, "SECONDS", 0.1)
    ended = threading.Event()
    thread = threading.Thread(target=telling.tell_for_ever, args=[ended])
    thread.start()
    yield thread
    ended.set()
    thread.join(20)


def inscribe(code, path):
    """Inscribe the delegation `code` by the form at `path`, as its focal point does."""
    point = make_focal_point(make_delegation(code), f"{code.lower()}@missions.example")
    with clock.stopped(OPEN):
        typed = TYPED | {"key": str(uuid.uuid4()), "delegation": point.delegation.code}
        answer = signed_in(point.normalised_email).post(f"{MEETING}{path}inscribe/", typed)
    assert answer.status_code == 302, answer.content.decode()
    return point.delegation


def at_the_desk_act(client, address, **typed):
    with clock.stopped(OPEN + timedelta(minutes=1)):
        answer = client.post(address, typed)
    assert answer.status_code == 302, answer.content.decode()


def press(client, meeting, act, seconds, **typed):
    """Press a button of the console, so many seconds after the floor opened, on a page that is up to date.

    If it asks, the question is read and confirmed.
    """
    typed = {"expected": last_called(meeting)} | typed
    with clock.stopped(after(seconds)):
        answer = client.post(f"{MEETING}floor/acts/{act}/", typed)
        if seen := re.search(r'name="seen" value="([^"]+)"', answer.content.decode()):
            answer = client.post(f"{MEETING}floor/acts/{act}/", typed | {"seen": unescape(seen[1])})
    assert answer.status_code == 302, answer.content.decode()


def play(meeting, panel, sign_in):
    """Two inscribe on the main list and one on that of the panel; the second is moved; both lists are published.

    Then the room: the first of the main list is heard, the panel's, and the meeting is concluded.
    """
    inscribe("RWA", "speakers/")
    inscribe("KEN", "speakers/")
    inscribe("CHE", "lists/panel/speakers/")
    permitting.apply()  # another test may have emptied the tables
    with clock.stopped(OPEN):
        officer, lead, room = map(sign_in, ["List officer", "Secretariat lead", "Conference officer"])
    first, second = meeting.speakers_list.inscriptions.order_by("receipt_no")
    at_the_desk_act(officer, entry_act(second, "pin"), before=first.pk, reason="Travels at noon")
    at_the_desk_act(lead, act_on(meeting.speakers_list, "publish-revision"), comment="")
    at_the_desk_act(lead, act_on(panel, "publish-revision"), comment="")
    for act, seconds in [("call", 0), ("begin", 10), ("end", 130)]:
        press(room, meeting, act, seconds)
    press(room, meeting, "hear", 140, list="panel")
    for act, seconds in [("call", 150), ("begin", 160), ("end", 300)]:
        press(room, meeting, act, seconds)
    press(room, meeting, "conclude", 3 * 60 * 60, sure="yes")


OF_MAIN = [
    *[("", "opened"), ("", "inscribed"), ("", "inscribed"), ("", "moved"), ("", "published")],
    *[("", "called"), ("", "began"), ("", "ended")],
]
OF_PANEL = [
    *[("panel", "opened"), ("panel", "inscribed"), ("panel", "published")],
    *[("panel", "called"), ("panel", "began"), ("panel", "ended")],
]


def told(receiver, streams):
    """The lists and kinds of what arrived of `streams`, in order."""
    return [(each["list"], each["kind"]) for each in receiver.events if each["list"] in streams]


def test_what_people_do_arrives_signed_in_its_order_where_it_is_wanted(
    worker, receive, make_webhook, sign_in, is_genuine
):
    meeting = make_meeting()
    panel = make_panel(meeting)
    everything, of_the_panel = receive(), receive()
    of_all = make_webhook(meeting, everything)
    of_one = make_webhook(meeting, of_the_panel, lists=["panel"], kinds=["inscribed", "called", "concluded"])

    play(meeting, panel, sign_in)
    wait_until(lambda: len(everything.events) >= len([*OF_MAIN, *OF_PANEL]) + 1, "all events", seconds=30)
    wait_until(lambda: len(of_the_panel.events) >= 3, "those of the panel", seconds=30)

    assert told(everything, [""]) == OF_MAIN
    assert told(everything, ["panel"]) == OF_PANEL
    assert told(everything, [None]) == [(None, "concluded")]
    assert told(of_the_panel, ["panel"]) == [("panel", "inscribed"), ("panel", "called")]
    assert told(of_the_panel, [None]) == [(None, "concluded")]
    for webhook, other, receiver in [(of_all, of_one, everything), (of_one, of_all, of_the_panel)]:
        secret, another = signing.secret_of(webhook.secret_half), signing.secret_of(other.secret_half)
        assert len(receiver.tries) == len(receiver.events)
        assert all(is_genuine(headers, body, secret) for headers, body in receiver.tries)
        assert not any(is_genuine(headers, body, another) for headers, body in receiver.tries)
    codes = {each["entry"]["delegation_code"] for each in everything.events if each["kind"] == "called"}
    assert codes == {"KEN", "CHE"}
    moments = [each["at"] for each in everything.events if each["kind"] == "began"]
    assert sorted(moments) == [canonical.moment(after(10)), canonical.moment(after(160))]
