"""Two officers at once: an act says which state of the list it is based on, and is refused where that was overtaken.

The state is the position of the meeting's chain in the journal.  R-20 R-58
"""

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from journal import position
from speakers import chronicle, records
from speakers.models import Inscription
from speakers.refusals import Refusal

# What may happen to other entries without concerning whoever moves one: they come and go every minute before the
# deadline. Everything else that was recorded concerns him, also what is not known here.
OF_OTHERS = {
    "inscribed",
    "inscribed on behalf",
    "admitted late",
    "verified",
    "refused",
    "withdrawn",
    "speaker changed",
    "level changed",
    "called",
    "call taken back",
    "frozen",
    "mail text changed",
    "drafts written",
    "programme released",
}


class Overtaken(Refusal):
    """The list changed since the officer saw it. `changes` says how, in sentences from the journal."""

    def __init__(self, changes):
        super().__init__(_("The list was changed while you worked. Nothing was done yet: look, and decide again."))
        self.changes = changes


def require_latest(meeting: Meeting, based_on: int | None, *, concerning: list[Inscription]) -> None:
    """Raise `Overtaken` where the list of the locked `meeting` changed, after the position `based_on`, in what concerns
    the entries `concerning`. Without `based_on` (None) nothing is asked.
    """
    if based_on is None:
        return
    subjects = {records.subject(inscription) for inscription in concerning}
    news = [
        entry
        for entry in position.since(meeting.journal_stream, based_on)
        if entry.subject in subjects or entry.act not in OF_OTHERS
    ]
    if news:
        raise Overtaken(chronicle.sentences(news, meeting))
