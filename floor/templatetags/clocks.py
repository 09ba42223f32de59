"""Clocks in templates, as the pages' script writes them: `{{ state.current.left_seconds|as_clock }}`.  R-36"""

import math

from django import template

register = template.Library()


@register.filter
def length_in_words(name):
    """Whether a `name` is “short”, “middling” or “long”, as the pages' script says it: longer ones are set smaller."""
    letters = len(str(name or ""))
    return "long" if letters > 30 else "middling" if letters > 14 else "short"


@register.filter
def as_clock(seconds):
    """The `seconds` left as “2:41”; from zero on they count up as “+0:07”."""
    whole = math.ceil(seconds) if seconds > 0 else math.floor(-seconds)
    return f"{'+' if seconds <= 0 else ''}{whole // 60}:{whole % 60:02d}"
