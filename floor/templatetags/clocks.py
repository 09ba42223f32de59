"""Clocks in templates, formatted as the page's script does: `{{ state.current.left_seconds|as_clock }}`.  R-36"""

import math

from django import template

register = template.Library()


@register.filter
def length_in_words(name: str) -> str:
    """How long a `name` is: “short”, “middling” or “long”, as in the page's script; longer ones are set smaller."""
    letters = len(str(name or ""))
    return "long" if letters > 30 else "middling" if letters > 14 else "short"


@register.filter
def as_clock(seconds: float) -> str:
    """The `seconds` left as “2:41”; from zero they count up as “+0:07”."""
    whole = math.ceil(seconds) if seconds > 0 else math.floor(-seconds)
    return f"{'+' if seconds <= 0 else ''}{whole // 60}:{whole % 60:02d}"
