"""Acts that come before their time: the officer confirms, in words, what will happen.  R-69"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue import moments
from floor import calling_order, standings
from floor.acts.acting import FloorRefused
from floor.mail import alerting
from speakers import list_state
from speakers.models import SpeakersList

# How long before its sitting an act is in time, and how long after it.
BEFORE, AFTER = timedelta(minutes=15), timedelta(minutes=30)
# While speakers are called no further apart than this, the first confirmation holds.
UNDER_WAY = timedelta(hours=1)


def needs_time_to_call(floor: standings.Floor, called: standings.Standing, *, seen: str, at: datetime) -> None:
    """Raise `FloorRefused`, which asks twice, unless it is time at the moment `at` to call `called`.  R-69

    `seen` are the words that the officer has read: it is enough that they are still true. A room in which a speaker was
    called within the last hour is not asked. A rehearsal is, by its own clock, which may be shifted to the day. A list
    that is open until the Chair closes it is called while it is open (R-63). An entry fixed to a sitting that has not
    begun is asked about at any time (R-64).
    """
    pointer = floor.room.pointer
    if sitting := calling_order.sitting_to_come(called, floor, at + BEFORE):
        words = _("%(name)s is fixed to a sitting that has not begun: %(sitting)s.")
        early = [words % {"name": called.turn, "sitting": sitting}]
        _needs_to_be_seen([*early, *_on_a_call(floor, called)], seen)
        return
    if pointer and pointer.called_at and at - pointer.called_at <= UNDER_WAY:
        return
    heard, early = floor.meeting.speakers_list, _sitting_to_come(floor, at)
    _needs_time(floor, early, _still_open(heard, at), lambda: _on_a_call(floor, called), seen)


def needs_time_to_hear(floor: standings.Floor, chosen: SpeakersList, *, seen: str, at: datetime) -> None:
    """Raise `FloorRefused`, which asks twice, unless it is time at the moment `at` to hear the list `chosen`.  R-69

    It is not while that list is open by its moment, nor long before the next sitting. `seen` are the words that the
    officer has read.
    """
    chosen.meeting = floor.meeting
    early = _sitting_to_come(floor, at)
    _needs_time(floor, early, _still_open(chosen, at), lambda: _on_hearing(chosen), seen)


def needs_time_to_conclude(floor: standings.Floor, *, seen: str, at: datetime) -> None:
    """Raise `FloorRefused`, which asks twice, unless the last sitting has begun at the moment `at`.  R-69

    It is asked, too, while any list of the meeting is open, for all of them close (R-62). `seen` are the words that the
    officer has read: it is enough that they are still true.
    """
    last = _sittings(floor)[-1]
    early = last if at < last.starts_at - BEFORE else None
    floors = [floor, *standings.beside(floor)]
    lists = [each.meeting.speakers_list for each in floors]
    still_open = [_until_when(each, floor) for each in lists if each.accepts_inscriptions(at)]
    _needs_time(floor, early, still_open, lambda: _on_conclusion(floors, bool(still_open)), seen)


def _is_open(speakers_list, at):
    """Is it open by its moment? One that the Chair closes is heard while it is open.  R-63"""
    return speakers_list.accepts_inscriptions(at) and not speakers_list.closes_when_announced


def _still_open(speakers_list, at):
    """That inscription on the list is still open, if it is, as a list of sentences."""
    return [_until_when(speakers_list)] if _is_open(speakers_list, at) else []


def _until_when(speakers_list, floor=None):
    """Until when inscription is open; with the name of the list where the meeting of the `floor` has several."""
    facts = {"list": speakers_list.name, "moment": list_state.closing_in_words(speakers_list)}
    if floor and floor.is_one_of_several:
        return _("Inscription on “%(list)s” is still open, until %(moment)s.") % facts
    return _("Inscription is still open, until %(moment)s.") % facts


def _needs_time(floor, sitting, still_open, consequences: Callable[[], Sequence[str]], seen):
    if not (sitting or still_open):
        return
    said = []
    if sitting:
        words = _("It is early: the sitting starts on %(moment)s.")
        said.append(words % {"moment": moments.in_words(sitting.starts_at, floor.meeting)})
    _needs_to_be_seen([*said, *still_open, *consequences()], seen)


def _needs_to_be_seen(said, seen):
    shown = " ".join(said)
    if seen != shown:
        raise FloorRefused(said[0], asks_twice=True, details=said[1:], shown=shown)


def _sittings(floor):
    """The sittings in order; a meeting without any is one itself."""
    return floor.sittings or [floor.meeting]


def _sitting_to_come(floor, at):
    """The sitting that is still to come at the moment `at`; None during one, and for a while before and after it."""
    if any(each.starts_at - BEFORE <= at < each.ends_at + AFTER for each in _sittings(floor)):
        return None
    return next((each for each in _sittings(floor) if at < each.starts_at), None)


def _on_a_call(floor, called):
    """Who is mailed if `called` is called now."""
    near = alerting.near([each for each in floor.waiting if each is not called])
    words = ngettext(
        "%(number)d delegation is mailed that its turn is near.",
        "%(number)d delegations are mailed that their turn is near.",
        len(near),
    )
    return [
        _("%(name)s is called to the rostrum.") % {"name": called.turn},
        words % {"number": len(near)},
    ]


def _on_hearing(chosen):
    """What everyone sees if the room hears the list `chosen` from now on."""
    words = ngettext(
        "Screens and telephones show “%(list)s”, on which %(number)d entry waits.",
        "Screens and telephones show “%(list)s”, on which %(number)d entries wait.",
        waiting := chosen.inscriptions.standing().filter(called_at=None).count(),
    )
    return [words % {"list": chosen, "number": waiting}]


def _on_conclusion(floors, is_any_open):
    """Who is mailed if the meeting of these `floors` is concluded now, and what becomes of its lists."""
    waiting = sum(1 for each in floors for standing in each.waiting if standing.turn.inscription)
    words = ngettext(
        "%(number)d entry of the list is recorded as not reached, and its delegation is mailed.",
        "%(number)d entries of the list are recorded as not reached, and their delegations are mailed.",
        waiting,
    )
    said = [words % {"number": waiting}]
    if is_any_open:
        said.append(_("The list closes, is established, and every inscribed delegation is mailed its place."))
    return said
