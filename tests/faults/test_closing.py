"""Worker and scheduler are dead across the deadline; then two schedulers and three workers come back.  R-02 R-06"""

import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from tests.faults.clients import Answer, at_once
from tests.faults.mail_server import MailServer
from tests.faults.processes import wait_until
from tests.faults.scenery import PATH, focal_point

pytestmark = pytest.mark.faults

CLOSE = "speakers.close_due_lists"
WORKERS, SCHEDULERS, CALLS = 3, 2, 20
# Seconds in which a second closing would happen.
A_WHILE = 3
SOON = timedelta(seconds=1)
HURRIED = "tests.faults.hurried"


@dataclass
class Closing:
    """The outcome: the answers while no worker ran, and what was stored and mailed afterwards."""

    deadline: datetime
    inscribed: list
    late: Answer
    page: Answer
    stored_meanwhile: int
    database: object
    copies: list

    def problems(self):
        """What is wrong, as sentences."""
        ask = self.database.one
        found = {
            "established lists": ask("SELECT count(*) FROM speakers_revision WHERE kind = 'established'"),
            "closings in the journal": ask("SELECT count(*) FROM journal_entry WHERE act = 'list closed'"),
            "lists sent to the officer": ask(
                "SELECT count(*) FROM outbox_message WHERE kind = 'speakers.notice_established'"
            ),
            **{f"places mailed to {address}": number for address, number in self.places_mailed().items()},
        }
        return [f"{number} {what}" for what, number in found.items() if number != 1]

    def places_mailed(self):
        """How many different mails about its place each delegation's contact was sent."""
        sent = self.database.ask("SELECT message_id FROM outbox_message WHERE kind = 'speakers.established'")
        places = {message_id for (message_id,) in sent}
        taken = {(copy.recipients[0], copy.message_id) for copy in self.copies if copy.message_id in places}
        return {address: sum(to == address for to, _id in taken) for address in self.inscribed}


def close(ground, number, app):
    """Let the deadline pass while no worker can close the list; then start all of them at once."""
    server, addresses = MailServer(ground), [focal_point(each) for each in range(1, number + 1)]
    web = ground.web()
    late, *visitors = ground.signed_in(web, [focal_point(number + 1), *addresses])
    forms = at_once([visitor.form for visitor in [late, *visitors]], side_by_side=8)
    die(ground, app)
    for visitor, form in zip(visitors, forms[1:], strict=True):
        assert visitor.inscribe(form).is_recorded
    with closing(ground.database.keep_asking()) as ask:
        deadline = ask.now() + SOON
        ask("UPDATE speakers_speakerslist SET closes_at = %s", deadline)
        wait_until(lambda: ask.now() >= deadline, "the deadline")
        answer, page = late.inscribe(forms[0]), late.get(f"{PATH}inscribe/")
        stored = ground.database.one("SELECT count(*) FROM speakers_revision")
        wait_until(lambda: ask.now() >= deadline + timedelta(seconds=10.5), "ten seconds more")
    come_back(ground, app)
    wait_until(lambda: is_everything_sent(ground), "all mail to be sent")
    time.sleep(A_WHILE)
    wait_until(lambda: is_everything_sent(ground), "all mail to be sent, again")
    return Closing(deadline, addresses, answer, page, stored, ground.database, server.taken())


def die(ground, app):
    """Start a worker and a scheduler, and kill them."""
    parts = [ground.worker(app=app), ground.beat(app=app)]
    wait_until(lambda: ground.database.one("SELECT count(*) FROM outbox_heartbeat") == len(parts), "signs of life")
    for part in parts:
        part.kill()


def come_back(ground, app):
    """Many calls wait already; several workers and schedulers come, while a slow process holds the list."""
    for _call in range(CALLS):
        ground.celery().send_task(CLOSE)
    with ground.database.list_locked():
        for number in range(WORKERS):
            ground.worker(f"worker-{number}", app=app)
        for number in range(SCHEDULERS):
            ground.beat(f"beat-{number}", app=app)
        wait_until(lambda: ground.database.waiting_for_a_lock() > 1, "two workers to ask for the list at once")
    wait_until(lambda: not ground.tasks_waiting(), "all calls to be carried out")


def is_everything_sent(ground):
    """Is the list closed, and no mail on its way?"""
    closed = ground.database.one("SELECT count(*) FROM speakers_revision")
    return closed and not ground.database.one(
        "SELECT count(*) FROM outbox_message WHERE state IN ('queued', 'sending')"
    )


def test_closed_frozen_and_mailed_once_however_many_come_however_late(ground, size, figures):
    result = close(ground, size.inscribed, "config" if size.is_full else HURRIED)

    assert result.late.status == 422
    assert "closed on" in result.late.text
    assert "closed on" in result.page.text
    assert result.stored_meanwhile == 0
    assert result.problems() == []
    assert ground.database.one("SELECT closed_at FROM speakers_speakerslist") == result.deadline
    figures.add(
        f"deadline without worker and scheduler; then {SCHEDULERS} schedulers, {WORKERS} workers, {CALLS} calls",
        f"refused meanwhile; closed once, {size.inscribed} places mailed once each",
    )


def test_without_the_guard_it_is_closed_and_mailed_twice(ground):
    result = close(ground, 2, "tests.faults.without.closing")

    assert "closings in the journal" in " ".join(result.problems())
    assert "places mailed to" in " ".join(result.problems())
