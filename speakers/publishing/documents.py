"""The public content of a list, live or frozen, in the one form that all exports and interfaces share.  R-29

The form is described by `docs/schema/list-1.json`, and by `list-2.json` for a list that is divided by sitting.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dialogue import moments
from speakers.forecast.list_forecast import ListForecast
from speakers.models import SpeakersList
from speakers.order import precedence
from speakers.publishing import revisions


def live(
    speakers_list: SpeakersList,
    *,
    at: datetime,
    places: list[precedence.Place] | None = None,
    ahead: ListForecast | None = None,
) -> dict[str, Any]:
    """The live list `speakers_list` at its meeting's moment `at`, with its `places` if they were read (1 statement).

    If it is divided by sitting, what `division.of` reads comes on top, unless the forecast `ahead` is at hand.
    """
    as_at = at.astimezone(speakers_list.meeting.zone).isoformat()
    places = precedence.public_order(speakers_list) if places is None else places
    content = revisions.public_content(speakers_list, places, at=at, as_at=as_at, ahead=ahead)
    speakers = content.pop("speakers")
    return {**content, "provisional": True, "speakers": speakers}


def state_in_words(document: dict[str, Any], speakers_list: SpeakersList, as_at: datetime) -> str:
    """Which list it is: “Provisional, as at …”, “Established, …, as at …”, or “Revision 2, as at …”."""
    facts = {"moment": moments.in_words(as_at, speakers_list.meeting)}
    if document["provisional"] and speakers_list.is_established:
        return _("Established, with later changes, as at %(moment)s") % facts
    if document["provisional"]:
        return _("Provisional, as at %(moment)s") % facts
    return _("Revision %(number)d, as at %(moment)s") % {**facts, "number": document["number"]}
