"""The floor on paper, so that the meeting can go on if the network fails: who has spoken and who is to come."""

import logging
from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import clock
import printing
from dialogue import moments
from dialogue.models import Meeting
from floor import standings
from floor.access import reader
from floor.clock.clock_face import minutes_and_seconds
from floor.forecast import live_forecast
from floor.views.record import attachment

# Minutes between two prints of the page that prints itself.
EVERY = 15
logger = logging.getLogger(__name__)


@require_safe
@reader
def page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The page that prints itself every fifteen minutes while it is open, with a link to the PDF."""
    context = of_meeting(meeting, meeting.moment(clock.now())) | {"every": EVERY, "seconds": EVERY * 60}
    return render(request, "floor/paper.html", context)


@require_safe
@reader
def pdf(_request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The floor on paper as PDF, for a printer elsewhere; 503 in words if it cannot be made."""
    context = of_meeting(meeting, meeting.moment(clock.now()))
    context |= {
        "language": translation.get_language(),
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
    }
    try:
        content = printing.pdf(render_to_string("floor/paper/floor.html", context))
    except printing.PrintingFailed as failure:
        logger.error("The floor of %s could not be printed: %s", meeting.slug, failure)
        words = _("The file cannot be made now. Print the page itself from your browser.")
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    return attachment(content, "application/pdf", f"{meeting.slug}-floor.pdf")


def of_meeting(meeting: Meeting, at: datetime) -> dict[str, Any]:
    """What the paper shows of `meeting` at its moment `at`: those heard, the one speaking, those to come."""
    floor = standings.read(meeting)
    foreseen = live_forecast.of(floor, at)
    everyone = standings.of_every_list(floor).everyone
    spoke = [each for each in everyone if each.turn.ended_at and each.turn.began_at]
    return {
        "meeting": meeting,
        "as_at": moments.in_words(at, meeting),
        "message": floor.room.message_at(at),
        "current": floor.current,
        "waiting": [
            {
                "number": each.number,
                "turn": each.turn,
                "limit": minutes_and_seconds(each.limit),
                "about": live_forecast.about(floor, foreseen, each.turn),
            }
            for each in floor.waiting
        ],
        "spoke": [each.turn for each in sorted(spoke, key=lambda each: cast(datetime, each.turn.began_at))],
    }
