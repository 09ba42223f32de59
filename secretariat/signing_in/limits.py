"""How many passwords and codes may be guessed: by account and by network, counted in the database.  R-78

A browser in which the account was signed in before has a count of its own, so that strangers who guess lock out no one
there; and a count ends after a quarter of an hour, whatever happens meanwhile.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.contrib.auth.models import User
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.models import GuessCount
from speakers.delegations import guesses
from speakers.delegations.guesses import TOLD_FOR

WINDOW = timedelta(minutes=15)
# Within a window: from one known browser; from one network for one account; for one account; from one network.
PER_BROWSER, PER_ACCOUNT_AND_NETWORK, PER_ACCOUNT, PER_NETWORK = 10, 10, 30, 30
# Codes of the second factor for one account, whose password was right.
CODES_PER_ACCOUNT = 10
ACCOUNT_REACHED, NETWORK_REACHED, CODES_REACHED = "account limit reached", "network limit reached", "code limit reached"
REACHED = [ACCOUNT_REACHED, NETWORK_REACHED, CODES_REACHED]


class TooManyGuesses(Exception):
    """A limit is reached; the text says how long to wait."""

    def __init__(self, left: timedelta):
        self.minutes = max(1, -(-int(left.total_seconds()) // 60))
        words = ngettext(
            "There were too many attempts to sign in. Try again in %(minutes)d minute, "
            "and tell a Secretariat lead if they were not yours.",
            "There were too many attempts to sign in. Try again in %(minutes)d minutes, "
            "and tell a Secretariat lead if they were not yours.",
            self.minutes,
        )
        super().__init__(words % {"minutes": self.minutes})


@dataclass(frozen=True)
class Limit:
    """At most so many guesses in a `WINDOW` by what `key` stands for; the `act` of the journal if there are more."""

    key: str
    most: int
    act: str


def on_passwords(username: str, *, network: str, browser: str = "") -> list[Limit]:
    """The limits on passwords for `username` from `network`, or from a `browser` that is known by this secret.  R-78"""
    account = username.strip().casefold()
    if browser:
        return [Limit(_key("browser", account, browser), PER_BROWSER, ACCOUNT_REACHED)]
    return [
        Limit(_key("network", network), PER_NETWORK, NETWORK_REACHED),
        Limit(_key("account and network", account, network), PER_ACCOUNT_AND_NETWORK, ACCOUNT_REACHED),
        Limit(_key("account", account), PER_ACCOUNT, ACCOUNT_REACHED),
    ]


def on_codes(user: User) -> list[Limit]:
    """The limit on codes of the second factor of `user`: a person who tries them has the password.  R-78"""
    return [Limit(_key("codes", str(user.pk)), CODES_PER_ACCOUNT, CODES_REACHED)]


def count_guess(limits: Sequence[Limit], *, username: str, at: datetime) -> None:
    """Count one guess at the real moment `at` against each of `limits`, before anything is compared.  R-78

    Raises `TooManyGuesses` at the first limit that is passed. The guess that passes a limit is journalled and told to
    the leads, once in a window, by the account if there is one of that `username`; never by what was typed, which may
    be a password.
    """
    for limit in limits:
        with guesses.counting(GuessCount, key=limit.key, window=WINDOW, at=at) as count:
            if count.number == limit.most + 1:
                words = partial(_words, limit.act)
                guesses.note_limit(limit.act, subject=_subject(limit, username), words=words, at=at)
        if count.number > limit.most:
            raise TooManyGuesses(count.began_at + WINDOW - at)


def forget(at: datetime) -> None:
    """Delete counts that ended a day before `at`, which say nothing any more."""
    GuessCount.objects.filter(began_at__lte=at - TOLD_FOR).delete()


def take_back(limits: Sequence[Limit]) -> None:
    """Uncount a guess that was right."""
    keys = [limit.key for limit in limits]
    GuessCount.objects.filter(key__in=keys, number__gt=0).update(number=F("number") - 1)


def sentences(times: Counter[str]) -> list[tuple[str, str]]:
    """What a lead is told of acts that were recorded so many `times` in a day.

    Words, and the search of the journal that finds the entries.
    """
    return [(_words(act, times[act]), act) for act in REACHED if times[act]]


def _words(act, times):
    words = {
        ACCOUNT_REACHED: _("Too many passwords were tried for a staff account in the last 24 hours (%(times)d×)."),
        NETWORK_REACHED: _("Too many passwords were tried from one network in the last 24 hours (%(times)d×)."),
        CODES_REACHED: _(
            "Too many codes were tried for a staff account in the last 24 hours (%(times)d×): someone has its password."
        ),
    }
    return words[act] % {"times": times}


def _subject(limit, username):
    if limit.act == NETWORK_REACHED:
        return "network"
    found = User.objects.filter(username__iexact=username.strip()).values_list("pk", flat=True).first()
    return f"user/{found}" if found else "user/unknown"


def _key(what, *texts):
    return salted_hmac(f"secretariat.limits.{what}", "\n".join(texts), algorithm="sha256").hexdigest()
