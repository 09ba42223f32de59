"""Links to the statements from pages of other apps: `{% statements_link meeting list_state.at %}`.  R-40"""

from datetime import datetime

from django import template

from dialogue.models import Meeting
from floor.models import Turn

register = template.Library()


@register.inclusion_tag("floor/_statements_link.html")
def statements_link(meeting: Meeting, at: datetime) -> dict[str, Meeting]:
    """A link to the statements of `meeting` at its moment `at`, once one was delivered (one query once it began)."""
    if at < meeting.starts_at or not Turn.objects.filter(meeting=meeting, state=Turn.State.DELIVERED).exists():
        return {}
    return {"meeting": meeting}
