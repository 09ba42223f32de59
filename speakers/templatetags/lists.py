"""What pages of a list need: addresses, `{% list_url "receipt" meeting inscription.public_id %}`; limits.  R-62 R-65"""

from typing import Any

from django import template
from django.urls import reverse

from dialogue.models import Meeting
from speakers import limits
from speakers.models import Inscription

register = template.Library()


@register.filter
def limit_in_words(inscription: Inscription) -> str:
    """How long `inscription` may speak, as now in force: “3 minutes”.  R-65"""
    return limits.in_words(limits.limit_of(inscription.speakers_list, inscription))


@register.simple_tag
def list_url(name: str, meeting: Meeting, *args: Any) -> str:
    """The address of the page `name` of the list at hand of `meeting`; `args` are the other parts of the address."""
    return reverse(f"speakers:{name}", args=[*meeting.speakers_list.address, *args])
