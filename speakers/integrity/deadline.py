"""The deadline of a list, and when it was closed, against the acts of the journal.  R-04 R-77"""

from typing import Any

from django.utils.translation import gettext as _

from journal.canonical import plain
from journal.models import Entry
from journal.position import payload_of
from speakers.models import SpeakersList

CLOSES, CLOSED = "inscription_closes_at", "list_closed_at"


def problems(speakers_list: SpeakersList) -> list[str]:
    """Moments of `speakers_list` that are not the last ones of the journal, as translated sentences; empty if all are.

    A moment that no act tells, or whose act was erased (R-57), is not compared.
    """
    told = _told(speakers_list)
    kept = {CLOSES: plain(speakers_list.closes_at), CLOSED: plain(speakers_list.closed_at)}
    words = {
        CLOSES: _("The list closes at %(kept)s, and at %(told)s in the journal."),
        CLOSED: _("The list was closed at %(kept)s, and at %(told)s in the journal."),
    }
    return [words[name] % {"kept": kept[name], "told": value} for name, value in told.items() if value != kept[name]]


def _told(speakers_list):
    """The last of each moment in the journal. With a new deadline the list is not closed, unless the act says so."""
    told: dict[str, Any] = {}
    for act in Entry.objects.of_stream(speakers_list.journal_stream).filter(subject__in=["list", "meeting"]):
        payload = payload_of(act)
        after = (payload.after or {}) if payload else {}
        if CLOSES in after:
            told = {CLOSES: after[CLOSES], CLOSED: after.get(CLOSED)}
        elif CLOSED in after:
            told[CLOSED] = after[CLOSED]
    return told
