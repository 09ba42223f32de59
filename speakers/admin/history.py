"""The history of an entry, read from the journal.  R-58"""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from dialogue import moments
from dialogue.models import Meeting
from journal.actors import role_in_words
from journal.models import Entry, Payload
from speakers import chronicle, records
from speakers.models import Inscription


def history_of(inscription: Inscription) -> str:
    """Every act on `inscription`, oldest first, as an HTML list: when, what, who, why."""
    return history_of_subject(records.subject(inscription), inscription.meeting)


def history_of_subject(subject: str, meeting: Meeting) -> str:
    """Every act of `meeting` on the journal's `subject`, oldest first, as an HTML list."""
    entries = list(Entry.objects.about(subject).select_related("payload"))
    names = chronicle.names_of_subjects(entries)
    lines = format_html_join("", "<li>{}</li>", ((_line(entry, meeting, names),) for entry in entries))
    return format_html('<ol class="history">{}</ol>', lines)


def _line(entry, meeting, names):
    """One act in words. Personal data in it may have been erased.  R-57"""
    try:
        payload = entry.payload
    except Payload.DoesNotExist:
        who, why = _("erased"), ""
    else:
        who, why = payload.actor_name, chronicle.why(payload)
    facts = {
        "moment": moments.stamp_in_words(entry.at, meeting),
        "act": chronicle.told(entry, names),
        "who": who,
        "role": role_in_words(entry.actor_role),
    }
    words = _("%(moment)s: %(act)s, by %(who)s (%(role)s).") % facts
    if not why:
        return words
    return format_html("{} {}", words, _("Reason: %(reason)s") % {"reason": why})
