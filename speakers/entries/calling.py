"""Called to the floor: from then on an entry is changed only in the room.  R-05 R-32

These functions act on a meeting that the caller has locked; the caller records what happens in the room.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from acts.refusals import Refusal
from journal.actors import Actor
from speakers import numbering, records
from speakers.models import Inscription, SpeakersList
from speakers.moves import pinning, swapping


class CallRefused(Refusal):
    """The entry cannot be called, or the call cannot be taken back; the message says why."""


def why_not_any_more() -> str:
    """Why a delegation can no longer change or withdraw its entry, and what to do."""
    return _("This entry has been called to the floor. Please speak to the conference officer in the room.")


def call(inscription: Inscription, speakers_list: SpeakersList, *, by: Actor, at: datetime) -> Inscription:
    """Note that `inscription` was called to the floor at the moment `at` of the locked `speakers_list`.  R-32

    Journals, and ends any swap proposed by or to it. Raises `CallRefused` unless it holds a place and waits.
    """
    entry = _fresh(inscription, speakers_list)
    if not entry.is_standing or entry.is_called:
        words = _("%(delegation)s is not waiting to be called.")
        raise CallRefused(words % {"delegation": entry.delegation})
    _save(entry, "called", called_at=at, by=by, at=at)
    swapping.end_open(
        speakers_list, of=entry, why=gettext_noop("One of the two was called to the floor."), by=by, at=at
    )
    return entry


def take_back(inscription: Inscription, speakers_list: SpeakersList, *, by: Actor, at: datetime) -> Inscription:
    """Return a called `inscription` of the locked `speakers_list` to waiting, at its former place.  R-34

    Journals. Raises `CallRefused` unless it was called.
    """
    return _save(_called(inscription, speakers_list), "call taken back", called_at=None, by=by, at=at)


def move_to_end_of_class(
    inscription: Inscription, speakers_list: SpeakersList, *, by: Actor, at: datetime
) -> Inscription:
    """Return a called but absent `inscription` to waiting, at the end of its class; its pin is removed.  R-32

    Journals. Raises `CallRefused` unless it was called.
    """
    entry = _called(inscription, speakers_list)
    pinning.let_go(entry, speakers_list, by=by, at=at)
    before = records.facts(entry)
    numbering.move_to_end_of_class(entry, speakers_list)
    entry.called_at, entry.absent_at = None, at
    entry.pinned_before, entry.is_pinned_last, entry.pin_reason = None, False, ""
    entry.save(update_fields=["called_at", *pinning.PIN, *numbering.TURN])
    records.record_change("moved to the end of its class", entry, before=before, by=by, at=at)
    return entry


def call_back(
    inscription: Inscription, speakers_list: SpeakersList, *, place: dict[str, Any], by: Actor, at: datetime
) -> Inscription:
    """Undo an absence: `inscription` is called again, from the `place` it had (see `place_of`).  R-34

    Entries pinned before it that were moved to its follower stay there. Journals. Raises `CallRefused` unless it
    holds a place and waits.
    """
    entry = _fresh(inscription, speakers_list)
    if not entry.is_standing or entry.is_called:
        raise CallRefused(_("%(delegation)s is not waiting to be called.") % {"delegation": entry.delegation})
    before = records.facts(entry)
    anchor = (
        Inscription.objects.standing().filter(speakers_list=speakers_list, public_id=place["pinned_before"]).first()
    )
    entry.pinned_before, entry.is_pinned_last = anchor, place.get("is_pinned_last", False)
    entry.pin_reason = place["pin_reason"] if entry.is_pinned else ""
    for name in ("class_seq", "class_move", "lot", "class_by_swap"):
        setattr(entry, name, place[name])
    entry.swapped_by = speakers_list.swaps.filter(public_id=place["swapped_by"]).first()
    entry.called_at, entry.absent_at = at, None
    entry.save(update_fields=["called_at", *pinning.PIN, *numbering.TURN])
    records.record_change("absence taken back", entry, before=before, by=by, at=at)
    return entry


def place_of(inscription: Inscription) -> dict[str, Any]:
    """What decides the place of `inscription`, as plain values for `call_back`."""
    anchor, swap = inscription.pinned_before, inscription.swapped_by
    return {
        "class_seq": inscription.class_seq,
        "class_move": inscription.class_move,
        "lot": inscription.lot,
        "class_by_swap": inscription.class_by_swap,
        "swapped_by": str(swap.public_id) if swap else None,
        "pinned_before": str(anchor.public_id) if anchor else None,
        "is_pinned_last": inscription.is_pinned_last,
        "pin_reason": inscription.pin_reason,
    }


def _fresh(inscription, speakers_list):
    entry = Inscription.objects.select_related("delegation", "level", "pinned_before").get(pk=inscription.pk)
    entry.speakers_list = speakers_list
    return entry


def _called(inscription, speakers_list):
    entry = _fresh(inscription, speakers_list)
    if not entry.is_called:
        raise CallRefused(_("%(delegation)s was not called.") % {"delegation": entry.delegation})
    return entry


def _save(entry, act, *, called_at, by, at):
    before = records.facts(entry)
    entry.called_at = called_at
    entry.save(update_fields=["called_at"])
    records.record_change(act, entry, before=before, by=by, at=at)
    return entry
