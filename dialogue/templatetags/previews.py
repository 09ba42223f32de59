"""Previews of public pages in their heads: `{% preview title meeting %}`; a page without one is not for searching.

Other forms of a page follow it: `{% alternate "text/csv" address _("Table (CSV)") %}`.
"""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from dialogue.models import Meeting
from dialogue.previews import linking, page
from languages.offered import in_order, in_this_language

register = template.Library()


@register.inclusion_tag("dialogue/_preview.html", takes_context=True)
def preview(context: Context, title: str, about: Meeting | str) -> dict[str, Any]:
    """What is shown elsewhere of this page called `title`, which is `about` a meeting, or says so itself.

    Nothing of a rehearsal, which no one should take for the meeting.
    """
    if isinstance(about, Meeting):
        if about.is_rehearsal:
            return {"preview": None}
        about = page.about(about)
    return {"preview": page.of(title, about, context["request"].path), "languages": in_order()}


@register.simple_tag(takes_context=True)
def alternate(context: Context, media_type: str, address: str, title: str) -> SafeString:
    """Another form of this page, of that `media_type`, in its language: in its head and in the header of its answer."""
    return linking.element(context["request"], media_type, in_this_language(address), title)
