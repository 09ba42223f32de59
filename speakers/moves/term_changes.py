"""Changing the terms of a list: who may inscribe, its sittings, and what its order rests on.  R-17 R-21 R-61 R-62"""

from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from acts.foreseeing import InWords, require_seen
from acts.locking import locked
from acts.refusals import Refusal
from dialogue.models import Meeting
from journal import recording
from journal.actors import Actor
from speakers import numbering, records
from speakers.mail import order_notices
from speakers.models import Band, Revision, SpeakersList
from speakers.moves import level_changes, previewing, swapping, terms_in_words
from speakers.order import policies, precedence
from speakers.publishing import revisions
from spelling.listing import listed

# Terms on which no place rests.
SCOPE = ("open_to", "heard_in", "seats_by_selection")
# Terms whose change is announced as one of the order, even if no one moves.
OF_THE_ORDER = {"policy", "level_before_band", "ranks", "places"}
SAVED = [*SCOPE, "policy", "level_before_band", "ranks", "levels", "places"]
STANDING = ["place_band", "place_ground", "precedence_class", *numbering.TURN]


class TermsRefused(Refusal):
    """The terms of the list cannot be changed so. `asks_twice` is true until a page has shown what that does."""


@dataclass(frozen=True, kw_only=True)
class Changes:
    """The terms that are to change. `ranks` by band, `classes` by code of a level, `places` by code of a delegation.

    `added` are the levels that the list is to have besides its own, by code with their classes, and `removed` the codes
    of those it is to lose. A place is a dictionary of `category`, `band`, `ground` and `speaks_for_groups`. `heard_in`
    are keys of sittings, `seats` the number that is given by selection. What is None or not named stays.
    """

    open_to: str | None = None
    heard_in: list[int] | None = None
    seats: int | None = None
    policy: str | None = None
    level_before_band: bool | None = None
    ranks: dict[str, int] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    added: dict[str, int] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    places: dict[str, dict[str, Any]] = field(default_factory=dict)


def change_terms(
    speakers_list: SpeakersList,
    changes: Changes,
    *,
    seen: str | None = None,
    reason: str,
    by: Actor,
    at: datetime,
) -> Meeting:
    """Carry out the `changes` of the terms of `speakers_list`, for a mandatory `reason`.  R-21 R-61

    A change of terms that are fixed publishes a revision and is mailed to all inscribed. A page says what it has `seen`
    of it: every term that changes, and who moves from where to where; see `require_seen` (R-68). `at` is the meeting's
    moment. Journals. Raises `TermsRefused`; if it asks for the confirmation, its `details` say all that.
    """
    if not reason.strip():
        raise TermsRefused(_("Give the reason: every inscribed delegation will read it."), "reason")

    with locked(SpeakersList.objects.with_places().filter(pk=speakers_list.pk)) as speakers_list:
        is_fixed, former = speakers_list.has_fixed_terms(at), copy(speakers_list)
        before, stood = records.terms(speakers_list), precedence.speaking_order(speakers_list)
        _object(speakers_list, changes, at=at)
        _apply(speakers_list, changes)
        if (after := records.terms(speakers_list)) == before:
            raise TermsRefused(_("The list already has these terms."), "policy")
        speakers_list.save(update_fields=SAVED)
        _place_again(speakers_list, is_other_policy=after["policy"] != before["policy"], by=by, at=at)
        places = precedence.speaking_order(speakers_list)
        if is_fixed and seen is not None:
            require_seen(_preview(former, speakers_list, stood, places), seen, TermsRefused)
        swapping.end_open(speakers_list, why=gettext_noop("The order of the list has changed."), by=by, at=at)
        witness = _record(speakers_list, before, after, reason, by=by, at=at)
        if is_fixed:
            revisions.freeze(speakers_list, kind=Revision.Kind.PUBLISHED, as_at=at, by=by, comment=reason.strip())
            is_of_order = any(after[name] != before[name] for name in OF_THE_ORDER) or previewing.moves(stood, places)
            announce = order_notices.announce_order if is_of_order else order_notices.announce_terms
            announce(speakers_list, places, reason=reason, occasion=witness.hash)
        return speakers_list.meeting


def _object(speakers_list, changes, *, at):
    if at >= speakers_list.meeting.starts_at or speakers_list.inscriptions.filter(called_at__isnull=False).exists():
        raise TermsRefused(_("The meeting has started: its order can no longer be changed."))
    is_new = changes.policy not in (None, speakers_list.policy)
    if is_new and changes.policy == SpeakersList.Policy.OPENING_WINDOW and speakers_list.has_opened(at):
        words = _("A draw at the opening needs a commitment published before the list opens, and it has opened.")
        raise TermsRefused(words, "policy")
    ranks = {**speakers_list.ranks, **changes.ranks}
    if len(set(ranks.values())) < len(ranks):
        raise TermsRefused(_("No two bands may have the same rank."))
    if any(place["band"] == Band.GROUPS for place in changes.places.values()):
        raise TermsRefused(_("An entry stands among groups only while it speaks for one."), "band")
    _object_to_sittings(speakers_list, changes.heard_in)
    _object_to_seats(speakers_list, changes.seats)
    if speakers_list.levels is None and (changes.places or _of_levels(changes)):
        raise TermsRefused(_("The list has not opened: change the level or the delegation itself."))
    if found := level_changes.objection(
        speakers_list, classes=changes.classes, added=changes.added, removed=changes.removed
    ):
        raise TermsRefused(*found)


def _object_to_sittings(speakers_list, heard_in):
    """Refuse that a list is no longer heard in a sitting to which entries are fixed.  R-64"""
    if not heard_in:
        return
    fixed = speakers_list.inscriptions.active().filter(fixed_sitting__isnull=False).exclude(fixed_sitting__in=heard_in)
    if held := [str(entry.delegation) for entry in fixed.select_related("delegation")]:
        words = _("Fixed to a sitting in which the list would no longer be heard: %(entries)s. Release them first.")
        raise TermsRefused(words % {"entries": listed(held)}, "heard_in")


def _object_to_seats(speakers_list, seats):
    """Refuse another way of giving seats once the list has opened, and fewer seats than are given already."""
    if seats is None or seats == speakers_list.seats_by_selection:
        return
    if not (seats and speakers_list.is_by_selection):
        words = _("Whether seats are given by selection is fixed when the list opens. Write how many there are.")
        raise TermsRefused(words, "seats")
    if seats < (given := speakers_list.inscriptions.active().count()):
        raise TermsRefused(_("More seats are given already: %(count)d.") % {"count": given}, "seats")


def _of_levels(changes):
    return changes.classes or changes.added or changes.removed


def _apply(speakers_list, changes):
    """Let the locked `speakers_list` have the changed terms."""
    if changes.open_to is not None:
        speakers_list.open_to = str(changes.open_to)
    if changes.heard_in is not None:
        speakers_list.heard_in = changes.heard_in
    if changes.seats is not None:
        speakers_list.seats_by_selection = changes.seats
    if changes.policy is not None:
        speakers_list.policy = str(changes.policy)
    if changes.level_before_band is not None:
        speakers_list.level_before_band = changes.level_before_band
    speakers_list.ranks = {**speakers_list.ranks, **changes.ranks}
    speakers_list.levels = speakers_list.levels and [
        level | {"precedence_class": changes.classes.get(level["code"], level["precedence_class"])}
        for level in speakers_list.levels
    ]
    if changes.added or changes.removed:
        level_changes.apply(speakers_list, added=changes.added, removed=changes.removed)
    if changes.places:
        speakers_list.places = {**speakers_list.places, **changes.places}


def _place_again(speakers_list, *, is_other_policy, by, at):
    """Place every entry where the changed terms put it; a delegation for which they fix no place keeps its own.

    Under another policy no entry keeps the turn it got by a swap, and lots are those of the new policy's draw, if it
    was held; if receipts alone decide, changes of class end too. Otherwise a swap ends if one of its sides has another
    band or class now.
    """
    related = ("delegation", "level", "pinned_before", "swapped_by", "extension")
    entries = list(speakers_list.inscriptions.active().select_related(*related))
    before = {entry.pk: records.facts(entry) for entry in entries}
    for entry in entries:
        entry.speakers_list = speakers_list
        if speakers_list.levels is not None:
            entry.take_level(entry.level)
        if speakers_list.fixed_for(entry.delegation.code) is not None:
            entry.take_place(entry.delegation.place_on_list(speakers_list))
    if is_other_policy:
        _give_turns_of(speakers_list, entries)
    else:
        ended = {entry.swapped_by_id for entry in entries if records.facts(entry) != before[entry.pk]}
        for entry in entries:
            if entry.is_swapped and entry.swapped_by_id in ended:
                numbering.give_own_turn(entry)
    for entry in entries:
        if records.facts(entry) != before[entry.pk]:
            entry.save(update_fields=STANDING)
            records.record_change("placed by other terms", entry, before=before[entry.pk], by=by, at=at)


def _give_turns_of(speakers_list, entries):
    has_classes = policies.policy_named(speakers_list.policy).has_classes
    draw = speakers_list.draws.filter(kind=speakers_list.policy, drawn_at__isnull=False).first()
    for entry in entries:
        if entry.is_swapped or not has_classes:
            numbering.give_own_turn(entry)
        entry.lot = draw.lot_of(entry) if draw else ""


def _preview(former, speakers_list, stood, places):
    """What changes, who moves from where to where in the new order, or that no one does, and who is told.  R-68"""
    moved = [move.in_words() for move in previewing.moves(stood, places)] or [_("No entry moves.")]
    told = _("All inscribed delegations will be told, and a revision published. Confirm that you want it.")
    return InWords([*terms_in_words.changed(former, speakers_list), *moved, told])


def _record(speakers_list, before, after, reason, *, by, at):
    changed = [name for name in after if after[name] != before[name]]
    return recording.record(
        "order changed",
        stream=speakers_list.journal_stream,
        subject="list",
        by=by,
        at=at,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        reason=reason,
    )
