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
    """One line for each of `meetings` that is over and still holds personal data: (words, address, urgent or not)."""
    return [
        _sentence(meeting, meeting.moment(at))
        for meeting in meetings
        if meeting.personal_data_erased_at is None and meeting.ends_at <= meeting.moment(at)
    ]


def _sentence(meeting, at):
    facts = {"meeting": meeting, "moment": moments.in_words(meeting.personal_data_due_at, meeting)}
    if not meeting.is_past_retention(at):
        return _("%(meeting)s: personal data are kept until %(moment)s.") % facts, "", False
    if at < max(meeting.personal_data_due_at, _entered_at(meeting)) + PATIENCE:
        return _("%(meeting)s: personal data will be erased in the next nightly run.") % facts, "", False
    words = _("%(meeting)s: personal data were due to be erased on %(moment)s. Check that the nightly task runs.")
    return words % facts, "", True


def _entered_at(meeting):
    """The meeting's moment at which it was first journalled; one statement, for a meeting that is overdue."""
    first = Entry.objects.of_stream(meeting.journal_stream).first()
    return first.at if first else meeting.personal_data_due_at
