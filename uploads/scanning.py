"""Handing a file to clamd, the virus scanner of an organization that has one: INSTREAM over TCP or a socket.  R-79"""

import logging
import socket
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from uploads import refusals
from uploads.models import ScannerFailure

logger = logging.getLogger(__name__)
# Bytes that are sent at a time, of an answer that are read, and seconds that each step may take.
CHUNK, LONGEST_ANSWER, PATIENCE = 64 * 1024, 4096, 15
# How long staff and monitoring are told of a failure, if no file has been sent since.
TOLD_FOR = timedelta(hours=1)


class NoAnswer(Exception):
    """The scanner answered neither that the file is clean nor what is in it."""


def scan(content: bytes, *, at: datetime) -> None:
    """Hand `content` to the scanner named by `CLAMD_URL`, at the real moment `at`; without one, do nothing.

    Raises `FileRefused` if the scanner finds something, and if it does not answer, which is then kept for staff and
    logged. An answer ends that.
    """
    if not settings.CLAMD_URL:
        return
    try:
        found = _ask(settings.CLAMD_URL, content)
    except (OSError, NoAnswer) as failure:
        logger.error("The virus scanner at %s did not answer: %s", settings.CLAMD_URL, failure)
        ScannerFailure.objects.update_or_create(pk=ScannerFailure.ONLY, defaults={"at": at})
        raise refusals.not_scanned() from failure
    ScannerFailure.objects.all().delete()
    if found:
        logger.warning("The virus scanner found %s in a file that was sent.", found)
        raise refusals.infected(found)


def failed_at(at: datetime) -> datetime | None:
    """When the scanner last gave no answer, if it was within `TOLD_FOR` before `at` and it has given none since.

    No query without a scanner.
    """
    failures = ScannerFailure.objects.filter(at__gt=at - TOLD_FOR).values_list("at", flat=True)
    return failures.first() if settings.CLAMD_URL else None


def _ask(address, content):
    """What the scanner at `address` finds in `content`, by its name; empty if it finds nothing."""
    with _connected(address) as scanner:
        scanner.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            piece = content[start : start + CHUNK]
            scanner.sendall(len(piece).to_bytes(4, "big") + piece)
        scanner.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER and (read := scanner.recv(1024)):
            answer += read
    words = answer.decode("utf-8", "replace").strip("\0\n ").removeprefix("stream: ")
    if words != "OK" and not words.endswith(" FOUND"):
        raise NoAnswer(words)
    return words.removesuffix(" FOUND") if words != "OK" else ""


def _connected(address):
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(PATIENCE)
    connection.connect(parts.path)
    return connection
