"""Screens of the room: what they read from live streams, and when each state came."""

import http.client
import json
import threading
import time
from contextlib import closing, suppress
from itertools import pairwise

from tests.faults.processes import PATIENCE


class Screen:
    """Reads the stream of a meeting in a thread until it is cut; `states` are (when, state), oldest first."""

    def __init__(self, port, slug):
        self.states = []
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.connection.request("GET", f"/live/{slug}/", headers={"Accept": "text/event-stream"})
        self.response = self.connection.getresponse()
        self.status = self.response.status
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    @property
    def state(self):
        """The newest state; None before the first."""
        return self.states[-1][1] if self.states else None

    def shows(self, is_so):
        """The moment (monotonic) at which a state came for which `is_so(state)`; None before."""
        return next((when for when, state in list(self.states) if is_so(state)), None)

    def is_cut(self):
        return not self.thread.is_alive()

    def _read(self):
        with closing(self.connection), closing(self.response), suppress(OSError, ValueError, http.client.HTTPException):
            while line := self.response.readline():
                if line.startswith(b"data: "):
                    self.states.append((time.monotonic(), json.loads(line.removeprefix(b"data: "))))


class Page:
    """A page of the room as `static/js/live.js` keeps it true: by streams through `web`, or by asking.

    `states` are (when, state), oldest first. A stream that is silent for `SILENT` seconds is given up.
    """

    SILENT, EVERY, RETRY, PATIENCE = 7.0, 5.0, 2.0, 6.0

    def __init__(self, web, slug):
        self.web, self.slug, self.states, self.ended = web, slug, [], threading.Event()
        self.thread = threading.Thread(target=self._follow, daemon=True)
        self.thread.start()

    def first(self, is_so):
        """The moment (monotonic) of the first state for which `is_so(state)`; None before."""
        return next((when for when, state in list(self.states) if is_so(state)), None)

    def longest_silence(self):
        """The most seconds between one state and the next."""
        moments = [when for when, _state in self.states]
        return max(after - before for before, after in pairwise(moments))

    def end(self):
        self.ended.set()
        self.thread.join()

    def _follow(self):
        while not self.ended.is_set():
            opened = time.monotonic()
            if self._listen():
                self._ask_beside()
                self.ended.wait(self.RETRY)
                continue
            while not self.ended.is_set() and time.monotonic() - opened < self.SILENT:
                self._ask_beside()
                self.ended.wait(self.EVERY)

    def _listen(self):
        """Read one stream until it is cut or silent. Returns whether it was one."""
        connection = http.client.HTTPConnection(self.web.host, self.web.port, timeout=self.SILENT)
        with closing(connection), suppress(OSError, ValueError, http.client.HTTPException):
            connection.request("GET", f"/live/{self.slug}/", headers={"Accept": "text/event-stream"})
            response = connection.getresponse()
            if response.status != 200:
                return False
            while (line := response.readline()) and not self.ended.is_set():
                if line.startswith(b"data: "):
                    self.states.append((time.monotonic(), json.loads(line.removeprefix(b"data: "))))
            return True
        return False

    def _ask_beside(self):
        threading.Thread(target=self._ask, daemon=True).start()

    def _ask(self):
        connection = http.client.HTTPConnection(self.web.host, self.web.port, timeout=self.PATIENCE)
        with closing(connection), suppress(OSError, ValueError, http.client.HTTPException):
            connection.request("GET", f"/meetings/{self.slug}/now.json", headers={"Host": "localhost"})
            response = connection.getresponse()
            if response.status == 200:
                self.states.append((time.monotonic(), json.loads(response.read())))
