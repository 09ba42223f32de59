"""The desk in templates.

`{% meeting_nav as nav %}` is the navigation of the meeting that the page is about.
`{{ cell|row_heading }}` is a cell of a list.
"""

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from secretariat.workspace import navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def meeting_nav(context: Context) -> navigation.Navigation | None:
    request = context.get("request")
    return navigation.of_page(request, context) if request is not None else None


@register.filter
def row_heading(cell: SafeString) -> SafeString:
    """The `cell` of a row as Django draws it; one that is a heading says that it is that of its row."""
    return mark_safe(cell.replace("<th", '<th scope="row"', 1)) if cell.startswith("<th") else cell  # noqa: S308  it was safe before
