"""Addresses of the pages of a list: `{% list_url "receipt" meeting inscription.public_id as address %}`.  R-62"""

from typing import Any

from django import template
from django.urls import reverse

from dialogue.models import Meeting

register = template.Library()


@register.simple_tag
def list_url(name: str, meeting: Meeting, *args: Any) -> str:
    """The address of the page `name` of the list at hand of `meeting`; `args` are the other parts of the address."""
    return reverse(f"speakers:{name}", args=[*meeting.speakers_list.address, *args])
