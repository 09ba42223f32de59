"""What acts have frozen, and these acts, compared both ways: the subject of the act holds the hash.  R-28 R-31 R-77"""

from collections.abc import Mapping
from dataclasses import dataclass

from journal.models import Entry
from journal.position import payload_of


@dataclass(frozen=True)
class Words:
    """What is said of a number `%(number)s`: translated sentences."""

    missing: str
    other: str
    without: str


def subject(kind: str, number: int, sha256: str) -> str:
    """The subject of the act that froze `number` of this `kind`: it binds the hash into the chain."""
    return f"{kind}/{number}/{sha256}"


def problems(stream: str, act: str, hashes: Mapping[int, str], words: Words) -> list[str]:
    """Where each `act` of `stream` and what is stored, with its `hashes` by number, do not match (one statement).

    Each thing stored has the act that froze it, and each act the thing that it froze, with one and the same hash.
    """
    found, acts = [], set()
    for entry in Entry.objects.of_stream(stream).filter(act=act):
        number, recorded = _said_by(entry)
        acts.add(number)
        if number not in hashes:
            found.append(words.missing % {"number": number})
        elif recorded and recorded != hashes[number]:
            found.append(words.other % {"number": number})
    return found + [words.without % {"number": number} for number in hashes if number not in acts]


def _said_by(entry):
    """Which number `entry` froze, and its hash, None if it is not known any more.

    Before version 0.9 the subject held the number alone; the hash is then in the payload, until that is erased (R-57).
    """
    number, _slash, sha256 = entry.subject.partition("/")[2].partition("/")
    payload = payload_of(entry)
    if not sha256 and payload:
        sha256 = (payload.after or {}).get("sha256")
    return int(number) if number.isdecimal() else entry.subject, sha256 or None
