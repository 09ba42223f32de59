"""Where a witness stands in the public chains: what a stranger may learn of it.  R-07 R-58 R-59

The chain of each public list can be downloaded as hashes, every day or every minute. So the position of a hash and the
day on which it was added are public; which act it is, of whom, and at which hour, is not said.
"""

from dataclasses import dataclass
from datetime import datetime

from journal import chain
from journal.models import Head
from speakers.models import SpeakersList


@dataclass(frozen=True)
class Standing:
    """A witness on the chain of `speakers_list`: entry `number` of `count`, recorded on the day of `at`."""

    speakers_list: SpeakersList
    number: int
    count: int
    at: datetime


def standing(typed: str) -> Standing | None:
    """Where the witness `typed` stands in the chain of a list of a published meeting; None if in none.  R-08

    The chains of other work, of the secretariat for instance, are not public, and nothing is said of them. (At most
    three statements.)
    """
    entry = chain.witnessed(typed)
    if entry is None:
        return None
    kind, meeting, *rest = [*entry.stream.split("/"), ""]
    lists = (
        SpeakersList.objects.of_published()
        .select_related("meeting")
        .filter(meeting__slug=meeting, slug=rest[0] if rest else "")
    )
    speakers_list = lists.first()
    if kind != "meeting" or speakers_list is None or speakers_list.journal_stream != entry.stream:
        return None
    count = Head.objects.get(stream=entry.stream).sequence
    return Standing(speakers_list, entry.sequence, count, entry.at)
