"""What may stand in a mail: a subject on one line, a text without control characters, each address once."""

import re
from collections.abc import Iterable

import spelling
from outbox.models import Message

# Control characters, separators of lines and paragraphs, and lone surrogates.
CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff]")
SUBJECT_LENGTH = Message._meta.get_field("subject").max_length


def header_safe(text: str) -> str:
    """`text` on one line: every control character and line separator becomes a space, and spaces run together."""
    return " ".join(CONTROL.sub(" ", str(text)).split())


def subject_safe(text: str) -> str:
    """`text` as a subject: on one line, and no longer than a subject may be."""
    return header_safe(text)[:SUBJECT_LENGTH]


def body_safe(text: str) -> str:
    """`text` without control characters other than line ends and tabs."""
    text = str(text).replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub(lambda found: found[0] if found[0] in "\n\t" else "", text)


def distinct_addresses(to: list[str], cc: Iterable[str]) -> tuple[list[str], list[str]]:
    """`to` and `cc` as two lists without duplicates; the first of `cc` moves up if `to` is empty."""
    seen: set[str] = set()
    first, copies = _unseen(to, seen), _unseen(cc, seen)
    return (first, copies) if first else (copies[:1], copies[1:])


def _unseen(addresses, seen):
    """The `addresses` that are not in the set `seen`, in their order; adds them to it."""
    kept = []
    for address in (str(given).strip() for given in addresses):
        if address and (key := spelling.address(address)) not in seen:
            seen.add(key)
            kept.append(address)
    return kept
