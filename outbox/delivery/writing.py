"""Writing the text of a mail that was stored with its facts alone, so that no one waited for it under a lock.  R-10"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from outbox import kinds, wording
from outbox.models import Message

# What is written, and saved together.
WRITTEN = ["language", "to", "cc", "subject", "body", "facts"]


class Text(NamedTuple):
    """What a writer gives: the text, its language, and the recipients of a mail that was stored without any."""

    subject: str
    body: str
    language: str
    to: Sequence[str] = ()
    cc: Sequence[str] = ()


def write(message: Message, *, at: datetime) -> bool:
    """Give `message` its text as at the real moment `at`, unless it has one. Returns whether it did.

    The caller saves the fields `WRITTEN`. Raises whatever its writer raises.
    """
    if message.facts is None:
        return False
    text: Text = kinds.writers()[message.kind](message, at=at)
    message.subject, message.body = wording.subject_safe(text.subject), wording.body_safe(text.body)
    message.language, message.facts = text.language, None
    if not message.to:
        message.to, message.cc = wording.distinct_addresses(list(text.to), text.cc)
    return True
