"""Receiving a file: it is judged and read in a process with limits, whatever it is called.  R-79

The caller has asked first whether this person may send one.
"""

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from processes import Busy, Failed, Workshop
from uploads import counting, refusals, scanning
from uploads.verdicts import Reason

logger = logging.getLogger(__name__)
# The largest file in bytes: a statement with pictures is far smaller.
LARGEST = 5 * 1024 * 1024
READER = Workshop("uploads.reading", memory=1 << 29, seconds=10, patience=30, at_once=2, wait=10)


@dataclass(frozen=True)
class Text:
    """A statement that was received: its media type, and its text, empty if none can be read."""

    media_type: str
    text: str


def receive_statement(content: bytes, *, sender: str, at: datetime) -> Text:
    """Judge and read the bytes `content`, a PDF or a DOCX, that `sender` sent at the real moment `at`.  R-79

    Counts it among the files of that address. Raises `FileRefused`.
    """
    if len(content) > LARGEST:
        raise refusals.too_large(LARGEST)
    found = _receive(content, "statement", sender=sender, at=at)
    return Text(found["media_type"], found["text"])


def receive_document(content: bytes, *, sender: str, at: datetime) -> None:
    """Judge the bytes `content`, a PDF that is only kept.  R-79

    Counted and refused as `receive_statement` does; a file that comes without a `sender`, from an operator, is not
    counted.
    """
    if len(content) > LARGEST:
        raise refusals.too_large(LARGEST)
    _receive(content, "document", sender=sender, at=at)


def receive_workbook(content: bytes, *, rows: int, sender: str, at: datetime) -> list[list[str]]:
    """The first `rows` rows of the first sheet of the XLSX `content`, each cell as text.  R-79

    Counted and refused as `receive_statement` does.
    """
    return _receive(content, "workbook", str(rows), sender=sender, at=at)["rows"]


def _receive(content: bytes, *what: str, sender: str, at: datetime) -> dict[str, Any]:
    if sender:
        counting.count(sender, at=at)
    try:
        found = json.loads(READER.do(content, *what))
    except Busy as error:
        raise refusals.busy() from error
    except Failed as failure:
        logger.warning("A file that was sent could not be read: %s", failure)
        raise refusals.refused(Reason.TOO_MUCH) from failure
    if "reason" in found:
        raise refusals.refused(**found)
    scanning.scan(content, at=at)
    return found
