"""How many sign-in codes may be wrong, over all addresses and networks: counted in the database.  R-59 R-60

A person who tries a few codes at each of many addresses, from many networks, passes no limit of a code or an address.
A code has eight digits, so one comparison is right by a chance of 1 in 100,000,000. A day touches nine windows of three
hours at most, so 9 × 1,000 comparisons are right by a chance of less than 9,000 in 100,000,000, that is 0.9 in 10,000.
At the deadline all 193 missions may use up the five attempts of a code, 965 in all, and the limit is not reached.
"""

from datetime import datetime, timedelta
from math import ceil

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speakers.delegations import guesses
from speakers.models import WrongCodes

WINDOW = timedelta(hours=3)
# Comparisons that were wrong within a window.
MOST = 1000
REACHED = "sign-in codes refused"
# The one row.
ONLY = 1


class CodesRefused(Exception):
    """No code is compared for a time; the text says how long, and that links work."""

    def __init__(self, left: timedelta):
        self.seconds = max(1, ceil(left.total_seconds()))
        minutes = ceil(self.seconds / 60)
        words = ngettext(
            "Too many wrong codes were entered on this site, so no code is accepted for %(minutes)d minute. "
            "Yours was not checked. Open the link in the mail instead: it works.",
            "Too many wrong codes were entered on this site, so no code is accepted for %(minutes)d minutes. "
            "Yours was not checked. Open the link in the mail instead: it works.",
            minutes,
        )
        super().__init__(words % {"minutes": minutes})


def refuse_if_passed(at: datetime) -> None:
    """Raise `CodesRefused` if the limit was passed in the window of the real moment `at`. Changes nothing.  R-59"""
    if passed := WrongCodes.objects.filter(pk=ONLY, number__gt=MOST, began_at__gt=at - WINDOW).first():
        raise CodesRefused(passed.began_at + WINDOW - at)


def count_code(at: datetime) -> WrongCodes:
    """Count one code at the real moment `at`, before it is compared; `take_back` the returned count if it was right.

    Raises `CodesRefused` if the limit is passed. The code that passes it is journalled and told
    to the leads, once in a window.  R-59
    """
    with guesses.counting(WrongCodes, pk=ONLY, window=WINDOW, at=at) as counted:
        if counted.number == MOST + 1:
            guesses.note_limit(REACHED, subject="sign-in codes", words=_words, at=at)
    if counted.number > MOST:
        raise CodesRefused(counted.began_at + WINDOW - at)
    return counted


def take_back(counted: WrongCodes) -> None:
    """Uncount a code that was right, unless its window is over."""
    of_its_window = WrongCodes.objects.filter(pk=ONLY, began_at=counted.began_at, number__gt=0)
    of_its_window.update(number=F("number") - 1)


def sentences(times: int) -> list[tuple[str, str]]:
    """What staff are told if the limit was passed so many `times` in a day: words, and the search of the journal.

    In a list of none or one.
    """
    return [(_words(times), REACHED)] if times else []


def _words(times):
    words = _(
        "Too many wrong sign-in codes of delegations were entered in the last 24 hours (%(times)d×), and for up to "
        "three hours no code was accepted. Links in the mails work: help those who call to open theirs, or inscribe on "
        "their behalf."
    )
    return words % {"times": times}
