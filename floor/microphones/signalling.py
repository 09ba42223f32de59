"""A microphone is switched on or off: the statement begins or ends, by the acts of the console.  R-33 R-35

What is not the turn of the microphone that is switched on is refused, and shown to the officer: no signal calls anyone
but the next. What officers do by hand always comes first. Decision record 0187.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from acts.locking import locked
from acts.refusals import Refusal
from floor import standings
from floor.acts import acting, calling, undoing
from floor.acts.acting import FloorRefused
from floor.models import RoomSystem, Signal, Turn
from journal.actors import Actor
from languages.stored import Sentences

ROLE = "microphones"
# The microphone of those who preside, which says nothing of a statement.
PODIUM = "podium"
# What a signal may do.
BEGUN, ENDED, REOPENED, UNCHANGED, IGNORED, REFUSED = "begun", "ended", "reopened", "unchanged", "ignored", "refused"
# Switched on again so soon, a microphone was switched off by mistake.
GRACE = timedelta(seconds=10)
# How much the moment on a signal may differ from ours: of what was before, no one acts now.
LATE = timedelta(minutes=2)
# How many signals of one system are taken in so many seconds.
MOST, WITHIN = 30, timedelta(seconds=10)
# What is said of a signal with facts in it: it is stored in English, and read in the language of each reader.
HAS_THE_FLOOR, GOES_ON = gettext_noop("%(name)s has the floor."), gettext_noop("%(name)s goes on.")
HAS_BEGUN, HAS_ENDED = gettext_noop("%(name)s has begun."), gettext_noop("%(name)s has ended.")
HAS_BEGUN_ALREADY = gettext_noop("%(name)s has begun already.")
CALL_IT = gettext_noop("%(name)s has just ended, and is next: call it on the console.")
NOT_WAITING = gettext_noop("“%(place)s” does not wait to be called. Next is %(next)s.")
NOT_NEXT = gettext_noop("%(name)s is not next: %(next)s is.")
SAID = Sentences(HAS_THE_FLOOR, GOES_ON, HAS_BEGUN, HAS_ENDED, HAS_BEGUN_ALREADY, CALL_IT, NOT_WAITING, NOT_NEXT)


class TooMany(Refusal):
    """The system sends more signals than a room can have; the words say when to try again."""


class Repeated(Refusal):
    """The identifier was used for another signal."""


def take(
    system: RoomSystem, place: str, *, is_on: bool, key: str, sent_at: datetime | None, arrived_at: datetime
) -> Signal:
    """Act on a signal of `system`: the microphone of `place` is on, or off. Returns what was made of it, as stored.

    `place` is the code of a delegation, the identity of a turn, or `PODIUM`. `sent_at` is the system's moment, if it
    has one, and `arrived_at` ours, a real one. A signal with a `key` that was taken before does nothing, and is
    answered alike. The signals of a system wait for each other. Raises `RoomSystem.DoesNotExist` if its key has ended,
    `TooMany`, or `Repeated`.
    """
    at = system.meeting.moment(arrived_at)
    live = RoomSystem.objects.live(at).filter(pk=system.pk, token_hash=system.token_hash)
    with locked(live.select_related("meeting")) as system:
        signal = Signal(system=system, key=key, place=place, is_on=is_on, sent_at=sent_at, arrived_at=at)
        if known := system.signals.filter(key=key).first():
            if (known.place, known.is_on) != (place, is_on):
                raise Repeated(_("This identifier was used for another signal."))
            return known
        if system.signals.filter(arrived_at__gt=at - WITHIN).count() >= MOST:
            raise TooMany(_("Too many signals. Try again in %(seconds)d seconds.") % {"seconds": WITHIN.seconds})
        signal.result, words = _judged(signal, arrived_at)
        signal.detail = words[:500]
        signal.save(force_insert=True)
        return signal


def _judged(signal, arrived_at):
    """What becomes of a new `signal` on its locked system, and in which words."""
    system, sent_at = signal.system, signal.sent_at
    if not system.is_on:
        return REFUSED, _("The signals of the microphones are switched off on the console.")
    if sent_at:
        if not -LATE <= sent_at - arrived_at <= LATE:
            return REFUSED, _("The moment on the signal is more than two minutes away from now.")
        if system.latest_sent_at and sent_at < system.latest_sent_at:
            return REFUSED, _("A later signal has been taken: this one came out of order.")
        system.latest_sent_at = sent_at
        system.save(update_fields=["latest_sent_at"])
    if signal.place.casefold() == PODIUM:
        return IGNORED, _("The microphones of those who preside begin and end no statement.")
    try:
        with transaction.atomic():
            return _acted(signal, by=Actor(system.name, ROLE))
    except Refusal as refusal:
        return REFUSED, str(refusal)


def _acted(signal, *, by):
    act = _switched_on if signal.is_on else _switched_off
    return act(standings.read(signal.system.meeting), signal.place, by=by, at=signal.arrived_at)


def _switched_on(floor, place, *, by, at):
    acting.needs_sitting(floor)
    meeting, pointer = floor.meeting, acting.pointed_at(floor)
    expected = pointer.turn.identity if pointer else meeting.hears
    if floor.current:
        turn = floor.current.turn
        if not is_of(turn, place):
            raise FloorRefused(_(HAS_THE_FLOOR) % {"name": turn})
        if turn.is_speaking:
            return UNCHANGED, _(HAS_BEGUN_ALREADY) % {"name": turn}
    else:
        turn = _next(floor, place)
        if pointer and _has_just_ended(pointer.turn, place, at):
            if turn:
                raise FloorRefused(_(CALL_IT) % {"name": turn})
            undoing.reopen(meeting, expected_current=expected, by=by, at=at)
            return REOPENED, _(GOES_ON) % {"name": pointer.turn}
        if turn is None:
            raise FloorRefused(_not_next(floor, place))
        expected = calling.call(meeting, expected_current=expected, by=by, at=at).identity
    calling.begin(meeting, expected_current=expected, by=by, at=at)
    return BEGUN, _(HAS_BEGUN) % {"name": turn}


def _switched_off(floor, place, *, by, at):
    current = floor.current
    if current is None or not current.turn.is_speaking or not is_of(current.turn, place):
        return UNCHANGED, _("It was not speaking.")
    if current.turn.is_paused:
        return UNCHANGED, _("The clock is stopped: the statement goes on until it is ended on the console.")
    calling.end(floor.meeting, expected_current=current.turn.identity, by=by, at=at)
    return ENDED, _(HAS_ENDED) % {"name": current.turn}


def is_of(turn: Turn, place: str) -> bool:
    """Is `place`, as a signal names it, that of this `turn`?"""
    return place == turn.identity or (turn.of is not None and turn.of.code.casefold() == place.casefold())


def _next(floor, place):
    """The turn that is called next, if it is that of `place`; otherwise None."""
    waiting = floor.waiting
    return waiting[0].turn if waiting and is_of(waiting[0].turn, place) else None


def _has_just_ended(turn, place, at):
    return turn.state == Turn.State.DELIVERED and is_of(turn, place) and at - turn.ended_at <= GRACE


def _not_next(floor, place):
    """Why `place` cannot begin, in words."""
    found = next((each.turn for each in floor.waiting if is_of(each.turn, place)), None)
    next_turn = floor.waiting[0].turn if floor.waiting else None
    if next_turn is None:
        return _("No one is waiting to be called.")
    if found is None:
        return _(NOT_WAITING) % {"place": place, "next": next_turn}
    return _(NOT_NEXT) % {"name": found, "next": next_turn}
