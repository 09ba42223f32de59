"""A Redis that stops, falls silent and comes back, always at the same address."""

import socket
from contextlib import ExitStack

from tests import servers


class Broker:
    """Redis on one port, or what is left of it."""

    def __init__(self):
        self.port = servers.free_port()
        self.address = f"redis://127.0.0.1:{self.port}/0"
        self._now = ExitStack()

    def live(self):
        """A real Redis answers."""
        self.stop()
        self._now.enter_context(servers.redis(self.port))

    def fall_silent(self):
        """The port takes every connection and never says a word."""
        self.stop()
        hole = self._now.enter_context(socket.socket())
        hole.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        hole.bind(("127.0.0.1", self.port))
        hole.listen(4096)

    def stop(self):
        """The port refuses connections."""
        self._now.close()
