"""Days, shares and names on a page, as the language of the reader writes them."""

from datetime import date

from django import template

from languages import dates, offered
from spelling import listing

register = template.Library()
register.filter("in_utc", dates.in_utc)
register.filter("percent", dates.percent)
register.filter("named", listing.named)
register.filter("in_a_row", listing.in_a_row)
register.filter("in_this_language", offered.in_this_language)


@register.filter
def as_day(day: date) -> str:
    """The `day` by its date: “1er septembre 2016”."""
    return dates.formatted(day, "DATE_FORMAT")
