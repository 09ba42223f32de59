"""Django's SMTP backend, except that it reports when a server accepted a mail for only some of its recipients.

Django drops that answer, and the others would never get the mail: one greylisting server among the copies is enough.
"""

import smtplib
from contextlib import suppress
from typing import Any

from django.core.mail.backends import smtp


class SomeRefused(smtplib.SMTPException):
    """The server accepted the mail, but not for the recipients in `refused`: address → (code, words)."""

    def __init__(self, refused):
        super().__init__(refused)
        self.refused = refused


class _TellingSMTP(smtplib.SMTP):
    def sendmail(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        if refused := super().sendmail(*args, **kwargs):
            raise SomeRefused(refused)
        return {}


class _TellingSMTPOverTLS(_TellingSMTP, smtplib.SMTP_SSL):
    """A `_TellingSMTP` over a connection that is encrypted from its first byte."""


class EmailBackend(smtp.EmailBackend):
    """Raises `SomeRefused` when Django's own backend would report a mail as sent.

    Where encryption or the sign-in fails, it closes the connection; Django's leaves it open for another attempt.
    """

    def open(self) -> bool | None:
        try:
            return super().open()
        except Exception:
            with suppress(OSError, smtplib.SMTPException):
                self.close()
            raise

    @property
    def connection_class(self) -> type[_TellingSMTP]:
        return _TellingSMTPOverTLS if self.use_ssl else _TellingSMTP
