"""A mail backend that sends nothing: each mail becomes a file on this machine, shown at /mailbox/."""

from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend

from mailbox import files


class EmailBackend(BaseEmailBackend):
    """Keeps mail on this machine; in the embedded mode only."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        """Write each mail and return how many. Raises `OSError` if the disk refuses."""
        for message in email_messages:
            files.write(message.message().as_bytes(linesep="\r\n"))
        return len(email_messages)
