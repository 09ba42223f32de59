"""A worker is seen if it works off tasks, not if its process lives.  R-10"""

import time

import pytest
from celery import Celery

from tests.faults.processes import wait_until
from tests.faults.test_closing import HURRIED

pytestmark = pytest.mark.faults
# Seconds after which a sign of life of the hurried site is old: four beats of its scheduler.
OLD = 8


def age(ground, part):
    """The age of a sign of life in seconds; very old if there is none."""
    asked = "SELECT extract(epoch FROM clock_timestamp() - max(at)) FROM outbox_heartbeat WHERE part = ?"
    found = ground.database.one(asked, part)
    return 1e9 if found is None else float(found)


def is_fresh(ground, part):
    return lambda: age(ground, part) < OLD / 2


def hang(redis, *, times=1):
    """Send tasks that hang."""
    with Celery(broker=redis, set_as_current=False) as sender:
        for _each in range(times):
            sender.send_task("tests.hang", ignore_result=True)


def test_a_worker_whose_pool_hangs_is_silent_although_it_lives_and_its_scheduler_is_seen(ground, redis):
    worker = ground.worker(app=HURRIED, concurrency=1)
    ground.beat(app=HURRIED)
    wait_until(is_fresh(ground, "worker"), "the first task to be worked off")

    hang(redis)
    wait_until(lambda: age(ground, "worker") > 2 * OLD, "the worker to fall silent", seconds=60)

    assert worker.is_running()
    assert age(ground, "beat") < OLD


def test_each_of_two_workers_whose_pools_hang_ends_what_hangs_and_goes_on(ground, redis):
    workers = [ground.worker(name, app="tests.faults.impatient", concurrency=1) for name in ("worker", "second")]
    ground.beat(app=HURRIED)
    wait_until(is_fresh(ground, "worker"), "the first task to be worked off")

    hang(redis, times=2)
    wait_until(lambda: age(ground, "worker") > OLD, "both workers to fall silent", seconds=60)
    wait_until(is_fresh(ground, "worker"), "tasks to be worked off again", seconds=60)

    for worker in workers:
        wait_until(lambda worker=worker: "Hard time limit" in worker.said(), "a line in the log of each", seconds=60)
        assert worker.is_running()


def test_a_worker_that_stands_in_while_redis_is_away_is_seen_and_the_scheduler_is_not(make_ground, broker):
    ground = make_ground(broker.address)
    ground.worker(app=HURRIED)
    ground.beat(app=HURRIED)
    wait_until(is_fresh(ground, "worker"), "the first task to be worked off")

    broker.stop()
    wait_until(lambda: ground.revive() or age(ground, "beat") > OLD, "the scheduler to fall silent", seconds=60)
    wait_until(lambda: ground.revive() or is_fresh(ground, "worker")(), "a worker to stand in", seconds=60)
    time.sleep(OLD)

    assert age(ground, "beat") > OLD
    assert age(ground, "worker") < OLD
