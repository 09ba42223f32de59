"""“Please slow down”: a booth asks it of who speaks, and the officer's console says so for some seconds.  R-73

Nothing of it is on record: it is a sign to the officer, who passes it on. Decision record 0181.
"""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acts.refusals import Refusal
from floor.models import Booth, Turn
from floor.standings import Floor
from spelling.listing import listed

# How long the sign is shown; as long, the same booth cannot give it again to the same speaker.
SHOWN_FOR = timedelta(seconds=20)
# How many booths are named; of more only the number is said, which is read at a glance.
MOST_NAMED = 3


class SignRefused(Refusal):
    """The sign is not given; the words say why."""


def ask(booth: Booth, floor: Floor, *, at: datetime) -> None:
    """Show on the console that the `booth` asks who speaks on its `floor` to slow down, from the moment `at` on.

    One conditional UPDATE, not journalled. Raises `SignRefused` while no one speaks, or while it is still shown.
    """
    current = floor.current
    if current is None or not current.turn.is_speaking:
        raise SignRefused(_("No one is speaking now."))
    is_new = Q(slow_down_at=None) | Q(slow_down_at__lte=at - SHOWN_FOR) | ~Q(slow_down_for=current.turn.pk)
    of_booth = Booth.objects.filter(is_new, pk=booth.pk, token_hash=booth.token_hash, ended_at=None)
    if not of_booth.update(slow_down_at=at, slow_down_for=current.turn.pk):
        words = ngettext(
            "The console shows it already. You can ask again after %(seconds)d second.",
            "The console shows it already. You can ask again after %(seconds)d seconds.",
            seconds := int(SHOWN_FOR.total_seconds()),
        )
        raise SignRefused(words % {"seconds": seconds})


def is_shown(booth: Booth, floor: Floor, at: datetime) -> bool:
    """Does the console show the sign of this `booth` now?"""
    turn = _speaking(floor)
    is_for_it = turn is not None and booth.slow_down_for_id == turn.pk
    return is_for_it and booth.slow_down_at is not None and booth.slow_down_at > at - SHOWN_FOR


def in_words(floor: Floor, at: datetime) -> str:
    """What the booths of `floor` ask of who speaks now, from how many and, of a few, which; or empty (one query)."""
    if (turn := _speaking(floor)) is None:
        return ""
    asking = Booth.objects.filter(meeting=floor.meeting.pk, slow_down_for=turn.pk, slow_down_at__gt=at - SHOWN_FOR)
    names = list(asking.filter(ended_at=None).values_list("name", flat=True).order_by("name"))
    if not names:
        return ""
    if len(names) > MOST_NAMED:
        words = ngettext(
            "%(number)d booth asks the speaker to slow down.",
            "%(number)d booths ask the speaker to slow down.",
            len(names),
        )
        return words % {"number": len(names)}
    words = ngettext(
        "%(number)d booth asks the speaker to slow down: %(names)s.",
        "%(number)d booths ask the speaker to slow down: %(names)s.",
        len(names),
    )
    return words % {"number": len(names), "names": listed(names)}


def _speaking(floor) -> Turn | None:
    return floor.current.turn if floor.current and floor.current.turn.is_speaking else None
