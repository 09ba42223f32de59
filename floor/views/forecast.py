"""The forecast during the meeting, for the officer.  R-42 to R-45"""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

import clock
from dialogue import moments
from dialogue.models import Meeting
from floor import standings
from floor.access import officer
from floor.forecast import live_advice, live_forecast, live_plot


@require_safe
@officer
def forecast(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Advice in words, planned against done, and when each turn is likely to come."""
    at = meeting.moment(clock.now())
    floor = standings.read(meeting)
    foreseen = live_forecast.of(floor, at)
    context = {
        "meeting": meeting,
        "as_at": moments.clock_in_words(at, meeting),
        "zone": moments.zone_in_words(meeting.time_zone),
        "advice": live_advice.of(floor, foreseen, at),
        "progress": live_plot.of(floor, foreseen, at),
        "turns": [
            {"number": each.number, "name": each.turn, "about": live_forecast.about(floor, foreseen, each.turn)}
            for each in floor.waiting
        ],
    }
    return TemplateResponse(request, "floor/forecast.html", context)
