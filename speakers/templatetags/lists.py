"""What pages of a list need: addresses, names in a row, limits.  R-62 R-65

`{% list_url "receipt" meeting inscription.public_id as address %}`, `{{ row.joined|listed }}`.
"""

from typing import Any

from django import template
from django.urls import reverse

from dialogue.models import Meeting
from languages.lengths import length_in_words
from speakers import limits
from speakers.models import Inscription, SpeakersList
from spelling import listing

register = template.Library()
register.filter("listed", listing.listed)


@register.filter
def limit_in_words(inscription: Inscription) -> str:
    """How long `inscription` may speak, as now in force: “3 minutes”.  R-65"""
    return length_in_words(limits.limit_of(inscription.speakers_list, inscription))


@register.simple_tag
def list_url(name: str, meeting: Meeting, *args: Any) -> str:
    """The address of the page `name` of the list at hand of `meeting`; `args` are the other parts of the address."""
    return reverse(f"speakers:{name}", args=[*meeting.speakers_list.address, *args])


@register.simple_tag
def api_url(speakers_list: SpeakersList, *names: Any) -> str:
    """The address in the interface for programs of what is called `names` of `speakers_list`."""
    slug, *other = speakers_list.address
    parts = ["meetings", slug, *(["lists", *other] if other else []), *map(str, names)]
    return reverse("api:api-root") + "/".join(parts)


@register.simple_tag
def own_url(name: str, speakers_list: SpeakersList, *args: Any) -> str:
    """The address of the page `name` of `speakers_list`, whichever list of its meeting is at hand."""
    return reverse(f"speakers:{name}", args=[*speakers_list.address, *args])


@register.simple_tag
def board_url(name: str, meeting: Meeting, *args: Any) -> str:
    """The address of the board of the list at hand of `meeting`, or of what is below it, such as “undo”."""
    page = "_".join(filter(None, ["admin:speakers_inscription_board", name]))
    return reverse(page, args=[*meeting.speakers_list.address, *args])
