"""Redis is stopped, or black-holed, under load: no request fails or waits for it, and the mail goes out.  R-10"""

import time
import uuid
from dataclasses import dataclass
from itertools import chain

import pytest

from tests.faults.clients import at_once
from tests.faults.mail_server import MailServer
from tests.faults.processes import wait_until
from tests.faults.scenery import focal_point
from tests.faults.test_closing import HURRIED

pytestmark = pytest.mark.faults

# Seconds that a broker in trouble may cost a request.
MAY_TAKE_LONGER = 0.5
# A delay caused by the broker shows in every round; one caused by the machine does not.
ROUNDS = 5
VISITORS = 2
FEW = 6
# Seconds within which mail arrives if Celery was woken: well below the minute of the sweep.
QUICK = 20


@dataclass
class Round:
    """The answers to the same requests from the site in trouble and from the one beside it."""

    troubled: list
    healthy: list

    def problems(self):
        failed = [answer for answer in self.troubled if not answer.is_recorded]
        found = [f"{len(failed)} requests failed: {failed[0].status}"] if failed else []
        return found + [f"{delay:.1f} seconds longer" for delay in [self.longer()] if delay > MAY_TAKE_LONGER]

    def longer(self):
        """By how many seconds the slowest request took longer than the slowest of its twins."""
        return max(self.seconds()) - max(answer.seconds for answer in self.healthy)

    def seconds(self):
        return [answer.seconds for answer in self.troubled]


class Sites:
    """A site whose broker is in trouble, and one beside it on the same database whose broker works.

    Each request to one has a twin to the other at the same moment: what slows down both is the machine.
    """

    def __init__(self, ground, redis, application="config.wsgi"):
        troubled = ground.web(application)
        healthy = ground.web(environment={"REDIS_URL": redis})
        visitors = ground.signed_in(troubled, [focal_point(number) for number in range(1, VISITORS + 1)])
        twins = ground.signed_in(healthy, [focal_point(VISITORS + number) for number in range(1, VISITORS + 1)])
        self.pairs = list(zip(visitors, twins, strict=True))
        self.forms = {visitor.address: visitor.form() for visitor in chain(visitors, twins)}

    def best_round(self, number, rounds=ROUNDS):
        """The first of so many rounds that shows no problem, or the last one."""
        for _round in range(rounds):
            found = self._round(number)
            if not found.problems():
                break
        return found

    def _round(self, number):
        """Make so many inscriptions on each site."""
        each = number // VISITORS
        answers = at_once([lambda pair=pair: [self._inscribe(*pair) for _each in range(each)] for pair in self.pairs])
        troubled, healthy = zip(*chain.from_iterable(answers), strict=True)
        return Round(troubled, healthy)

    def _inscribe(self, *pair):
        return at_once([lambda who=who: who.inscribe(on_behalf_of_a_group(self.forms[who.address])) for who in pair])


def on_behalf_of_a_group(form):
    """The filled-in `form` for a group that is not inscribed yet."""
    return form | {"capacity": "group", "group_name": uuid.uuid4().hex, "key": str(uuid.uuid4())}


@pytest.mark.parametrize("trouble", ["stop", "fall_silent"])
def test_no_request_fails_or_waits_for_a_broker_in_trouble(make_ground, broker, redis, size, figures, trouble):
    sites = Sites(make_ground(broker.address), redis)
    getattr(broker, trouble)()

    result = sites.best_round(size.requests)

    assert result.problems() == []
    figures.add(
        f"{size.requests} inscriptions while Redis is {'stopped' if trouble == 'stop' else 'silent'}",
        f"none failed; the slowest took {result.longer():+.3f} s compared with its twins beside it",
        delays=result.seconds(),
    )


def test_publishing_in_the_request_itself_makes_it_wait(make_ground, broker, redis):
    sites = Sites(make_ground(broker.address), redis, "tests.faults.without.waker")
    broker.fall_silent()

    result = sites.best_round(VISITORS, rounds=1)

    assert [problem for problem in result.problems() if problem.endswith("longer")]


class Correspondence:
    """A site with a worker and a scheduler, a visitor who inscribes, and the mails that follow."""

    def __init__(self, ground, app):
        self.ground, self.server = ground, MailServer(ground)
        (self.visitor,) = ground.signed_in(ground.web(), [focal_point(1)])
        self.form = self.visitor.form()
        ground.worker(app=app)
        ground.beat(app=app)
        self.wait_for_the_scheduler()
        self.wait_for_mail()

    def inscribe(self):
        """Inscribe a few, so that there is mail."""
        for _each in range(FEW):
            assert self.visitor.inscribe(on_behalf_of_a_group(self.form)).is_recorded

    def wait_for_mail(self):
        """Wait until everything is sent; restart what dies meanwhile. Returns the seconds it took."""
        begun = time.monotonic()
        wait_until(lambda: self.ground.revive() or not self.unsent(), "all mail to be sent")
        return time.monotonic() - begun

    def wait_for_the_scheduler(self):
        """Wait until the broker has taken a task of it."""
        now = self.ground.database.one("SELECT clock_timestamp()")
        newer = "SELECT count(*) FROM outbox_heartbeat WHERE part = 'beat' AND at > ?"
        wait_until(lambda: not self.ground.revive() and self.ground.database.one(newer, now), "the scheduler's sign")

    def unsent(self):
        return self.ground.database.one("SELECT count(*) FROM outbox_message WHERE state IN ('queued', 'sending')")


def test_mail_goes_out_while_redis_is_away_and_quickly_when_it_is_back(make_ground, broker, size, figures):
    correspondence = Correspondence(make_ground(broker.address), "config" if size.is_full else HURRIED)
    seconds = {}

    for trouble in [broker.stop, broker.fall_silent]:
        trouble()
        correspondence.inscribe()
        seconds[trouble.__name__] = correspondence.wait_for_mail()
    broker.live()
    correspondence.wait_for_the_scheduler()
    correspondence.inscribe()
    seconds["back"] = correspondence.wait_for_mail()

    assert seconds["back"] < QUICK or not size.is_full
    figures.add(
        "mail while Redis is away",
        f"all sent {seconds['stop']:.0f} s after it was stopped, {seconds['fall_silent']:.0f} s after it fell silent, "
        f"{seconds['back']:.1f} s when it was back",
    )


def test_mail_goes_out_by_hand_while_redis_is_down_and_no_worker_runs(make_ground, broker):
    ground = make_ground(broker.address)
    server = MailServer(ground)
    (visitor,) = ground.signed_in(ground.web(), [focal_point(1)])
    broker.fall_silent()
    assert visitor.inscribe(visitor.form()).is_recorded

    ground.manage("drain_outbox")

    assert [copy.recipients[0] for copy in server.taken()][-2:] == [focal_point(1), "inscription@office.example"]


def test_without_a_stand_in_mail_waits_for_redis_to_come_back(make_ground, broker):
    correspondence = Correspondence(make_ground(broker.address), "tests.faults.without.stand_in")
    broker.stop()
    correspondence.inscribe()

    time.sleep(15)

    assert correspondence.unsent()
