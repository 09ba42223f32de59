"""Statements on pages that know nothing of them: `{% statements_link meeting list_state.at %}`.  R-40"""

from django import template

from floor.models import Turn

register = template.Library()


@register.inclusion_tag("floor/_statements_link.html")
def statements_link(meeting, at):
    """The way to the statements of `meeting` at its moment `at`, once one was delivered (1 statement once it began)."""
    if at < meeting.starts_at or not Turn.objects.filter(meeting=meeting, state=Turn.State.DELIVERED).exists():
        return {}
    return {"meeting": meeting}
