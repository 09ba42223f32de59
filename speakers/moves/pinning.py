"""Pinning an entry before another, with a reason shown beside it.  R-20"""

from copy import copy
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from acts.locking import locked
from acts.refusals import Refusal
from journal.actors import Actor
from speakers import numbering, records
from speakers.models import Inscription, SpeakersList
from speakers.moves import stale_view
from speakers.order import precedence

# The fields of an entry that are its pin.
PIN = ["pinned_before", "is_pinned_last", "pin_reason"]


class PinRefused(Refusal):
    """The entry cannot be pinned there. `asks_twice` is true if confirming that it crosses bands would allow it."""


def pin(
    inscription: Inscription,
    *,
    before: Inscription,
    reason: str,
    seen: str | None = "",
    based_on: int | None = None,
    by: Actor,
    at: datetime,
) -> Inscription:
    """Place `inscription` right before the entry `before` of the same list, for a mandatory `reason`.  R-20

    Into another band only if a page has said so and that was `seen`, of this anchor; None stands for any. `at` is the
    meeting's moment; `based_on` the journal position the officer saw, if their page states it. Journals; sends nothing.
    Raises `PinRefused`, whose `shown` is what is to be seen, or `stale_view.Overtaken` if a colleague was faster.
    """
    if not reason.strip():
        raise PinRefused(_("Give the reason: it is shown with the entry."), "reason")

    with locked(inscription.speakers_list) as speakers_list:
        stale_view.require_latest(speakers_list, based_on, concerning=[inscription, before])
        places = {place.inscription.pk: place for place in precedence.speaking_order(speakers_list)}
        own: Any = places.get(inscription.pk)
        other: Any = places.get(before.pk)
        _object(own, other, places, seen=seen)
        entry = own.inscription
        facts = records.facts(entry)
        let_go(entry, speakers_list, by=by, at=at)
        entry.pinned_before, entry.is_pinned_last, entry.pin_reason = other.inscription, False, reason.strip()
        entry.save(update_fields=PIN)
        records.record_change("pinned", entry, before=facts, always="pinned_before", by=by, at=at, reason=reason)
        return entry


def unpin(inscription: Inscription, *, based_on: int | None = None, by: Actor, at: datetime) -> Inscription:
    """Return `inscription` to its computed place.  R-20

    `based_on` as for `pin`. Journals. Raises `PinRefused` if it is not pinned, or `stale_view.Overtaken`.
    """
    with locked(inscription.speakers_list) as speakers_list:
        stale_view.require_latest(speakers_list, based_on, concerning=[inscription])
        entry = Inscription.objects.select_related("delegation", "level", "pinned_before").get(pk=inscription.pk)
        entry.speakers_list = speakers_list
        if not entry.is_pinned:
            raise PinRefused(_("This entry is not pinned."))
        facts = records.facts(entry)
        entry.pinned_before, entry.is_pinned_last, entry.pin_reason = None, False, ""
        entry.save(update_fields=PIN)
        records.record_change("unpinned", entry, before=facts, by=by, at=at)
        return entry


def let_go(entry: Inscription, speakers_list: SpeakersList, *, may_stay: bool = False, by: Actor, at: datetime) -> None:
    """Before `entry` leaves its place: pin what was pinned before it to the entry that follows, or to the end.

    So a withdrawal or a change of class moves no third delegation, and a pin stays until staff remove it. With
    `may_stay` the `entry` has changed and is not stored yet; if it keeps its place anyway, nothing is done. Journals
    each pin that passes on.
    """
    if not Inscription.objects.standing().filter(pinned_before=entry).exists():
        return
    if may_stay and not _would_move(entry, speakers_list):
        return
    listed = [place.inscription for place in precedence.speaking_order(speakers_list)]
    for pinned, anchor in passed_on(entry, listed, precedence.Rules.of(speakers_list)):
        pinned.speakers_list = speakers_list
        facts = records.facts(pinned)
        pinned.pinned_before, pinned.is_pinned_last = anchor, anchor is None
        pinned.save(update_fields=PIN)
        act = "pin moved" if anchor else "pinned to the end"
        records.record_change(act, pinned, before=facts, by=by, at=at)


def _would_move(entry, speakers_list):
    """Would any entry of `speakers_list` change places once the turn and the level of `entry` are stored?"""
    listed = [place.inscription for place in precedence.speaking_order(speakers_list)]
    trial = [copy(other) for other in listed]
    for changed in [other for other in trial if other == entry]:
        for name in ["level", "precedence_class", *numbering.TURN]:
            setattr(changed, name, getattr(entry, name))
    return precedence.order(trial, precedence.Rules.of(speakers_list)) != listed


def passed_on(entry: Any, listed: list[Any], rules: precedence.Rules) -> list[tuple[Any, Any]]:
    """The entries to pin again when `entry` leaves its place, each with its new anchor (None: the end of the list).

    Pure: of those `listed`, in speaking order. Entries pinned to one place stand in their computed order. If that would
    change their order, each of them is pinned before the next one.
    """
    others = [other for other in listed if other.pk != entry.pk]
    held = [other for other in others if other.pinned_before_id == entry.pk]
    own = next(number for number, other in enumerate(listed) if other.pk == entry.pk)
    anchor = next(iter(others[own:]), None)
    passed = [(pinned, anchor) for pinned in held]
    if _keys(_order_with(passed, others, rules)) == _keys(others):
        return passed
    there = [other for other in others if other in held or _is_pinned_to(other, anchor)]
    following = dict(zip(_keys(others), [*others[1:], None], strict=True))
    return [(pinned, following[pinned.pk]) for pinned in there]


def _keys(entries):
    return [entry.pk for entry in entries]


def _is_pinned_to(entry, anchor):
    """Is `entry` pinned before `anchor` or, if that is None, to the end?"""
    return entry.is_pinned_last if anchor is None else entry.pinned_before_id == anchor.pk


def _order_with(pins, entries, rules):
    """Copies of the `entries` in the order they would have with these `pins`."""
    trial = {entry.pk: copy(entry) for entry in entries}
    pin_on_trial(trial, pins)
    return precedence.order(trial.values(), rules)


def pin_on_trial(trial: dict[int, Any], pins: list[tuple[Any, Any]]) -> None:
    """Give entries of `trial`, copies by their keys, these `pins`: pairs of an entry and its anchor (None: the end)."""
    for pinned, anchor in pins:
        trial[pinned.pk].pinned_before_id = anchor and anchor.pk
        trial[pinned.pk].is_pinned_last = anchor is None


def exchange_anchors(
    first: Inscription, second: Inscription, speakers_list: SpeakersList, *, by: Actor, at: datetime
) -> None:
    """After a swap of `first` and `second`, keep what is pinned before either at its place, before the other.  R-26"""
    other: dict[int | None, Inscription] = {first.pk: second, second.pk: first}
    held = Inscription.objects.standing().filter(pinned_before__in=other)
    for pinned in held.select_related("delegation", "level", "pinned_before").order_by("receipt_no"):
        pinned.speakers_list = speakers_list
        facts = records.facts(pinned)
        pinned.pinned_before = other[pinned.pinned_before_id]
        pinned.save(update_fields=["pinned_before"])
        records.record_change("pin moved", pinned, before=facts, by=by, at=at)


def require_place_among(stood: list[precedence.Place], entry: Any, anchor: Any) -> None:
    """Raise `PinRefused` if `entry` cannot stand before `anchor` on a list that has the places `stood`."""
    places = {place.inscription.pk: place for place in stood}
    _object(places.get(entry.pk), places.get(anchor.pk), places, seen=None)


def _object(own, other, places, *, seen):
    """Raise `PinRefused` if the place `own` cannot stand before the place `other`."""
    if own is None or other is None:
        raise PinRefused(_("Both entries must hold a place on this list."), "before")
    if own.inscription.is_called or other.inscription.is_called:
        raise PinRefused(
            _("One of them has already been called to the floor; only waiting entries can be moved."), "before"
        )
    anchor = other
    while anchor is not None:
        if anchor.inscription.pk == own.inscription.pk:
            raise PinRefused(
                _("An entry cannot be pinned before itself or before one that is pinned before it."), "before"
            )
        anchor = places.get(anchor.inscription.pinned_before_id)
    shown = f"{other.inscription.pk} {own.band} {other.band}"
    if own.band != other.band and seen not in (None, shown):
        words = _("This moves the entry from “%(own)s” into “%(other)s”. Confirm that it is to cross bands.")
        facts = {"own": own.band_label, "other": other.band_label}
        raise PinRefused(words % facts, "seen", asks_twice=True, shown=shown)
