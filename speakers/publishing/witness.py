"""Where a witness stands in the public chains: what a stranger may learn of it.  R-07 R-58 R-59

The chain of each public list can be downloaded as hashes, every day or every minute. So the position of a hash and the
day on which it was added are public; which act it is, of whom, and at which hour, is not said.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from acts.refusals import Refusal
from journal import chain
from journal.models import Head
from speakers.delegations import guesses
from speakers.models import SpeakersList, WitnessAsked

# How often one network may ask within a window. Missions share networks.
PER_NETWORK, WINDOW = 60, timedelta(minutes=10)


class AskedTooOften(Refusal):
    """The network asked too often; the words say when it may ask again. `seconds` are left until then."""

    def __init__(self, left: timedelta):
        self.seconds = max(1, ceil(left.total_seconds()))
        minutes = ceil(self.seconds / 60)
        words = ngettext(
            "Your network has asked very often. Ask again in %(minutes)d minute, or drop the chain on this page.",
            "Your network has asked very often. Ask again in %(minutes)d minutes, or drop the chain on this page.",
            minutes,
        )
        super().__init__(words % {"minutes": minutes}, "witness")


@dataclass(frozen=True)
class Standing:
    """A witness on the chain of `speakers_list`: entry `number` of `count`, recorded on the day of `at`."""

    speakers_list: SpeakersList
    number: int
    count: int
    at: datetime


def ask(typed: str, *, network: str, at: datetime) -> Standing | None:
    """The `standing` of the witness `typed`, asked from `network` at the real moment `at`.  R-60

    Counts the question. Raises `AskedTooOften` beyond the limit.
    """
    key = salted_hmac("speakers.witness", network, algorithm="sha256").hexdigest()
    with guesses.counting(WitnessAsked, key=key, window=WINDOW, at=at) as asked:
        is_too_often = asked.number > PER_NETWORK
    if is_too_often:
        raise AskedTooOften(asked.began_at + WINDOW - at)
    return standing(typed)


def forget(at: datetime) -> None:
    """Delete the counts whose window is over at the real moment `at`."""
    WitnessAsked.objects.filter(began_at__lte=at - WINDOW).delete()


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
