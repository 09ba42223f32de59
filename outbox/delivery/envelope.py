"""A row of the outbox as the mail that goes out: the same headers each time it is sent."""

from email.utils import format_datetime

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from outbox.models import Message


class Envelope(EmailMessage):
    """A mail whose headers name all recipients, and which goes only to those for whom no server has accepted it yet."""

    remaining: list[str] | tuple[()] = ()

    def recipients(self) -> list[str]:
        return list(self.remaining)


class CannotBeBuilt(Exception):
    """The row cannot become a mail: for instance, an address contains a line end."""


def build(message: Message, connection: BaseEmailBackend | None = None) -> Envelope:
    """The mail of `message`, plain text, with its one Message-ID and the moment it was written as its date.

    Raises `CannotBeBuilt`.
    """
    envelope = Envelope(
        subject=message.subject,
        body=message.body,
        to=message.to,
        cc=message.cc,
        connection=connection,
        headers={
            "Message-ID": message.message_id,
            "Date": format_datetime(message.created_at),
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
    )
    envelope.remaining = [address for address in message.to + message.cc if address not in message.delivered_to]
    try:
        envelope.message().as_bytes()
    except Exception as error:
        raise CannotBeBuilt(f"{type(error).__name__}: {error}") from error
    return envelope
