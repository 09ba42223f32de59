"""Everything that can be wrong with one list of speakers.  R-77"""

from collections.abc import Callable

from django.utils.translation import gettext as _

from speakers.integrity import deadline, draws, joinings, receipts
from speakers.models import SpeakersList
from speakers.order import replaying
from speakers.publishing import revision_chain

# What a rule raises that meets stored content of a form in which it was never stored.
DISTORTED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def problems(speakers_list: SpeakersList) -> list[str]:
    """What is wrong with `speakers_list`, as translated sentences; empty if it is whole.

    Its receipts, its deadline, its draws, its joint statements, its revisions and the list rebuilt from the journal,
    for as long as its payloads are kept (R-57). Content that was distorted until a rule cannot read it is a sentence
    too.
    """
    parts = [receipts.problems, deadline.problems, draws.problems, joinings.problems, _revisions, _replayed]
    return [problem for part in parts for problem in _asked(part, speakers_list)]


def _asked(part: Callable[[SpeakersList], list[str]], speakers_list: SpeakersList) -> list[str]:
    try:
        return part(speakers_list)
    except DISTORTED:
        return [_("The list, or what the journal says of it, is not of the form in which it was stored.")]


def _revisions(speakers_list):
    return revision_chain.stored(speakers_list)[1]


def _replayed(speakers_list):
    try:
        return replaying.differences(speakers_list)
    except replaying.NotReplayable:
        return []
