"""The public content of a list, live or frozen, in the one form that all exports and interfaces share.  R-29

The form is described by `docs/schema/list-1.json`.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dialogue import moments
from speakers.models import SpeakersList
from speakers.order import precedence
from speakers.publishing import revisions


def live(speakers_list: SpeakersList, *, at: datetime) -> dict[str, Any]:
    """The live list `speakers_list` at its meeting's moment `at` (1 statement)."""
    places = precedence.public_order(speakers_list)
    return {
        "format": revisions.FORMAT,
        "meeting": speakers_list.meeting.slug,
        **({"list": speakers_list.slug} if speakers_list.slug else {}),
        "as_at": at.astimezone(speakers_list.meeting.zone).isoformat(),
        "provisional": True,
        "policy": speakers_list.policy,
        "speakers": revisions.public_rows(places, shows_names=speakers_list.shows_speaker_names),
    }


def state_in_words(document: dict[str, Any], speakers_list: SpeakersList, as_at: datetime) -> str:
    """Which list it is: “Provisional, as at …”, “Established, …, as at …”, or “Revision 2, as at …”."""
    facts = {"moment": moments.in_words(as_at, speakers_list.meeting)}
    if document["provisional"] and speakers_list.closed_at:
        return _("Established, with later changes, as at %(moment)s") % facts
    if document["provisional"]:
        return _("Provisional, as at %(moment)s") % facts
    return _("Revision %(number)d, as at %(moment)s") % {**facts, "number": document["number"]}
