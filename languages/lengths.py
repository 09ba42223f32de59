"""Lengths of time in words, as a sentence of the reader's language has them."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

MINUTE = timedelta(minutes=1)
# Numbers of minutes that a sentence has in words, from one on.
SMALL = [
    pgettext_lazy("number of minutes", "one"),
    pgettext_lazy("number of minutes", "two"),
    pgettext_lazy("number of minutes", "three"),
    pgettext_lazy("number of minutes", "four"),
    pgettext_lazy("number of minutes", "five"),
    pgettext_lazy("number of minutes", "six"),
    pgettext_lazy("number of minutes", "seven"),
    pgettext_lazy("number of minutes", "eight"),
    pgettext_lazy("number of minutes", "nine"),
]


def left_in_words(left: timedelta) -> str:
    """The time `left` (a `timedelta`) in its two largest units: “9 days and 3 hours”. Never rounded up."""
    if left < MINUTE:
        return _("less than a minute")
    hours, minutes = divmod(left // MINUTE, 60)
    days, hours = divmod(hours, 24)
    words = [
        ngettext("%(count)d day", "%(count)d days", days) % {"count": days} if days else "",
        ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours} if hours else "",
        ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes} if minutes and not days else "",
    ]
    return _together(words)


def length_in_words(length: timedelta) -> str:
    """A `length` of whole seconds as a sentence has it: “three minutes”, “two minutes and 30 seconds”."""
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    number = SMALL[minutes - 1] if 0 < minutes <= len(SMALL) else minutes
    words = [
        ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": number} if minutes else "",
        ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
        if seconds or not minutes
        else "",
    ]
    return _together(words)


def pattern_of_two() -> str:
    """How the language of the reader writes two lengths as one, with `%(longer)s` and `%(shorter)s`."""
    return pgettext("length", "%(longer)s and %(shorter)s")


def _together(words):
    """One or two lengths as one."""
    longer, *others = filter(None, words)
    return pattern_of_two() % {"longer": longer, "shorter": others[0]} if others else longer
