"""The mails as files in one folder; each name begins with the moment the mail was written."""

import email
import email.policy
import os
import re
import secrets
import time
from email.message import EmailMessage
from pathlib import Path
from typing import cast

from django.conf import settings

NAME = re.compile(r"[0-9]{19}-[0-9a-f]{16}\.eml", re.ASCII)


def folder() -> Path:
    """The folder of the mails; created if it is missing."""
    path = cast(Path, settings.MAILBOX_DIR)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write(content: bytes) -> None:
    """Write one mail. It appears whole or not at all. Raises `OSError` if the disk refuses."""
    name = f"{time.time_ns():019d}-{secrets.token_hex(8)}.eml"
    unfinished = folder() / f".{name}.part"
    unfinished.write_bytes(content)
    os.replace(unfinished, folder() / name)


def names(limit: int) -> list[str]:
    """The names of the `limit` newest mails, newest first."""
    return sorted(filter(NAME.fullmatch, os.listdir(folder())), reverse=True)[:limit]


def read(name: str) -> EmailMessage:
    """The mail called `name`, parsed. Raises `FileNotFoundError`, even for a name that no mail can have."""
    if not NAME.fullmatch(name):
        raise FileNotFoundError(name)
    return email.message_from_bytes((folder() / name).read_bytes(), policy=email.policy.default)
