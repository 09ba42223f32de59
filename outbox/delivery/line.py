"""A connection to the mail server, opened by the first mail, which serves those that follow."""

import time
from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPResponseException, SMTPServerDisconnected
from types import TracebackType
from typing import Self

from django.core.mail import get_connection

from outbox.delivery import breaker, failures
from outbox.delivery.envelope import build
from outbox.models import MailServer, Message


class Line:
    """For one sender and as long as its `with`. `server` and `at` are what was last looked at, see `look`."""

    server: MailServer
    at: datetime

    def __init__(self) -> None:
        self.backend, self.has_served = get_connection(), False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._hang_up()

    def look(self) -> datetime:
        """Look how the mail server is known to answer, and what time it is. Returns the time."""
        self.server, self.at = breaker.look()
        return self.at

    def send(self, message: Message) -> None:
        """Hand `message` to the mail server, and note how it answered. Raises what `failures.judge` understands.

        A connection that has served before and is lost meanwhile is no fault of this mail: it gets a new one.
        """
        envelope = build(message, self.backend)
        began, answered = time.monotonic(), True
        try:
            self._hand_over(envelope)
        except Exception as error:
            answered = not failures.is_the_servers(error)
            self._hang_up()
            raise
        finally:
            breaker.note(self.server, answered=answered, took=timedelta(seconds=time.monotonic() - began))

    def _hand_over(self, envelope):
        """Send over the open connection, if there is one and it is not lost, or else over a new one."""
        if self.has_served:
            try:
                return envelope.send()
            except (SMTPServerDisconnected, SMTPResponseException) as error:
                if not failures.is_the_servers(error) or isinstance(error.__context__, TimeoutError):
                    raise
                self._hang_up()
        self.backend.open()
        envelope.send()
        self.has_served = True

    def _hang_up(self):
        """Close the connection, whatever it says; the next mail opens another."""
        self.has_served = False
        with suppress(OSError):
            self.backend.close()
