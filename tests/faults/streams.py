"""A screen of the room: one connection that reads a live stream and records when each state came."""

import http.client
import json
import threading
import time
from contextlib import closing, suppress

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
