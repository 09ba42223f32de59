"""Forty processes that inscribe one group after the other, as fast as they are answered.  Run by `hammer()`.

The first line of standard input holds the visitors, each with cookies and a filled-in form. When all processes are
ready the program says so; the second line, the moment (seconds since 1970) at which to stop, starts them.
"""

import json
import multiprocessing
import subprocess
import sys
import time
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings

from tests.faults.clients import Answer, Visitor

READY = "ready"


@dataclass
class Blow:
    """One submission: who sent it and what came back."""

    group: str
    answer: Answer


class Hammer:
    """The program, from the side of the test."""

    def __init__(self, visitors, forms):
        own = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": settings.BASE_DIR}
        self.process = subprocess.Popen([sys.executable, "-m", "tests.faults.hammering"], **own)
        self._say([{"visitor": asdict(visitor), "form": form} for visitor, form in zip(visitors, forms, strict=True)])
        assert self.process.stdout.readline().strip() == READY

    def start(self, until):
        """Start the processes; they begin nothing more after the moment `until`."""
        self._say(until.timestamp())

    def blows(self):
        """Wait for the end. Returns every `Blow`."""
        found = json.loads(self.process.stdout.readline())
        return [Blow(group, _answer(**facts)) for group, facts in found]

    def end(self):
        self.process.kill()
        self.process.communicate()

    def _say(self, what):
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()


def _answer(*, arrived_at, **facts):
    return Answer(arrived_at=datetime.fromisoformat(arrived_at) if arrived_at else None, **facts)


def main():
    several = multiprocessing.get_context("fork")
    until, start, answers = several.Value("d"), several.Event(), several.SimpleQueue()
    armed = json.loads(sys.stdin.readline())
    processes = [several.Process(target=strike, args=(one, until, start, answers), daemon=True) for one in armed]
    for process in processes:
        process.start()
    print(READY, flush=True)  # noqa: T201
    until.value = json.loads(sys.stdin.readline())
    start.set()
    print(json.dumps([blow for _process in processes for blow in answers.get()]))  # noqa: T201


def strike(armed, until, start, answers):
    """One process: inscribe until it is time to stop, then hand over the answers."""
    visitor, blows = Visitor(**armed["visitor"]), []
    start.wait()
    while time.time() < until.value:
        group = uuid.uuid4().hex
        own = {"capacity": "group", "group_name": group, "key": str(uuid.uuid4())}
        answer = asdict(visitor.inscribe(armed["form"] | own))
        answer["arrived_at"] = answer["arrived_at"] and answer["arrived_at"].isoformat()
        blows.append([group, answer])
    answers.put(blows)


if __name__ == "__main__":
    main()
