"""A panel about tickets for pages of other apps: `{% tickets_panel meeting list_state.at %}`.  R-46 R-53"""

from datetime import datetime
from typing import Any

from django import template

from dialogue.models import Meeting
from registration.models import Ticketing

register = template.Library()


@register.inclusion_tag("registration/_panel.html")
def tickets_panel(meeting: Meeting, at: datetime) -> dict[str, Any]:
    """Links to the tickets of `meeting` at its moment `at`, from the opening of requests until the meeting begins.

    Empty otherwise. One query until the meeting begins, and none from then on.
    """
    ticketing = (
        None if at >= meeting.starts_at else next(iter(Ticketing.objects.filter(meeting=meeting).order_by()), None)
    )
    if ticketing is None or at < ticketing.opens_at:
        return {}
    return {
        "meeting": meeting,
        "ticketing": ticketing,
        "is_open": ticketing.accepts(at),
        "only_with_pass": not ticketing.accepts(at, has_grounds_pass=False),
    }
