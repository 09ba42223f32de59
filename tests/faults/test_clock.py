"""The clock of a machine is wrong, or is set under load: the database's alone decides.  R-02 R-03 R-08 R-10"""

import json
from contextlib import closing
from datetime import timedelta

import pytest

from tests import servers
from tests.faults.clients import at_once, marks
from tests.faults.examining import problems_of_list
from tests.faults.hammering import Hammer
from tests.faults.processes import wait_until
from tests.faults.scenery import PATH, focal_point
from tests.faults.test_deadline import Hammering
from tests.faults.test_mail import state_counts
from tests.faults.wrong_clock import WrongClock

pytestmark = pytest.mark.faults
SITE, WITHOUT = "tests.faults.wrong_clock", "tests.faults.without.database_clock"
AHEAD, BEHIND = timedelta(seconds=90), timedelta(seconds=-90)
BOTH = pytest.mark.parametrize("step", [AHEAD, BEHIND], ids=["ahead", "behind"])
VISITORS, SECONDS = 6, timedelta(seconds=3)
# How long before the deadline the clock is set, and how long after it people go on.
BEFORE, AFTER = timedelta(seconds=1), timedelta(seconds=1)
# The clock of the database, which the connections that come find before its own.
SET_BACK = """
    CREATE SCHEMA IF NOT EXISTS wrong;
    CREATE OR REPLACE FUNCTION wrong.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
        $$ SELECT pg_catalog.clock_timestamp() - interval '90 seconds' $$
"""


@pytest.fixture
def wrong(tmp_path):
    return WrongClock(tmp_path / "clock")


def inscribe_across_a_step(ground, wrong, step, application=SITE):
    """People inscribe until after the deadline; a second before it, the clock of the web server is set by `step`."""
    web = ground.web(application, environment=wrong.environment, threads=4)
    visitors = ground.signed_in(web, [focal_point(number) for number in range(1, VISITORS + 1)])
    hammer = Hammer(visitors, at_once([visitor.form for visitor in visitors]))
    with closing(ground.database.keep_asking()) as ask:
        try:
            deadline = ask.now() + SECONDS
            ask("UPDATE speakers_speakerslist SET closes_at = %s", deadline)
            hammer.start(until=deadline + AFTER)
            wait_until(lambda: ask.now() >= deadline - BEFORE, "the deadline to be near", pause=0.01)
            wrong.set(step)
            blows = hammer.blows()
        finally:
            hammer.end()
    rows = ground.database.ask("SELECT group_name, arrived_at, recorded_at FROM speakers_inscription")
    return Hammering(deadline, blows, {group: moments for group, *moments in rows}), visitors


@BOTH
def test_a_web_server_whose_clock_is_set_under_load_accepts_those_in_time_and_no_one_else(ground, wrong, step):
    result, visitors = inscribe_across_a_step(ground, wrong, step)

    health = json.loads(visitors[0].get("/healthz").text)
    assert result.problems() == []
    assert problems_of_list(ground) == []
    assert result.accepted
    assert result.refused
    assert {visitor.get(f"{PATH}own/").status for visitor in visitors} == {200}
    assert abs(health["clock_ahead_seconds"] - step.total_seconds()) <= 1
    assert health["is_well"] is False


def test_a_site_that_asks_its_own_clock_takes_people_who_were_late(ground, wrong):
    result, _visitors = inscribe_across_a_step(ground, wrong, BEHIND, WITHOUT)

    assert result.accepted
    assert result.refused == []


@BOTH
def test_a_code_that_was_mailed_before_the_clock_was_set_signs_in_after(ground, wrong, step):
    web = ground.web(SITE, environment=wrong.environment, processes=1)
    (visitor,) = ground.signed_in(web, [focal_point(1)])
    visitor.post(f"{PATH}sign-out/", marks(visitor.get(f"{PATH}inscribe/").text))
    page = visitor.get(f"{PATH}sign-in/")
    asked = visitor.post(f"{PATH}sign-in/", marks(page.text) | {"email": visitor.address})

    wrong.set(step)
    page = visitor.get(asked.location)
    code = ground.database.mailed_code(visitor.address)
    answer = visitor.post(asked.location, marks(page.text) | {"code": code})

    assert (answer.status, answer.location) == (302, "/mission/")


@BOTH
def test_a_worker_whose_clock_is_wrong_lives_and_tries_mail_again_in_time(ground, wrong, step):
    ground.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{servers.free_port()}"
    ground.program("tests.faults.posting", "3")
    wait_until(lambda: state_counts(ground)["queued"] == 3, "the mails to wait")
    wrong.set(step)
    ground.environment |= wrong.environment
    ground.worker(app=SITE)
    wait_until(lambda: ground.database.one("SELECT sum(attempts) FROM outbox_message") >= 3, "three attempts in vain")

    waits = ground.database.ask("SELECT EXTRACT(EPOCH FROM next_attempt_at - clock_timestamp()) FROM outbox_message")
    seen = ground.database.one(
        "SELECT EXTRACT(EPOCH FROM clock_timestamp() - at) FROM outbox_heartbeat WHERE part = 'worker'"
    )

    assert all(0 < seconds < 75 for (seconds,) in waits)
    assert ground.database.ask("SELECT count(*) FROM outbox_attempt GROUP BY message_id") == [(1,)] * 3
    assert 0 <= seen < 30


def test_when_the_clock_of_the_database_is_set_back_numbers_and_moments_still_rise_and_links_work(ground):
    web = ground.web(processes=1)
    (visitor,) = ground.signed_in(web, [focal_point(1)])
    before = visitor.inscribe(visitor.form(capacity="group", group_name="Before"))

    ground.database.ask(SET_BACK)
    name = ground.database.address.rpartition("/")[2]
    ground.database.ask(f'ALTER DATABASE "{name}" SET search_path = wrong, pg_catalog, public')
    web.kill()
    web.start()
    wait_until(lambda: servers.answers(web.port), "the web server to come back")
    after = visitor.inscribe(visitor.form(capacity="group", group_name="After"))
    health = json.loads(visitor.get("/healthz").text)

    rows = ground.database.ask(
        "SELECT group_name, arrived_at, recorded_at FROM speakers_inscription ORDER BY receipt_no"
    )
    assert [before.is_recorded, after.is_recorded] == [True, True]
    assert [name for name, _arrived_at, _recorded_at in rows] == ["Before", "After"]
    assert rows[1][1] < rows[0][1]
    assert problems_of_list(ground) == []
    assert abs(health["clock_ahead_seconds"] - 90) <= 1
