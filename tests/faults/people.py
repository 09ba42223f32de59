"""People who inscribe while a site is upgraded, through a proxy that knows its web servers."""

import itertools
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.faults.test_broker import on_behalf_of_a_group

# Seconds after which a person sends a form again, after which they give up, and between two forms.
BREATH, PATIENCE, PAUSE = 0.5, 10, 1.0


@dataclass
class Filing:
    """One form: the last answer to it, how often it was sent, how long it took in all, and when it was answered."""

    answer: object
    tries: int
    seconds: float
    at: float


class Proxy:
    """Hands each request to the next web server in turn; where none listens, to the one after it, as nginx does."""

    def __init__(self, *webs):
        self.webs, self._turn = list(webs), itertools.count()

    def send(self, visitor, form):
        for _each in self.webs:
            webs = self.webs
            visitor.port = webs[next(self._turn) % len(webs)].port
            answer = visitor.inscribe(form)
            if "ConnectionRefusedError" not in answer.text:
                break
        return answer


@dataclass
class Person:
    """One who is signed in and files one form after another, each until it is recorded."""

    visitor: object
    form: dict
    proxy: Proxy
    filed: list = field(default_factory=list)

    def go_on(self, ended):
        while not ended.is_set():
            self.filed.append(self.file())
            ended.wait(PAUSE)

    def file(self):
        """File for a group that is not on the list yet; give up after `PATIENCE`."""
        form, begun = on_behalf_of_a_group(self.form), time.monotonic()
        for tries in itertools.count(1):
            answer = self.proxy.send(self.visitor, form)
            now = time.monotonic()
            if answer.is_recorded or now - begun > PATIENCE:
                return Filing(answer, tries, now - begun, now)
            time.sleep(BREATH)


@contextmanager
def filing(people):
    """All `people` file while the block runs; it ends when each has the answer to their last form."""
    ended = threading.Event()
    threads = [threading.Thread(target=person.go_on, args=[ended]) for person in people]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()
