"""Days, shares and names on a page, as the language of the reader writes them."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from languages import dates, offered
from spelling import listing

register = template.Library()
register.filter("in_utc", dates.in_utc)
register.filter("percent", dates.percent)
register.filter("named", listing.named)
register.filter("in_a_row", listing.in_a_row)
register.filter("in_this_language", offered.in_this_language)
register.filter("in_sentences", listing.in_sentences)
register.filter("bracketed", listing.bracketed)


@register.filter
def about(act: object, name: object) -> SafeString:
    """What a button or a link says (`act`), with the `name` of what it is about for those who only hear it."""
    pattern = pgettext(
        "on a button or a link, and what it is about",
        '{act}<span class="visually-hidden">: <bdi>{name}</bdi></span>',
    )
    return format_html(pattern, act=act, name=name)


@register.simple_tag
def row(*words: object) -> str:
    """Those of the `words` that there are, one after the other: “Ana Ruiz, ana@example.org”."""
    return listing.in_a_row(filter(None, words))


@register.filter
def as_day(day: date) -> str:
    """The `day` by its date: “1er septembre 2016”."""
    return dates.formatted(day, "DATE_FORMAT")
