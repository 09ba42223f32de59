"""A row of the outbox as the mail that goes out: the same headers each time it is sent."""

from email.utils import format_datetime
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language_info

from outbox.delivery import dress
from outbox.delivery.isolating import isolated
from outbox.models import Message


class Envelope(EmailMultiAlternatives):
    """A mail whose headers name all recipients, and which goes only to those for whom no server has accepted it yet."""

    remaining: list[str] | tuple[()] = ()
    built: Any = None

    def message(self, **options: Any) -> Any:
        """The mail as it goes out, put together once; what stands between its parts comes from its Message-ID."""
        if self.built is None:
            self.built = super().message(**options)
            self.built.set_boundary("=_" + self.extra_headers["Message-ID"].strip("<>").partition("@")[0])
        return self.built

    def recipients(self) -> list[str]:
        return list(self.remaining)


class CannotBeBuilt(Exception):
    """The row cannot become a mail: for instance, an address contains a line end."""


def build(message: Message, connection: BaseEmailBackend | None = None) -> Envelope:
    """The mail of `message` as plain text and HTML, with its one Message-ID and the moment it was written as its date.

    The HTML is made of the text (`dress.py`). In a language that runs from right to left, Latin names in both are set
    apart (`isolating.py`). Raises `CannotBeBuilt`.
    """
    subject, body = message.subject, message.body
    if get_language_info(message.language)["bidi"]:
        subject, body = isolated(subject), isolated(body)
    envelope = Envelope(
        subject=subject,
        body=body,
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
    envelope.attach_alternative(dress.html(subject, body, message.language), "text/html")
    envelope.remaining = [address for address in message.to + message.cc if address not in message.delivered_to]
    try:
        envelope.message().as_bytes()
    except Exception as error:
        raise CannotBeBuilt(f"{type(error).__name__}: {error}") from error
    return envelope
