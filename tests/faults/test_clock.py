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
AHEAD, BEHIND = timedelta(seconds=90), timedelta(seconds=-90)
BOTH = pytest.mark.parametrize("step", [AHEAD, BEHIND], ids=["ahead", "behind"])
VISITORS, SECONDS = 6, timedelta(seconds=3)
# How long before the deadline the clock is set.
BEFORE = timedelta(seconds=1)


@pytest.fixture
def wrong(tmp_path):
    return WrongClock(tmp_path / "clock")


def inscribe_across_a_step(ground, wrong, step, application="config.wsgi"):
    """People inscribe until after the deadline; a second before it, the clock of the web server is set by `step`."""
    web = ground.web(application, environment=wrong.environment, threads=4)
    visitors = ground.signed_in(web, [focal_point(number) for number in range(1, VISITORS + 1)])
    hammer = Hammer(visitors, at_once([visitor.form for visitor in visitors]))
    with closing(ground.database.keep_asking()) as ask:
        try:
            deadline = ask.now() + SECONDS
            ask("UPDATE speakers_speakerslist SET closes_at = %s", deadline)
            hammer.start(until=deadline + BEFORE)
            wait_until(lambda: ask.now() >= deadline - BEFORE, "the deadline to be near", pause=0.01)
            wrong.set(step)
            blows = hammer.blows()
        finally:
            hammer.end()
    rows = ground.database.ask("SELECT group_name, arrived_at, recorded_at FROM speakers_inscription")
    return Hammering(deadline, blows, {group: moments for group, *moments in rows}), visitors


@BOTH
def test_a_web_server_whose_clock_is_set_under_load_accepts_who_was_in_time_and_no_one_else(ground, wrong, step):
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
    result, _visitors = inscribe_across_a_step(ground, wrong, BEHIND, "tests.faults.without.database_clock")

    assert max(recorded_at for _arrived_at, recorded_at in result.on_the_list.values()) < result.deadline
    assert len(result.accepted) > 0
    assert result.refused == []


@BOTH
def test_a_link_that_was_mailed_before_the_clock_was_set_signs_in_after(ground, wrong, step):
    web = ground.web(environment=wrong.environment, processes=1)
    (visitor,) = ground.signed_in(web, [focal_point(1)])
    visitor.post(f"{PATH}sign-out/", marks(visitor.get(f"{PATH}own/").text))
    page = visitor.get(f"{PATH}sign-in/")
    asked = visitor.post(f"{PATH}sign-in/", marks(page.text) | {"email": visitor.address})

    wrong.set(step)
    page = visitor.get(asked.location)
    code = ground.database.mailed_code(visitor.address)
    answer = visitor.post(asked.location, marks(page.text) | {"code": code})

    assert (answer.status, answer.location) == (302, f"{PATH}inscribe/")


@BOTH
def test_a_worker_whose_clock_is_wrong_sends_each_mail_once_and_tries_again_in_time(ground, wrong, step):
    port = servers.free_port()
    ground.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    ground.program("tests.faults.posting", "3")
    wait_until(lambda: state_counts(ground)["queued"] == 3, "the mails to wait")
    wrong.set(step)
    ground.environment |= wrong.environment
    ground.worker(app="tests.faults.hurried")
    wait_until(lambda: ground.database.one("SELECT sum(attempts) FROM outbox_message") == 3, "three attempts in vain")

    waits = ground.database.ask(
        "SELECT EXTRACT(EPOCH FROM next_attempt_at - clock_timestamp()) FROM outbox_message WHERE state = 'queued'"
    )

    assert all(0 < seconds < 40 for (seconds,) in waits)
    assert ground.database.one("SELECT count(*) FROM outbox_attempt") == 3
    seen = ground.database.one("SELECT EXTRACT(EPOCH FROM clock_timestamp() - at) FROM outbox_heartbeat")
    assert -1 < seen < 30
