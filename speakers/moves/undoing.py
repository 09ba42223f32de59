"""Undoing moves, the latest first: a pin or its removal, a fixing to a sitting or its release.  R-20 R-64 R-68

Each step says first what it takes back, and from which place to which; what can no longer be taken back says why.
"""

from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from acts.foreseeing import require_seen
from acts.locking import locked
from acts.refusals import Refusal
from dialogue.models import Sitting
from journal.actors import Actor
from journal.models import Entry
from journal.position import payload_of
from speakers import chronicle, records
from speakers.models import Inscription, SpeakersList
from speakers.moves import fixing, pinning, stale_view
from speakers.moves.previewing import Move, Preview
from speakers.order import precedence

PINNED, UNPINNED, PIN_MOVED, UNDONE, FIXING_UNDONE = "pinned", "unpinned", "pin moved", "move undone", "fixing undone"
FIXINGS = {fixing.FIXED, fixing.RELEASED}
PASSED_ON = {PIN_MOVED, "pinned to the end"}
# This many of the latest entries about moves are read; to undo an older move, make a new one.
LOOKS_BACK = 60


class UndoRefused(Refusal):
    """There is nothing to undo, or it can no longer be undone; the message says why."""


@dataclass(frozen=True)
class Step:
    """The last move that was not undone: its `record` in the journal, in a sentence, and what undoing it would do.

    `entry` is the one that was moved, None if it has left the list. `passed_on` are pairs of a record and an entry
    whose pin passed on in the same act. If it cannot be undone, `objection` says why, and there is no `preview`.
    """

    record: Entry
    sentence: str
    entry: Inscription | None = None
    anchor: Inscription | None = None
    sitting: Sitting | None = None
    passed_on: tuple[tuple[Entry, Inscription], ...] = ()
    objection: str = ""
    preview: Preview | None = None


def last_step(
    speakers_list: SpeakersList, places: list[precedence.Place] | None = None, *, at: datetime
) -> Step | None:
    """The last `Step` on `speakers_list`, or None: what its undoing would do at the meeting's moment `at`.

    Two statements, three for a fixing, and one if the `places` of the list are not given.
    """
    found = _last_records(speakers_list)
    if not found:
        return None
    record, *passed_on = found
    entries = _mentioned(found, speakers_list)
    [sentence] = chronicle.sentences([record], speakers_list.meeting, chronicle.names_of(entries.values()))
    entry = entries.get(_key(record))
    step = Step(record, sentence, entry, passed_on=_as_passed_on(passed_on, entries))
    if objection := _objection(record, entry):
        return replace(step, objection=objection)
    places = places or precedence.bare_order(speakers_list)
    if record.act in FIXINGS:
        return _foreseen_fixing(step, places, at)
    return _foreseen_pin(step, entries, places, precedence.Rules.of(speakers_list))


def undo_last_move(
    speakers_list: SpeakersList, *, seen: str | None = None, based_on: int | None = None, by: Actor, at: datetime
) -> Inscription:
    """Take back the last move that was not undone: the entry has the pin, or sitting, that it had before.  R-20 R-64

    `based_on` is the journal position that the officer saw, `seen` what the page showed of the places (R-68). Journals
    one entry for each pin that it changes back; after a fixing, mails as that does. Returns the entry. Raises
    `UndoRefused`, `fixing.FixingRefused`, `pinning.PinRefused` or `stale_view.Overtaken`.
    """
    with locked(speakers_list) as speakers_list:
        step = last_step(speakers_list, at=at)
        stale_view.require_latest(speakers_list, based_on, concerning=[step.entry] if step and step.entry else [])
        if step is None:
            raise UndoRefused(_("There is no move to undo."))
        if step.objection or step.preview is None or step.entry is None:
            raise UndoRefused(step.objection)
        require_seen(step.preview, seen, UndoRefused)
        step.entry.speakers_list = speakers_list
        if step.record.act in FIXINGS:
            return _put_back_fixing(step, speakers_list, by=by, at=at)
        pinning.let_go(step.entry, speakers_list, by=by, at=at)
        _put_back(step.entry, step.record, speakers_list, act=UNDONE, by=by, at=at)
        for record, passed in step.passed_on:
            _put_back(_read(speakers_list).get(pk=passed.pk), record, speakers_list, act=PIN_MOVED, by=by, at=at)
        return step.entry


def _last_records(speakers_list):
    """The journal's entry of the last move that was not undone, and those of the pins that it passed on; [] if none."""
    acts = [PINNED, UNPINNED, *FIXINGS, *PASSED_ON, UNDONE, FIXING_UNDONE]
    latest = Entry.objects.of_stream(speakers_list.journal_stream).filter(act__in=acts).order_by("-sequence")
    undone, records_found = 0, list(latest[:LOOKS_BACK])
    for position, record in enumerate(records_found):
        if record.act in {UNDONE, FIXING_UNDONE}:
            undone += 1
        elif record.act not in PASSED_ON:
            if not undone:
                return _with_passed_on(records_found[position:])
            undone -= 1
    return []


def _with_passed_on(found):
    """The first of the records `found` (latest first) with the pins passed on in the same act, right before it."""
    record, *earlier = found
    kept = [record]
    for number, other in enumerate(earlier, start=1):
        is_of_the_same_act = (other.sequence, other.at) == (record.sequence - number, record.at)
        if other.act not in PASSED_ON or not is_of_the_same_act:
            break
        kept.append(other)
    return kept


def _payload(record) -> Any:
    return payload_of(record)


def _key(record):
    return record.subject.removeprefix(chronicle.PREFIX)


def _read(speakers_list):
    related = ("delegation", "level", "pinned_before", "fixed_sitting", "extension", "swapped_by")
    return speakers_list.inscriptions.select_related(*related)


def _mentioned(found, speakers_list):
    """The entries that the records `found` are about, or stood before, by their keys in the journal (one statement)."""
    keys = {_key(record) for record in found}
    for payload in filter(None, map(_payload, found)):
        keys |= {said["pinned_before"] for said in (payload.before, payload.after) if said.get("pinned_before")}
    return {str(entry.public_id): entry for entry in _read(speakers_list).filter(public_id__in=keys)}


def _as_passed_on(passed_on, entries):
    """Those of the records `passed_on` whose entries still have the pin that they were given, with these entries."""
    pairs = ((record, entries.get(_key(record))) for record in passed_on)
    return tuple((record, entry) for record, entry in pairs if entry and _is_as_moved(record, entry))


def _is_as_moved(record, entry):
    """Does `entry` stand, not yet called, with what the move `record` gave it?"""
    payload = _payload(record)
    is_there = payload is not None and entry.is_standing and not entry.is_called
    facts = records.facts(entry)
    return is_there and all(facts[name] == value for name, value in payload.after.items())


def _objection(record, entry):
    """Why the move `record` of `entry` can no longer be taken back, as a sentence; empty if it can, by the entry."""
    if _payload(record) is None:
        return _("What the journal held of this move has been erased: it cannot be taken back.")
    if entry is None or not entry.is_standing:
        return _("The entry has left the list: its move cannot be taken back.")
    if entry.is_called:
        return _("The entry has been called to the floor: its move cannot be taken back.")
    return "" if _is_as_moved(record, entry) else _("The entry has changed since; move it instead.")


def _foreseen_fixing(step, places, at):
    """The `step` with what undoing a fixing does: the place stays, the sitting is the former one."""
    before: Any = _payload(step.record).before
    sitting = Sitting.objects.filter(pk=before["fixed_sitting"]).select_related("meeting").first()
    if before["fixed_sitting"] and (sitting is None or sitting.ends_at <= at):
        return replace(step, objection=_("The sitting it was fixed to before is over; fix it to another instead."))
    if sitting:
        told = _("It is fixed again to the sitting it was fixed to before: %(sitting)s.") % {"sitting": sitting}
    else:
        told = _("It is no longer fixed to a sitting.")
    number = _number(places, step.entry)
    consequences = [told, _("The delegation is notified.")]
    return replace(step, sitting=sitting, preview=Preview([Move(step.entry, number, number)], consequences))


def _foreseen_pin(step, entries, places, rules):
    """The `step` with the places that undoing a pin leads to, by the `places` that the list has now."""
    trial = {place.inscription.pk: copy(place.inscription) for place in places}
    passed_on = pinning.passed_on(step.entry, [place.inscription for place in places], rules)
    pinning.pin_on_trial(trial, passed_on)
    for record, entry in [(step.record, step.entry), *step.passed_on]:
        if objection := _pin_on_trial(trial, entry, _payload(record).before, entries, rules):
            return replace(step, objection=objection)
    new = precedence.places(trial.values(), rules)
    return replace(step, preview=Preview([Move(step.entry, _number(places, step.entry), _number(new, step.entry))], []))


def _pin_on_trial(trial, entry, before, entries, rules):
    """Give `entry` on `trial` the pin that it had `before`. Returns why that cannot be, as a sentence, or nothing."""
    if "pinned_before" in before:
        key = before["pinned_before"]
        anchor = entries.get(key)
        if key and (anchor is None or not anchor.is_standing):
            return _("The entry it stood before has left the list; move it instead.")
        try:
            if anchor:
                stood = precedence.places(trial.values(), rules)
                pinning.require_place_among(stood, entry, anchor)
        except pinning.PinRefused as refusal:
            return str(refusal)
        trial[entry.pk].pinned_before_id = anchor and anchor.pk
    trial[entry.pk].is_pinned_last = before.get("is_pinned_last", trial[entry.pk].is_pinned_last)
    return ""


def _number(places, entry):
    return next(place.number for place in places if place.inscription.pk == entry.pk)


def _put_back(entry, record, speakers_list, *, act, by, at):
    """Give `entry` the pin that it had before the move `record`."""
    before: Any = _payload(record).before
    facts = records.facts(entry)
    entry.speakers_list = speakers_list
    if "pinned_before" in before:
        entry.pinned_before = _anchor(before["pinned_before"], speakers_list)
    entry.is_pinned_last = before.get("is_pinned_last", entry.is_pinned_last)
    entry.pin_reason = before.get("pin_reason", entry.pin_reason)
    entry.save(update_fields=pinning.PIN)
    records.record_change(act, entry, before=facts, by=by, at=at)


def _anchor(key, speakers_list):
    return speakers_list.inscriptions.select_related("delegation").get(public_id=key) if key else None


def _put_back_fixing(step, speakers_list, *, by, at):
    """Fix the entry to the sitting that it was fixed to before, if it is still possible, or to none."""
    if step.sitting:
        fixing.require_possible(step.sitting, speakers_list, at)
    reason = _payload(step.record).before["fixing_reason"]
    return fixing.keep(step.entry, FIXING_UNDONE, step.sitting, reason, by=by, at=at)
