"""Two officers at once: an act states which version of the list it is based on, and is refused if that is stale.

The version is the position of the meeting's chain in the journal.  R-20 R-58
"""

from django.utils.translation import gettext as _

from acts.refusals import Refusal
from journal import position
from speakers import chronicle, records
from speakers.models import Inscription, SpeakersList

# Acts on other entries that do not concern an officer who moves one: they happen every minute before the deadline.
# Every other recorded act concerns the officer, even one unknown here.
OF_OTHERS = {
    "inscribed",
    "inscribed on behalf",
    "admitted late",
    "verified",
    "refused",
    "withdrawn",
    "speaker changed",
    "level changed",
    "corrected",
    "group corrected",
    "called",
    "call taken back",
    "frozen",
    "mail text changed",
    "drafts written",
    "programme released",
}


class Overtaken(Refusal):
    """The list has changed since the officer saw it. `changes` says how, in sentences from the journal."""

    def __init__(self, changes):
        super().__init__(
            _("The list changed while you were working. Nothing has been done: check the changes and decide again.")
        )
        self.changes = changes


def require_latest(speakers_list: SpeakersList, based_on: int | None, *, concerning: list[Inscription]) -> None:
    """Raise `Overtaken` if the locked `speakers_list` changed after the position `based_on` in a way that affects
    the entries `concerning`. Without `based_on` (None) nothing is checked.
    """
    if based_on is None:
        return
    subjects = {records.subject(inscription) for inscription in concerning}
    news = [
        entry
        for entry in position.since(speakers_list.journal_stream, based_on)
        if entry.subject in subjects or entry.act not in OF_OTHERS
    ]
    if news:
        raise Overtaken(chronicle.sentences(news, speakers_list.meeting))
