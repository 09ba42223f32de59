"""The acts of the console: the rule that each calls, with what was pressed and typed."""

from functools import partial

from django.utils.translation import gettext as _

from floor import standings
from floor.acts import (
    absence,
    asking,
    calling,
    hearing,
    inserting,
    messaging,
    opening,
    pausing,
    presence,
    rounds,
    suspending,
    undoing,
)
from floor.acts.acting import FloorRefused
from floor.models import Interruption
from speakers.entries import deadlines
from speakers.moves import pinning


def _pointed(rule, **fixed):
    """An act on the turn last called: it passes on which turn the officer saw there.  R-33"""

    def perform(meeting, typed, **who):
        return rule(meeting, expected_current=typed["expected"], **fixed, **who)

    return perform


def _advance(meeting, typed, **who):
    return calling.advance(meeting, expected_current=typed["expected"], seen=typed["seen"], **who)


def _call(meeting, typed, **who):
    called = {"expected_current": typed["expected"], "identity": typed["entry"] or None}
    return calling.call(meeting, seen=typed["seen"], **called, **who)


def _pause(meeting, typed, *, ground, **who):
    expected, raised_by = typed["expected"], typed["raised_by"]
    return pausing.pause(meeting, expected_current=expected, ground=ground, raised_by=raised_by, **who)


def _undo(meeting, typed, **who):
    return undoing.undo(meeting, expected_current=typed["expected"], seen=typed["step"] or None, **who)


def _message(meeting, typed, **who):
    return messaging.show(meeting, typed["message"], until=typed["until"], **who)


def _presence(meeting, typed, **who):
    return presence.mark(meeting, typed["entry"], is_present=typed["is_present"] == "yes", **who)


def _remove(meeting, typed, **who):
    return inserting.remove(meeting, typed["entry"], **who)


def _unpin(meeting, typed, **who):
    standing = standings.read(meeting).find(typed["entry"])
    if standing is None or standing.turn.inscription is None:
        raise FloorRefused(_("This entry is not on the list."))
    return pinning.unpin(standing.turn.inscription, **who)


def _hear(meeting, typed, **who):
    chosen = {"expected_current": typed["expected"], "seen": typed["seen"]}
    return hearing.hear(meeting, typed["list"], **chosen, **who)


def _conclude(meeting, typed, **who):
    if typed["sure"] != "yes":
        raise FloorRefused(_("Tick the box first: anyone still waiting will be recorded as not reached."))
    return suspending.conclude(meeting, seen=typed["seen"], **who)


def _close_list(meeting, typed, **who):
    return deadlines.close_as_announced(standings.read(meeting).meeting.speakers_list, seen=typed["seen"], **who)


ACTS = {
    "advance": _advance,
    "call": _call,
    "begin": _pointed(calling.begin),
    "end": _pointed(calling.end),
    "pause": partial(_pause, ground=Interruption.Ground.OTHER),
    "point-of-order": partial(_pause, ground=Interruption.Ground.POINT_OF_ORDER),
    "continue": _pointed(pausing.go_on),
    "absent": _pointed(absence.note_absence),
    "undo": _undo,
    "reopen": _pointed(undoing.reopen),
    "presence": _presence,
    "message": _message,
    "take-down": lambda meeting, _typed, **who: messaging.take_down(meeting, **who),
    "suspend": lambda meeting, _typed, **who: suspending.suspend(meeting, **who),
    "resume": lambda meeting, _typed, **who: suspending.resume(meeting, **who),
    "hear": _hear,
    "conclude": _conclude,
    "remove": _remove,
    "unpin": _unpin,
    "close-list": _close_list,
    "open-floor": lambda meeting, _typed, **who: opening.open_floor(meeting, **who),
    "close-floor": lambda meeting, _typed, **who: opening.close_floor(meeting, **who),
    "mute": lambda meeting, _typed, **who: opening.mute(meeting, **who),
    "unmute": lambda meeting, _typed, **who: opening.unmute(meeting, **who),
    "take-next": lambda meeting, typed, **who: asking.take_next(meeting, typed["entry"], **who),
    "put-back": lambda meeting, typed, **who: asking.put_back(meeting, typed["entry"], **who),
    "panel": lambda meeting, _typed, **who: rounds.give_panel_the_floor(meeting, **who),
    "take-back-conclusion": lambda meeting, _typed, **who: suspending.take_back_conclusion(meeting, **who),
}
