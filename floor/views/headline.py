"""What the console says in large letters while no one has the floor: what was, and what comes next."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floor import standings
from floor.models import Turn


@dataclass(frozen=True, slots=True)
class Headline:
    """A short line above, `over`, the heading below it, `words`, and the name of who is called next, or empty."""

    over: str
    words: str
    next_name: str = ""


def of(floor: standings.Floor, state: dict[str, Any], pointer: standings.Standing | None) -> Headline | None:
    """The `Headline` for a `floor` and its public `state`; `pointer` is the turn last called. None if one has it."""
    if floor.current:
        return None
    waiting = floor.waiting
    next_name = str(waiting[0].turn) if waiting and not floor.room.concluded_at else ""
    return Headline(_over(state), _words(floor, pointer, next_name), next_name)


def _over(state):
    """In which hour this is."""
    return {
        "awaited": _("The meeting has not begun"),
        "break": _("Between two sittings"),
        "suspended": _("The sitting is suspended"),
        "concluded": _("Concluded"),
        "over": _("The last sitting has ended"),
    }.get(state["state"], _("No one has the floor"))


def _words(floor, pointer, next_name):
    if floor.room.concluded_at:
        return _("The meeting is concluded")
    if said := pointer and _of_the_last(pointer.turn):
        return said
    heard = floor.count(Turn.State.DELIVERED)
    if heard:
        words = ngettext("%(number)d statement has been made", "%(number)d statements have been made", heard)
        return words % {"number": heard}
    if next_name:
        return _("No one has been called yet")
    return _("No one is waiting") if not floor.listed else _("Everyone on the list has been called")


def _of_the_last(turn):
    """What became of the `turn` last called; empty if it waits as though it had not been."""
    name = {"name": turn}
    if turn.state == Turn.State.DELIVERED:
        return _("%(name)s has spoken") % name
    if turn.state == Turn.State.NOT_DELIVERED:
        return _("%(name)s was absent: no statement was made") % name
    if turn.is_waiting and turn.place_before:
        return _("%(name)s was absent, and is called again at the end of its class") % name
    return ""
