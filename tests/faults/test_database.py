"""PostgreSQL is stopped under load and comes back: no page wrongly says “recorded”, and nothing is lost.  R-09

The worker keeps its connection from task to task, and survives a restart of PostgreSQL too.
"""

import signal
import threading
import time
from dataclasses import dataclass, field

import pytest

from tests import servers
from tests.faults.clients import at_once
from tests.faults.examining import problems_of_list
from tests.faults.ground import SETTINGS, Ground, database_of_scene
from tests.faults.processes import wait_until
from tests.faults.scenery import PATH, focal_point
from tests.faults.test_broker import on_behalf_of_a_group

pytestmark = pytest.mark.faults

VISITORS = 6
SECONDS_BEFORE, SECONDS_AWAY, BREATH = 2, 3, 0.5
OFFICER, TELEPHONE = "inscription@office.example", "+1 212-963-5063"


@dataclass
class Filing:
    """One person who files one form after another, and keeps each form with its answer."""

    visitor: object
    form: dict
    filed: list = field(default_factory=list)

    def go_on(self, ended):
        """File until the event `ended`."""
        while not ended.is_set():
            form = on_behalf_of_a_group(self.form)
            answer = self.visitor.inscribe(form)
            self.filed.append((form, answer))
            ended.wait(0 if answer.is_recorded else BREATH)

    def send_again(self):
        """File the forms that were not recorded again, unchanged. Returns the answers."""
        return [self.visitor.inscribe(form) for form, answer in self.filed if not answer.is_recorded]


@pytest.fixture(scope="module")
def postgresql():
    """A PostgreSQL that keeps what it confirmed, and may be stopped."""
    with servers.postgresql_server() as server:
        yield server


@pytest.fixture(scope="module")
def scene(postgresql, tmp_path_factory):
    """A database on that PostgreSQL with the scenery, of which each test gets a copy."""
    return database_of_scene(postgresql.address, tmp_path_factory.mktemp("scene"))


@pytest.fixture
def make_site(scene, redis, tmp_path):
    """A function that makes the `Ground` of a site on that PostgreSQL."""
    made = []

    def make(settings=SETTINGS):
        database = scene.copy("site")
        environment = servers.environment(database.address, redis) | {"DJANGO_SETTINGS_MODULE": settings}
        made.append(Ground(database, environment, tmp_path))
        return made[0]

    yield make
    for ground in made:
        ground.end()
        ground.database.drop()


def test_while_postgresql_is_away_nothing_is_called_recorded_and_afterwards_all_goes_on(make_site, postgresql, figures):
    ground = make_site()
    web = ground.web()
    visitors = ground.signed_in(web, [focal_point(number) for number in range(1, VISITORS + 1)])
    people = [Filing(visitor, visitor.form()) for visitor in visitors]

    away = _file_across_an_outage(people, postgresql, visitors[0])
    again = [answer for person in people for answer in person.send_again()]

    filed = [answer for person in people for _form, answer in person.filed]
    recorded, refused = [a for a in filed if a.is_recorded], [a for a in filed if not a.is_recorded]
    assert recorded
    assert refused
    assert [answer for answer in refused if not _says_not_recorded(answer)] == []
    assert away.status == 503
    assert [answer for answer in again if not answer.is_recorded] == []
    kept = {str(public_id) for (public_id,) in ground.database.ask("SELECT public_id FROM speakers_inscription")}
    assert kept == {answer.receipt for answer in recorded + again}
    assert problems_of_list(ground) == []
    figures.add(
        f"PostgreSQL stopped for {SECONDS_AWAY} s under load",
        f"{len(recorded)} recorded, all kept; {len(refused)} told “NOT recorded”, each recorded once when sent again",
        delays=[answer.seconds for answer in filed],
    )


def _file_across_an_outage(people, postgresql, visitor):
    """All file while PostgreSQL is stopped at once and started again. Returns a page seen meanwhile."""
    ended = threading.Event()
    threads = [threading.Thread(target=person.go_on, args=[ended]) for person in people]
    try:
        for thread in threads:
            thread.start()
        time.sleep(SECONDS_BEFORE)
        postgresql.stop(signal.SIGQUIT)
        time.sleep(SECONDS_AWAY)
        page = visitor.get(f"{PATH}inscribe/")
    finally:
        postgresql.start()
        ended.set()
        for thread in threads:
            thread.join()
    return page


def _says_not_recorded(answer):
    return answer.status == 503 and all(words in answer.text for words in ["NOT recorded", OFFICER, TELEPHONE])


def after_a_restart(ground, postgresql):
    """Every thread has a connection; PostgreSQL is restarted while there are no requests; then all come at once."""
    web = ground.web(processes=1, threads=4)
    (visitor,) = ground.signed_in(web, [focal_point(1)])
    for _each in range(3):
        at_once([lambda: visitor.get(f"{PATH}inscribe/")] * 8)
    postgresql.stop(signal.SIGQUIT)
    postgresql.start()
    return {answer.status for answer in at_once([lambda: visitor.get(f"{PATH}inscribe/")] * 8)}


def test_the_first_request_after_a_restart_of_postgresql_is_served(make_site, postgresql):
    assert after_a_restart(make_site(), postgresql) == {200}


def test_without_a_check_of_connections_the_first_requests_fail(make_site, postgresql):
    assert 503 in after_a_restart(make_site("tests.faults.without.health_checks"), postgresql)


def sessions_after_each(ground, number):
    """A worker of one process carries out that many tasks. Returns the other sessions of the database after each."""
    ground.worker(concurrency=1)
    return [sessions_after_a_task(ground) for _each in range(number)]


def sessions_after_a_task(ground):
    """Let the worker carry out one task, and return the sessions that it leaves: their process numbers."""
    before = marks_left(ground)
    ground.celery().send_task("secretariat.leave_mark")
    wait_until(lambda: marks_left(ground) != before, "the task to be carried out")
    time.sleep(BREATH)
    found = ground.database.ask(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    return {pid for (pid,) in found}


def marks_left(ground):
    """How many marks the task `secretariat.leave_mark` has left, in a list of none or one."""
    return ground.database.ask("SELECT number FROM secretariat_database")


def test_ten_tasks_use_one_session_of_postgresql(make_site):
    assert len(set.intersection(*sessions_after_each(make_site(), 10))) == 1


def test_without_reuse_every_task_opens_a_session_of_its_own(make_site):
    assert set.intersection(*sessions_after_each(make_site("tests.faults.without.reuse"), 10)) == set()


def test_the_first_task_after_a_restart_of_postgresql_is_carried_out(make_site, postgresql):
    ground = make_site()
    (before,) = sessions_after_each(ground, 1)
    postgresql.stop(signal.SIGQUIT)
    postgresql.start()

    after = sessions_after_a_task(ground)

    assert before & after == set()


def test_without_a_check_of_connections_the_first_task_after_a_restart_fails(make_site, postgresql):
    ground = make_site("tests.faults.without.health_checks")
    sessions_after_each(ground, 1)
    before = marks_left(ground)
    postgresql.stop(signal.SIGQUIT)
    postgresql.start()

    ground.celery().send_task("secretariat.leave_mark")

    (worker,) = ground.parts
    wait_until(lambda: "OperationalError" in worker.said(), "the task to fail")
    assert marks_left(ground) == before
