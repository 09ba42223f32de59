"""A real SMTP server as a process of its own, which writes down each mail before it says yes.

Run as `python -m tests.faults.mail_server PORT FILE [HOST]`; `MailServer` is its side of the test.
"""

import asyncio
import json
import sys
import threading
import time
from dataclasses import dataclass
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

from tests import servers
from tests.faults.processes import wait_until

# Seconds between taking a mail and saying so, in which a sender may die.
SLOWNESS = 0.05


@dataclass(frozen=True)
class Copy:
    """One mail as it was taken, at the moment `at` (seconds since 1970)."""

    at: float
    message_id: str
    subject: str
    recipients: tuple


class MailServer:
    """The server, from the side of the test."""

    def __init__(self, ground, host=None):
        self.port, self.file = servers.free_port(), ground.folder / "mail.jsonl"
        self.file.touch()
        address = host.address if host else "127.0.0.1"
        ground.environment["EMAIL_URL"] = f"smtp://{address}:{self.port}"
        ground.program("tests.faults.mail_server", str(self.port), str(self.file), address, host=host)
        wait_until(lambda: servers.answers(self.port, address), "the mail server to come up")

    def taken(self):
        """Every mail taken so far, in that order."""
        lines = self.file.read_text().split("\n")[:-1]
        return [Copy(at, message_id, subject, tuple(to)) for at, message_id, subject, to in map(json.loads, lines)]


class Writer:
    """Writes each mail down, waits, and only then says yes."""

    def __init__(self, file):
        self.file = file

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        line = json.dumps([time.time(), mail["Message-ID"], mail["Subject"], envelope.rcpt_tos])
        self.file.write(f"{line}\n")
        self.file.flush()
        await asyncio.sleep(SLOWNESS)
        return "250 OK"


def main(port, path, host="127.0.0.1"):
    with open(path, "a") as file:
        controller = Controller(Writer(file), hostname=host, port=int(port))
        controller.start()
        threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
