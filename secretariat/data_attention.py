"""The front page on personal data: until when those of past meetings are kept, and whether some are overdue.  R-57"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dialogue import moments
from dialogue.models import Meeting
from journal.models import Entry

# How long after the data are due, or a past meeting is entered, the nightly task has certainly run.
PATIENCE = timedelta(days=2)


def sentences(meetings: Collection[Meeting], at: datetime) -> list[tuple[str, str, bool]]:
    """One line for each of `meetings` that is over and still holds personal data: (words, address, urgent or not).

    One statement if the data of any of them are due to be erased.
    """
    kept = [
        meeting
        for meeting in meetings
        if meeting.personal_data_erased_at is None and meeting.ends_at <= meeting.moment(at)
    ]
    entered = _entered_at([meeting for meeting in kept if meeting.is_past_retention(meeting.moment(at))])
    return [_sentence(meeting, meeting.moment(at), entered.get(meeting.journal_stream)) for meeting in kept]


def _sentence(meeting, at, entered_at):
    """The line of one meeting at its moment `at`; `entered_at` is the moment at which it was first journalled."""
    facts = {"meeting": meeting, "moment": moments.in_words(meeting.personal_data_due_at, meeting)}
    if not meeting.is_past_retention(at):
        return _("%(meeting)s: personal data are kept until %(moment)s.") % facts, "", False
    due_at = meeting.personal_data_due_at
    if at < max(due_at, entered_at or due_at) + PATIENCE:
        return _("%(meeting)s: personal data will be erased in the next nightly run.") % facts, "", False
    words = _("%(meeting)s: personal data were due to be erased on %(moment)s. Check that the nightly task runs.")
    return words % facts, "", True


def _entered_at(meetings):
    """The moments at which `meetings` were first journalled, by their streams."""
    streams = [meeting.journal_stream for meeting in meetings]
    return dict(Entry.objects.filter(stream__in=streams, sequence=1).values_list("stream", "at")) if streams else {}
