"""Django's SMTP backend, except that it tells when a server accepted a mail for some of its recipients only.

Django drops that answer, and the others would never hear of it: a single greylisting server among the copies is enough.
"""

import smtplib

from django.core.mail.backends import smtp


class SomeRefused(smtplib.SMTPException):
    """The server accepted the mail, but not for the recipients in `refused`: address → (code, words)."""

    def __init__(self, refused):
        super().__init__(refused)
        self.refused = refused


class _TellingSMTP(smtplib.SMTP):
    def sendmail(self, *args, **kwargs):
        if refused := super().sendmail(*args, **kwargs):
            raise SomeRefused(refused)
        return {}


class _TellingSMTPOverTLS(_TellingSMTP, smtplib.SMTP_SSL):
    """The same over a connection that is encrypted from its first byte."""


class EmailBackend(smtp.EmailBackend):
    """Raises `SomeRefused` where Django's own would report a mail as sent."""

    @property
    def connection_class(self):
        return _TellingSMTPOverTLS if self.use_ssl else _TellingSMTP
