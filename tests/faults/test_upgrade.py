"""Inscriptions go on while a database of the last release is migrated and its processes are replaced.

The code of the last release comes from the history, and makes the database and serves at first. What follows is this
version with one more migration (`tests/upgrade/following`), so that there is always something to migrate.
"""

import time
from contextlib import closing

import pytest

from tests import servers
from tests.faults.clients import TIMEOUT
from tests.faults.examining import problems_of_list
from tests.faults.ground import SETTINGS, Ground, database_of_scene
from tests.faults.mail_server import MailServer
from tests.faults.people import PATIENCE, Person, Proxy, filing
from tests.faults.processes import wait_until
from tests.faults.scenery import focal_point
from tests.upgrade import releases

pytestmark = [pytest.mark.faults, pytest.mark.history]

PEOPLE = 4
# Seconds of filing in each state of the site, and for which a transaction is in the way of the migration.
WHILE, IN_THE_WAY = 2, 6
FOLLOWING = "tests.upgrade.following.settings"
# `manage.py`, with a `migrate` that tries once.
IMPATIENT = """from django.core.management import execute_from_command_line
from config.management.commands import migrate
migrate.PAUSES = []
execute_from_command_line()"""


@pytest.fixture(scope="module")
def code(tmp_path_factory):
    """The folder with the code of the last release."""
    folder = tmp_path_factory.mktemp("release")
    releases.check_out(releases.last(), folder)
    return folder


@pytest.fixture(scope="module")
def scene(private_postgresql, code, tmp_path_factory):
    """A database that the last release made, with an open list."""
    return database_of_scene(private_postgresql, tmp_path_factory.mktemp("scene"), code, name="released")


@pytest.fixture
def make_site(scene, code, redis, tmp_path):
    """A function that makes a site of the last release, and one of the release that follows, on one database."""
    grounds = []

    def make(following):
        database = scene.copy(f"site_{following}")
        old = servers.environment(database.address, redis) | {"DJANGO_SETTINGS_MODULE": SETTINGS}
        new = old | {"DJANGO_SETTINGS_MODULE": FOLLOWING, "FOLLOWING": following}
        grounds.extend([Ground(database, old, tmp_path, code), Ground(database, new, tmp_path)])
        return grounds

    yield make
    for ground in grounds:
        ground.end()
    for ground in grounds[:1]:
        ground.database.drop()


def people_at(ground, proxy, number):
    """That many people, signed in on the first web server behind the `proxy`, with the form in hand."""
    visitors = ground.signed_in(proxy.webs[0], [focal_point(each) for each in range(1, number + 1)])
    return [Person(visitor, visitor.form(), proxy) for visitor in visitors]


def test_none_is_lost_and_none_waits_for_long_while_the_site_is_upgraded(make_site, figures):
    old, new = make_site("expanding")
    mails = MailServer(old)
    proxy = Proxy(old.web(processes=1), old.web(processes=1))
    people = people_at(old, proxy, PEOPLE)
    old.worker(concurrency=1)

    with filing(people):
        new.manage("migrate", "--verbosity", "0")
        migrated_at, sent = time.monotonic(), len(mails.taken())
        time.sleep(WHILE)
        successors = [new.web(processes=1), new.web(processes=1)]
        replaced_at = time.monotonic()
        predecessors, proxy.webs = proxy.webs, [*proxy.webs, *successors]
        time.sleep(WHILE)
        for web in predecessors:
            web.stop()
        stopped_at = time.monotonic()
        proxy.webs = successors
        time.sleep(WHILE)
    wait_until(lambda: len(mails.taken()) > sent + PEOPLE, "the worker of the last release to go on sending")

    filed = [each for person in people for each in person.filed]
    receipts = {each.answer.receipt for each in filed if each.answer.is_recorded}
    kept = {str(public_id) for (public_id,) in new.database.ask("SELECT public_id FROM speakers_inscription")}
    by_old_code = [each for each in filed if migrated_at < each.at < replaced_at]
    by_new_code = [each for each in filed if each.at > stopped_at]
    assert [each for each in filed if not each.answer.is_recorded] == []
    assert max(each.seconds for each in filed) < PATIENCE
    assert kept == receipts
    assert len(by_old_code) >= PEOPLE
    assert len(by_new_code) >= PEOPLE
    assert problems_of_list(new) == []
    assert "All is whole." in new.manage("verify").stdout
    figures.add(
        "an upgrade under load",
        f"{len(filed)} recorded, {len(by_old_code)} of them by the old version after the migration; "
        f"{len([each for each in filed if each.tries > 1])} forms had to be sent again",
        delays=[each.seconds for each in filed],
    )


def test_a_migration_without_a_default_in_the_database_would_lose_them(make_site):
    old, new = make_site("breaking")
    proxy = Proxy(old.web(processes=1))
    people = people_at(old, proxy, 1)
    before = people[0].file()

    new.manage("migrate", "--verbosity", "0")
    after = [proxy.send(people[0].visitor, people[0].form) for _each in range(3)]

    assert before.answer.is_recorded
    assert [answer.status for answer in after] == [503, 503, 503]


def filed_behind_a_transaction(make_site, *migrate):
    """What is recorded while the program `migrate` waits for a transaction that has read the list; and what it says."""
    old, new = make_site("expanding")
    people = people_at(old, Proxy(old.web(processes=1)), 2)
    with closing(old.database.connect()) as reading:
        reading.cursor().execute("SELECT count(*) FROM speakers_inscription")
        migration = new.program(*migrate)
        wait_until(old.database.waiting_for_a_lock, "the migration to wait")
        with filing(people):
            time.sleep(IN_THE_WAY)
            reading.close()
            ended = time.monotonic()
    assert migration.process.wait(TIMEOUT) == 0, migration.said()
    filed = [each for person in people for each in person.filed]
    return [each for each in filed if each.answer.is_recorded and each.at < ended], migration.said()


def test_a_migration_that_waits_for_a_long_transaction_lets_others_pass(make_site):
    filed, said = filed_behind_a_transaction(make_site, "django", "migrate", "--verbosity", "0")

    assert len(filed) >= 2
    assert "A table is in use: the process" in said


def test_a_migration_that_waits_as_long_as_it_takes_keeps_all_out(make_site):
    filed, _said = filed_behind_a_transaction(make_site, "tests.faults.without.patience")

    assert filed == []


def test_a_migration_that_waits_in_vain_says_for_what_and_changes_nothing(make_site):
    old, new = make_site("expanding")
    with closing(old.database.connect()) as reading:
        reading.cursor().execute("SELECT count(*) FROM speakers_inscription")

        done = new.run("-c", IMPATIENT, "migrate", "--verbosity", "0", check=False)

    assert done.returncode == 1
    assert "The migration was not carried out. A table is in use: the process" in done.stderr
    assert old.database.ask("SELECT name FROM django_migrations WHERE name = '0999_seats'") == []
