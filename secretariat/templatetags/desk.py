"""The desk in templates: `{% meeting_nav as nav %}` is the navigation of the meeting that the page is about."""

from django import template
from django.template import Context

from secretariat.workspace import navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def meeting_nav(context: Context) -> navigation.Navigation | None:
    request = context.get("request")
    return navigation.of_page(request, context) if request is not None else None
