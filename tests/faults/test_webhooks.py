"""Other systems are told everything, in order, while workers, Redis, PostgreSQL and the receiver die in between."""

import signal
import time

import pytest

from tests import servers
from tests.faults.ground import database_of_scene
from tests.faults.processes import wait_until
from tests.faults.scenery import code
from tests.faults.test_closing import HURRIED
from tests.webhooks.receiver import Receiver, running

pytestmark = pytest.mark.faults
ENTRIES = 24


@pytest.fixture(scope="module")
def postgresql():
    """A PostgreSQL that keeps what it confirmed, and may be stopped."""
    with servers.postgresql_server() as server:
        yield server


@pytest.fixture(scope="module")
def scene(postgresql, tmp_path_factory):
    return database_of_scene(postgresql.address, tmp_path_factory.mktemp("scene"))


@pytest.fixture
def site(make_ground, broker):
    """The site with webhooks, on a Redis that may be stopped."""
    ground = make_ground(broker.address)
    ground.environment |= {"WEBHOOKS": "1", "WEBHOOK_INTERNAL_HOSTS": "127.0.0.1"}
    return ground


@pytest.fixture
def receiver():
    """A receiver that takes its time, so that a sender can be killed while it waits."""
    with running(Receiver(lambda _event: time.sleep(0.15) or 204)) as receiver:
        yield receiver


def inscribed(receiver):
    """Whose entries arrived, in the order in which they first came."""
    return list(dict.fromkeys(each["entry"]["delegation_code"] for each in receiver.events))


def inscribe(site, first, last):
    site.run("-m", "tests.faults.webhooks", "inscribe", first, last)


def all_up_to(number):
    return [code(each) for each in range(1, number + 1)]


def test_all_is_told_in_order_though_everything_dies_in_between(site, broker, postgresql, receiver):
    site.run("-m", "tests.faults.webhooks", "add", receiver.url)
    workers = [site.worker(name, app=HURRIED) for name in ("one", "two")]
    inscribe(site, 1, ENTRIES // 2)
    wait_until(lambda: len(receiver.events) >= 3, "the first events")
    for worker in workers:
        worker.kill()
    broker.stop()
    inscribe(site, ENTRIES // 2 + 1, ENTRIES)
    for worker in workers:
        worker.start()
    wait_until(lambda: site.revive() or len(inscribed(receiver)) >= ENTRIES // 2, "events after the workers died")
    postgresql.stop(signal.SIGQUIT)
    time.sleep(1)
    postgresql.start()

    wait_until(lambda: site.revive() or len(inscribed(receiver)) == ENTRIES, "the last event")

    assert inscribed(receiver) == all_up_to(ENTRIES)
    bodies = {each["id"]: each for each in receiver.events}
    assert len(bodies) == ENTRIES
    assert all(each == bodies[each["id"]] for each in receiver.events)


def test_without_an_end_to_the_lease_a_killed_sender_silences_its_webhook(site):
    """The negative control of the test above; the sender is killed while its receiver thinks."""
    with running(Receiver(lambda _event: time.sleep(2) or 204)) as receiver:
        site.run("-m", "tests.faults.webhooks", "add", receiver.url)
        worker = site.worker(app="tests.faults.without.webhook_lease")
        inscribe(site, 1, ENTRIES)
        wait_until(lambda: len(receiver.tries) > len(receiver.events), "an event on its way")

        worker.kill()
        told = len(receiver.events)
        worker.start()
        time.sleep(20)

        assert len(receiver.events) <= told + 1


def test_a_slow_receiver_and_a_dead_one_hold_up_neither_another_nor_the_pool(site, receiver):
    slow = Receiver(lambda _event: time.sleep(30) or 204)
    with running(slow):
        port = servers.free_port()
        dead = f"http://127.0.0.1:{port}/"
        site.run("-m", "tests.faults.webhooks", "add", slow.url, dead, receiver.url)
        site.worker(app=HURRIED, concurrency=1)
        inscribe(site, 1, 5)
        began = time.monotonic()

        wait_until(lambda: len(receiver.events) == 5, "the good one to be told")

        assert time.monotonic() - began < 30
        assert inscribed(receiver) == all_up_to(5)
        assert slow.events == []
