"""The public content of a list, live or frozen, in the one form that all exports and interfaces share.  R-29

The form is described by `docs/schema/list-1.json`.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dialogue import moments
from dialogue.models import Meeting
from speakers.order import precedence
from speakers.publishing import revisions


def live(meeting: Meeting, *, at: datetime) -> dict[str, Any]:
    """The live list of `meeting` at its moment `at` (2 statements)."""
    places = precedence.public_order(meeting)
    return {
        "format": revisions.FORMAT,
        "meeting": meeting.slug,
        "as_at": at.astimezone(meeting.zone).isoformat(),
        "provisional": True,
        "policy": meeting.policy,
        "speakers": revisions.public_rows(places, shows_names=meeting.shows_speaker_names),
    }


def state_in_words(document: dict[str, Any], meeting: Meeting, as_at: datetime) -> str:
    """Which list it is: “Provisional, as at …”, “Established, …, as at …”, or “Revision 2, as at …”."""
    facts = {"moment": moments.in_words(as_at, meeting)}
    if document["provisional"] and meeting.list_closed_at:
        return _("Established, with later changes, as at %(moment)s") % facts
    if document["provisional"]:
        return _("Provisional, as at %(moment)s") % facts
    return _("Revision %(number)d, as at %(moment)s") % {**facts, "number": document["number"]}
