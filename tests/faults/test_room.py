"""The room continues when a part of the site fails: streams, console and clock, with real processes.  R-33 R-35"""

import json
import time

import pytest

from tests.faults.clients import Visitor, marks
from tests.faults.processes import wait_until
from tests.faults.scenery import SLUG
from tests.faults.streams import Screen

pytestmark = pytest.mark.faults
# Seconds after which a stream sends something even if it heard nothing; see `floor/streaming/hub.py`.
BEAT = 5.0
WITHOUT_BEAT = "tests.faults.without.beat"
"""Streams that say nothing unless they hear of an act."""
FLOOR = f"/meetings/{SLUG}/floor/"
# The hidden fields of the buttons beside one entry; without them an act is about the next speaker.
OF_ONE_ENTRY = {"entry", "present"}


@pytest.fixture
def officer(ground):
    """A conference officer, signed in on a web server, in the room with three delegations."""
    ground.run("-m", "tests.faults.room")
    return Officer(ground)


class Officer:
    """Presses the buttons of the console over HTTP."""

    def __init__(self, ground, web=None):
        self.web = web or ground.web()
        self.browser = Visitor(self.web.port, host=self.web.host)
        page = self.browser.get("/secretariat/login/")
        typed = {"username": "officer", "password": "a long word of staff", "next": FLOOR}
        assert self.browser.post("/secretariat/login/", marks(page.text) | typed).status == 302

    def press(self, act, **typed):
        """Do the act `act` as the page now shows it."""
        answer = self.try_to_press(act, **typed)
        assert answer.status == 302, answer.text
        return answer

    def try_to_press(self, act, **typed):
        page = self.browser.get(FLOOR)
        shown = {name: mark for name, mark in marks(page.text).items() if name not in OF_ONE_ENTRY}
        return self.browser.post(f"{FLOOR}acts/{act}/", shown | typed)

    def state(self):
        return json.loads(self.browser.get(f"/meetings/{SLUG}/now.json").text)


def is_called(name):
    return lambda state: state["current"] is not None and state["current"]["name"] == name


def seconds_until(screens, is_so, begun):
    """How long after `begun` each of `screens` showed a state that `is_so`."""
    return [
        wait_until(lambda screen=screen: screen.shows(is_so), "the screen to show it", pause=0.005) - begun
        for screen in screens
    ]


def test_an_act_is_seen_at_once_on_the_screens_of_every_live_process(ground, officer, figures):
    screens = [Screen(ground.live(WITHOUT_BEAT).port, SLUG) for _ in range(2)]
    wait_until(lambda: all(screen.state for screen in screens), "the screens to show the room")

    begun = time.monotonic()
    officer.press("call")
    taken = seconds_until(screens, is_called("Delegation 1"), begun)

    figures.add("none: an act in the room", "seen on the screens of two live processes", delays=taken)


def test_without_the_announcement_an_act_is_seen_with_the_next_beat_only(ground, officer):
    ground.database.ask("DROP TRIGGER journal_entry_is_announced ON journal_entry")
    screen = Screen(ground.live().port, SLUG)
    wait_until(lambda: len(screen.states) > 1, "the first beat", pause=0.005)

    begun = time.monotonic()
    officer.press("call")
    (taken,) = seconds_until([screen], is_called("Delegation 1"), begun)

    assert taken > BEAT / 2


def test_a_web_process_killed_in_the_middle_of_a_statement_loses_nothing_of_it(ground, officer):
    officer.press("call")
    officer.press("begin")
    before = officer.state()["current"]

    officer.web.kill()
    officer.web.start()
    wait_until(lambda: officer.browser.get(f"/meetings/{SLUG}/now.json").status == 200, "the web server to come back")

    after = officer.state()["current"]
    assert after["began_at"] == before["began_at"]
    assert after["elapsed_seconds"] > before["elapsed_seconds"]
    officer.press("end")
    assert officer.state()["counts"]["delivered"] == 1


def test_a_killed_live_process_shows_the_truth_to_screens_that_come_back(ground, officer):
    live = ground.live()
    screen = Screen(live.port, SLUG)
    wait_until(lambda: screen.state, "the screen to show the room")

    live.kill()
    wait_until(screen.is_cut, "the screen to notice")
    officer.press("call")
    live.start()

    again = wait_until(lambda: _connected(live.port), "the screen to come back")
    wait_until(lambda: again.shows(is_called("Delegation 1")), "the truth")


def test_the_streams_hear_again_once_the_database_has_cut_all_its_connections(ground, officer):
    screen = Screen(ground.live(WITHOUT_BEAT).port, SLUG)
    wait_until(lambda: screen.state, "the screen to show the room")

    ground.database.ask(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    officer.press("call")

    wait_until(lambda: screen.shows(is_called("Delegation 1")), "the screen to show it")
    assert not screen.is_cut()


def test_without_redis_the_console_works_and_the_screens_show_it(make_ground):
    ground = make_ground("redis://127.0.0.1:9/0")
    ground.run("-m", "tests.faults.room")
    officer = Officer(ground)
    screen = Screen(ground.live(WITHOUT_BEAT).port, SLUG)
    wait_until(lambda: screen.state, "the screen to show the room")

    officer.press("call")
    officer.press("begin")

    wait_until(lambda: screen.shows(is_called("Delegation 1")), "the screen to show it")


def test_a_meeting_that_the_public_does_not_have_has_no_stream(ground):
    live = ground.live()

    assert Screen(live.port, "unknown").status == 404


def _connected(port):
    try:
        screen = Screen(port, SLUG)
    except OSError:
        return None
    return screen if screen.status == 200 else None
