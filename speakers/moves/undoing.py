"""Undoing the last move of an entry: the latest pin, or removal of a pin, not yet undone.  R-20"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from acts.locking import locked
from acts.refusals import Refusal
from journal.actors import Actor
from journal.models import Entry
from journal.position import payload_of
from speakers import records
from speakers.models import Inscription, SpeakersList
from speakers.moves import pinning, stale_view

PINNED, UNPINNED, PIN_MOVED, UNDONE = "pinned", "unpinned", "pin moved", "move undone"
PASSED_ON = {PIN_MOVED, "pinned to the end"}
# This many of the latest entries about moves are read; to undo an older move, make a new one.
LOOKS_BACK = 60


class UndoRefused(Refusal):
    """There is nothing to undo, or it can no longer be undone; the message says why."""


@dataclass(frozen=True)
class Move:
    """A move that can be undone: its `entry` in the journal, and the entries of the pins it passed on."""

    entry: Entry
    passed_on: list[Entry] = field(default_factory=list)


def last_move(speakers_list: SpeakersList) -> Move | None:
    """The last `Move` on `speakers_list` that was not undone, or None (one statement)."""
    acts = [PINNED, UNPINNED, *PASSED_ON, UNDONE]
    latest = (
        Entry.objects.of_stream(speakers_list.journal_stream).filter(act__in=acts).order_by("-sequence")[:LOOKS_BACK]
    )
    undone, entries = 0, list(latest)
    for position, entry in enumerate(entries):
        if entry.act == UNDONE:
            undone += 1
        elif entry.act in {PINNED, UNPINNED}:
            if not undone:
                return _move(entries, position) if payload_of(entry) else None
            undone -= 1
    return None


def undo_last_move(speakers_list: SpeakersList, *, based_on: int | None = None, by: Actor, at: datetime) -> Inscription:
    """Return the entry that was moved last to where it stood, with the pin it had.  R-20

    `based_on` is the journal position that the officer saw. Journals one entry for each pin it changes back.
    Returns the entry. Raises `UndoRefused`, `pinning.PinRefused` or `stale_view.Overtaken`.
    """
    with locked(speakers_list) as speakers_list:
        move = last_move(speakers_list)
        if move is None:
            raise UndoRefused(_("There is no move to undo."))
        entry = _as_moved(move.entry, speakers_list)
        if entry is None:
            raise UndoRefused(_("The entry has changed since; move it instead."))
        stale_view.require_latest(speakers_list, based_on, concerning=[entry])
        pinning.let_go(entry, speakers_list, by=by, at=at)
        _put_back(entry, move.entry, speakers_list, act=UNDONE, by=by, at=at)
        for passed in move.passed_on:
            if other := _as_moved(passed, speakers_list):
                _put_back(other, passed, speakers_list, act=PIN_MOVED, by=by, at=at)
        return entry


def _move(entries, position):
    """The move at `position` of `entries` (latest first) with the pins passed on in the same act, right before it."""
    entry, passed_on = entries[position], []
    for number, earlier in enumerate(entries[position + 1 :], start=1):
        is_of_the_same_act = (earlier.sequence, earlier.at) == (entry.sequence - number, entry.at)
        if earlier.act not in PASSED_ON or not is_of_the_same_act:
            break
        passed_on.append(earlier)
    return Move(entry, passed_on)


def _as_moved(record, speakers_list):
    """The entry that a move's `record` is about, if it still has the pin that move gave it; otherwise None."""
    key = record.subject.removeprefix("inscription/")
    payload: Any = payload_of(record)
    entry = (
        speakers_list.inscriptions.standing()
        .select_related("delegation", "level", "pinned_before")
        .filter(public_id=key)
    )
    found = entry.first()
    if found is None or found.is_called:
        return None
    facts = records.facts(found)
    found.speakers_list = speakers_list
    return found if all(facts[name] == value for name, value in payload.after.items()) else None


def _put_back(entry, record, speakers_list, *, act, by, at):
    """Give `entry` the pin that it had before the move `record`, if what it stood before still holds a place."""
    payload: Any = payload_of(record)
    before = payload.before
    facts = records.facts(entry)
    if "pinned_before" in before:
        entry.pinned_before = _anchor(before["pinned_before"], speakers_list)
    entry.is_pinned_last = before.get("is_pinned_last", entry.is_pinned_last)
    entry.pin_reason = before.get("pin_reason", entry.pin_reason)
    if entry.pinned_before:
        pinning.require_place(entry, entry.pinned_before, speakers_list, across_bands=True)
    entry.save(update_fields=pinning.PIN)
    records.record_change(act, entry, before=facts, by=by, at=at)


def _anchor(key, speakers_list):
    """The standing entry with the `key`; None without a key. Raises `UndoRefused` if it has gone."""
    if key is None:
        return None
    anchor = (
        Inscription.objects.standing()
        .filter(speakers_list=speakers_list, public_id=key)
        .select_related("delegation")
        .first()
    )
    if anchor is None:
        raise UndoRefused(_("The entry it stood before has left the list; move it instead."))
    return anchor
