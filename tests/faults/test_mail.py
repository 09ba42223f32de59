"""Mail through a real SMTP server while the worker is killed repeatedly, and while much of it waits.  R-10 R-74"""

import time
from collections import defaultdict
from dataclasses import dataclass, replace

import pytest

from tests.faults.mail_server import MailServer
from tests.faults.processes import wait_until
from tests.faults.sizes import SMALL

pytestmark = pytest.mark.faults

# The shares of the mails after which the worker is killed: with all its children, alone, with all its children.
KILLED_AFTER = [0.2, 0.45, 0.7]


@dataclass
class Post:
    """What became of the mails posted."""

    rows: dict
    copies: list
    left_behind: int
    seconds: float

    def problems(self):
        """What is wrong with any mail, as sentences."""
        ids = defaultdict(set)
        for copy in self.copies:
            ids[copy.subject].add(copy.message_id)
        return [
            *(f"{subject} is {state}" for subject, (_id, state, _at) in self.rows.items() if state != "sent"),
            *(f"{subject} never came" for subject in self.rows if subject not in ids),
            *(
                f"{subject} has the Message-IDs {ids[subject]}"
                for subject, row in self.rows.items()
                if ids[subject] - {row[0]}
            ),
        ]

    def delays(self):
        """From the moment each was written to that at which it came, in seconds."""
        first = {copy.subject: copy.at for copy in reversed(self.copies)}
        return [first[subject] - at.timestamp() for subject, (_id, _state, at) in self.rows.items()]


def send(ground, size, app, *, patience):
    """Post mails, kill the worker three times while it sends them, and restart it as a supervisor does.

    Waits until all are sent, at most `patience` seconds after the queue is empty.
    """
    server, left_behind, begun = MailServer(ground), 0, time.monotonic()
    worker = ground.worker(app=app, concurrency=4)
    ground.beat(app=app)
    ground.program("tests.faults.posting", str(size.mails))
    for turn, share in enumerate(KILLED_AFTER):
        wait_until(lambda share=share: len(server.taken()) >= share * size.mails, f"{share} of the mails to be sent")
        worker.kill(alone=turn == 1)
        left_behind += state_counts(ground)["sending"]
        worker.start()
    wait_until(lambda: not state_counts(ground)["queued"], "the queue to be empty", seconds=600)
    end = time.monotonic() + patience
    while state_counts(ground)["sending"] and time.monotonic() < end:
        time.sleep(0.2)
    rows = ground.database.ask("SELECT subject, message_id, state, created_at FROM outbox_message WHERE kind = 'test'")
    copies = [copy for copy in server.taken() if copy.subject.startswith("Mail ")]
    return Post({row[0]: row[1:] for row in rows}, copies, left_behind, time.monotonic() - begun)


def state_counts(ground):
    """How many mails are in each state."""
    return defaultdict(int, ground.database.ask("SELECT state, count(*) FROM outbox_message GROUP BY state"))


def test_no_mail_is_lost_or_stuck_when_the_worker_is_killed_three_times(ground, size, figures):
    result = send(ground, size, "config" if size.is_full else "tests.faults.hurried", patience=300)

    assert result.problems() == []
    assert len(result.rows) == size.mails
    assert result.left_behind
    figures.add(
        f"{size.mails} mails, the worker killed {len(KILLED_AFTER)} times",
        f"all sent; {result.left_behind} left behind by the dead, {len(result.copies) - size.mails} sent twice, "
        "each under one Message-ID",
        delays=result.delays(),
        seconds=result.seconds,
    )


def test_without_an_end_to_the_lease_mail_stays_stuck(ground):
    few = replace(SMALL, mails=60)

    result = send(ground, few, "tests.faults.without.lease", patience=8)

    assert [problem for problem in result.problems() if problem.endswith("is sending")]


def sent_before_a_code(ground, *options):
    """How many of 400 waiting mails are sent between the moment at which a code is asked for and its own."""
    server = MailServer(ground)
    ground.program("tests.faults.posting", "400", *options)
    wait_until(lambda: state_counts(ground)["queued"] == 400, "the mails to wait")
    ground.worker(concurrency=1)
    wait_until(server.taken, "the first mail")
    ground.program("tests.faults.posting", "1", "--code", *options)
    wait_until(lambda: any(copy.subject == "Code 1" for copy in server.taken()), "the code", seconds=120)
    [(asked_at,)] = ground.database.ask("SELECT created_at FROM outbox_message WHERE subject = 'Code 1'")
    after = [copy.subject for copy in server.taken() if copy.at > asked_at.timestamp()]
    return after.index("Code 1")


def test_a_code_asked_for_while_many_mails_wait_is_sent_next(ground):
    assert sent_before_a_code(ground) < 20


def test_without_urgency_a_code_waits_for_all_that_came_before(ground):
    assert sent_before_a_code(ground, "--alike") > 100
