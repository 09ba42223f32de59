"""Clocks and fragments of live pages in templates: `{{ state.current.left_seconds|as_clock }}`.  R-35 R-36"""

from datetime import timedelta
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from floor.clock import clock_face, timing
from floor.mail import alerting

register = template.Library()


@register.filter
def length_in_words(name: str) -> str:
    """How long a `name` is: “short”, “middling” or “long”; longer ones are set smaller on the screens."""
    letters = len(str(name or ""))
    return "long" if letters > 30 else "middling" if letters > 14 else "short"


@register.filter
def as_clock(seconds: float) -> str:
    """The `seconds` left as “2:41”; overtime, which is negative, as “+0:07”."""
    return clock_face.minutes_and_seconds(timedelta(seconds=seconds))


@register.filter
def as_mark(before: int | None) -> int | str:
    """The mark (ten, five or one) at which a turn with `before` others ahead of it rings; empty if at none.  R-45"""
    reached = None if before is None else alerting.crossing(before)
    return "" if reached is None else reached


@register.inclusion_tag("floor/_clock_facts.html")
def clock_facts(current: dict[str, Any]) -> dict[str, Any]:
    """The attributes by which the page's script runs the clock of `current` (see `floor.state.speaking`)."""
    return {"current": current, "amber_from": timing.AMBER_FROM.total_seconds()}


@register.inclusion_tag("floor/_in_turn.html", takes_context=True)
def fragments_in_turn(context: Context, name: str) -> dict[str, Any]:
    """The fragment `name` of this page; if it shows several languages in turn, one for each, the first seen first."""
    rendered, languages = context["fragments"], context["languages"]
    if len(languages) == 1:
        return {"shown": [{"id": name, "html": rendered[name]}]}
    return {
        "shown": [
            {"language": each, "is_rtl": get_language_info(each)["bidi"], "id": key, "html": rendered[key]}
            for each in languages
            for key in [f"{name}-{each}"]
        ]
    }


@register.inclusion_tag("floor/_beside.html", takes_context=True)
def fragments_beside(context: Context, room: str, foot: str) -> dict[str, Any]:
    """The fragments `room` and `foot` of this page in each of its languages, side by side."""
    rendered = context["fragments"]
    return {
        "halves": [
            {
                "language": each,
                "is_rtl": get_language_info(each)["bidi"],
                "room": (f"{room}-{each}", rendered[f"{room}-{each}"]),
                "foot": (f"{foot}-{each}", rendered[f"{foot}-{each}"]),
            }
            for each in context["languages"]
        ]
    }


@register.simple_tag(takes_context=True)
def fragment(context: Context, name: str) -> SafeString:
    """The fragment `name` of this page, in the element in which the page's script shows newer ones."""
    return format_html('<div class="fragment" id="{}" data-fragment>{}</div>', name, context["fragments"][name])
