"""Moments in templates: `{{ meeting.starts_at|in_words:meeting }}`.  R-01"""

from typing import Any

from django import template

from dialogue import moments

register = template.Library()
register.filter("in_words", moments.in_words)
register.filter("in_utc_words", moments.in_utc_words)
register.filter("date_in_words", moments.date_in_words)
register.filter("time_in_words", moments.time_in_words)
register.filter("wall_clock", moments.wall_clock)
register.filter("clock_in_words", moments.clock_in_words)
register.filter("days_in_words", moments.days_in_words)
register.filter("by_day", moments.by_day)
register.simple_tag(moments.hours_in_words)
register.filter("stamp_in_words", moments.stamp_in_words)
register.filter("zone_in_words", moments.zone_in_words)


@register.filter
def numbered_name(sitting: Any, meeting: Any) -> str:
    """The name of the `sitting`, if it has a number or a place of its own: “3rd sitting, Thursday morning”.  R-64"""
    sittings = meeting.hours
    is_named = moments.sitting_in_short(sitting, sittings, meeting) or str(sitting.place)
    return moments.sitting_in_words(sitting, sittings, meeting) if is_named else ""


@register.simple_tag
def half_days() -> str:
    """The words for before and after noon, as pages hand them to their clocks: “a.m.|p.m.”; empty for 24 hours."""
    return "|".join(moments.half_day_words())
