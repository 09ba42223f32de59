"""Does what a meeting says contradict itself, and what is still missing before it can be published?  R-31

A pure check of rows, stored or not. It knows no list of speakers: `speakers/consistency.py` adds those, and is to be
asked about a whole meeting.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dialogue import moments
from dialogue.models import Contact, Meeting, ProgrammeSlot, Sitting, room_of, texts

MAY_LACK_A_TIME = {ProgrammeSlot.Kind.HEADING, ProgrammeSlot.Kind.FLOOR}
ENDS_A_SITTING = {ProgrammeSlot.Kind.SUSPENSION, ProgrammeSlot.Kind.CONCLUSION}
RESOLUTION = datetime.resolution
# The relations of a meeting whose rows make it whole.
RELATIONS = ("sittings", "contacts", "slots", "lists")


@dataclass(frozen=True)
class Objection:
    """What is wrong at the `field` of a `row`, in `words`.

    If something is only not there yet, `is_missing`; the row is then the meeting, and the field may be the name of the
    relation that lacks a row.
    """

    row: Any
    field: str
    words: str = dataclass_field(compare=False)
    is_missing: bool = False

    @property
    def value(self) -> Any:
        """What stands in the field at fault; None if something is missing."""
        return None if self.is_missing else getattr(self.row, self.field, None)

    @property
    def relation(self) -> str:
        """The relation of the meeting in which a row is at fault or lacking; empty if it is the meeting's own field."""
        if self.field in RELATIONS:
            return self.field
        return next((name for name in RELATIONS if isinstance(self.row, _model(name))), "")


def address_of(objection: Objection, meeting: Meeting) -> str:
    """The address of the place on the secretariat's pages of `meeting` where the `objection` is to be mended.

    A list beside the main one has a page of its own. That of a meeting that is not stored yet is a place on the page
    at hand.
    """
    if objection.relation == "lists" and objection.row != meeting and objection.row.slug and meeting.pk:
        return reverse("admin:speakers_speakerslist_change", args=[objection.row.pk])
    page = reverse("admin:dialogue_meeting_change", args=[meeting.pk]) if meeting.pk else ""
    return f"{page}#{objection.relation}-group" if objection.relation else f"{page}#id_{objection.field}"


@dataclass(frozen=True)
class InFull:
    """A meeting with its rows; of its contacts, the roles."""

    meeting: Meeting
    sittings: Iterable[Sitting] = ()
    slots: Iterable[ProgrammeSlot] = ()
    roles: set[str] = dataclass_field(default_factory=set)
    lists: Iterable[Any] = ()


def in_full(meeting: Meeting, typed: Iterable[Any] = ()) -> InFull:
    """The `meeting` with its stored rows, each replaced by the one in `typed` that stands for it, and with new ones.

    Four statements at most.
    """
    rows: dict[str, list[Any]] = {}
    for name in RELATIONS:
        own = [row for row in typed if isinstance(row, _model(name))]
        stored = getattr(meeting, name).all() if meeting.pk else []
        rows[name] = [row for row in stored if row not in own] + own
    roles = {contact.role for contact in rows["contacts"]}
    return InFull(meeting, rows["sittings"], rows["slots"], roles, rows["lists"])


def refused(
    now: Iterable[Objection], before: Iterable[Objection], *, is_published: bool, was_published: bool
) -> list[Objection]:
    """Those objections for which a meeting that would have them `now`, and had others `before`, is not saved.

    No contradiction is saved, and nothing is published, or goes on being published, that lacks something. What is at
    fault already and stays as it is stops no one, so a meeting may be mended step by step; to publish it, all must be.
    """
    counted = [each for each in now if is_published or not each.is_missing]
    if is_published and not was_published:
        return counted
    known = [(each, each.value) for each in before]
    return [each for each in counted if (each, each.value) not in known]


def contradictions(meeting: Meeting) -> list[str]:
    """Why the programme of `meeting` as it is stored cannot be released, in sentences.  R-31"""
    return [each.words for each in objections(in_full(meeting)) if not each.is_missing]


def objections(whole: InFull) -> Iterator[Objection]:
    """What contradicts itself in the meeting's hours and programme, then what is missing."""
    for check in (_sittings, _floor, _slots, _missing):
        yield from check(whole)


def _sittings(whole):
    meeting, last = whole.meeting, dict[str, Any]()
    for sitting in sorted(whole.sittings, key=lambda each: each.starts_at):
        room = sitting.room if meeting.has_several_rooms else ""
        before = last.get(room)
        if sitting.starts_at >= sitting.ends_at:
            yield Objection(sitting, "ends_at", _("A sitting must start before it ends."))
        if sitting.starts_at < meeting.starts_at:
            yield Objection(sitting, "starts_at", _("A sitting may not start before its meeting."))
        if sitting.ends_at > meeting.ends_at:
            yield Objection(sitting, "ends_at", _("A sitting may not end after its meeting."))
        if before and sitting.starts_at < before.ends_at:
            facts = {"moment": _when(sitting.starts_at, meeting), "zone": moments.zone_in_words(meeting.time_zone)}
            yield Objection(sitting, "starts_at", _("Two sittings overlap at %(moment)s (%(zone)s).") % facts)
        last[room] = max(before or sitting, sitting, key=lambda each: each.ends_at)


def _floor(whole):
    opens_at = whole.meeting.floor_opens_at
    if opens_at and whole.sittings and not _is_during(opens_at, whole):
        yield Objection(whole.meeting, "floor_opens_at", _("The floor must open during a sitting."))


def _slots(whole):
    before, last = None, dict[str, Any]()
    for slot in sorted(whole.slots, key=lambda each: each.position):
        if before and slot.position == before.position:
            yield Objection(slot, "position", _("Another line of the programme has this position."))
        before = slot
        if slot.starts_at is None:
            yield from _without_time(slot)
            continue
        yield from _ends(slot, whole)
        yield from _overlap(slot, last, whole.meeting)
        if slot.is_of_a_sitting and whole.sittings and not _is_at_its_place(slot, whole):
            words = _("“%(line)s” at %(moment)s is outside all sittings.")
            yield Objection(slot, "starts_at", words % _facts(slot, whole.meeting))
        if not _is_on_a_day_of(whole.meeting, slot):
            words = _("“%(line)s” is on a day on which the meeting is not held.")
            yield Objection(slot, "starts_at", words % {"line": slot})
        last[_room(slot, whole.meeting)] = last[""] = slot


def _without_time(slot):
    """Only a heading and the list of speakers may lack a time, and what has no beginning has no end."""
    if slot.kind not in MAY_LACK_A_TIME:
        words = _("“%(line)s” lacks a time: only a heading and the list of speakers may.")
        yield Objection(slot, "starts_at", words % {"line": slot})
    elif slot.ends_at:
        words = _("“%(line)s” has an end, and no beginning.")
        yield Objection(slot, "ends_at", words % {"line": slot})


def _ends(slot, whole):
    """A line ends after it begins, and as a part of a sitting no later than that."""
    if slot.ends_at is None:
        return
    if slot.ends_at <= slot.starts_at:
        yield Objection(slot, "ends_at", _("A line of the programme must start before it ends."))
    elif slot.is_of_a_sitting:
        held = [each for each in whole.sittings if each.is_held_at(slot.starts_at)]
        here = [each for each in held if each.room == room_of(slot, whole.sittings)] or held
        if held and slot.ends_at > here[-1].ends_at:
            words = _("“%(line)s” may not end after its sitting.")
            yield Objection(slot, "ends_at", words % {"line": slot})


def _is_on_a_day_of(meeting, slot):
    """Is an event on one of the days from the first of the meeting to its last? Only these are named.  R-64"""
    days = [at.astimezone(meeting.zone).date() for at in (meeting.starts_at, slot.starts_at, meeting.ends_at)]
    return slot.is_of_a_sitting or days == sorted(days)


def _room(slot, meeting):
    """Where lines may not overlap with this one: everywhere, unless the meeting has several rooms.  R-31"""
    return f"in {texts.known_by(slot.place)}" if meeting.has_several_rooms else ""


def _overlap(slot, last, meeting):
    """A line begins after the one before it, and within one room once that one is over.  R-31"""
    own, before = last.get(_room(slot, meeting)), last.get("")
    if own and slot.starts_at < max(own.ends_at or own.starts_at, own.starts_at + RESOLUTION):
        words = _("“%(line)s” at %(moment)s overlaps with “%(before)s”, the line before it.")
        yield Objection(slot, "starts_at", words % {**_facts(slot, meeting), "before": own})
    elif before and slot.starts_at < before.starts_at:
        words = _("“%(line)s” at %(moment)s stands after “%(before)s”, which begins later.")
        yield Objection(slot, "starts_at", words % {**_facts(slot, meeting), "before": before})


def _facts(slot, meeting):
    return {"line": slot, "moment": _when(slot.starts_at, meeting)}


def _missing(whole):
    kinds, lacks = {slot.kind for slot in whole.slots}, []
    if not str(whole.meeting.invitation):
        lacks.append(("invitation", _("The text of the invitation is missing.")))
    if not whole.sittings:
        lacks.append(("sittings", _("The sittings are missing: when the meeting is held.")))
    if Contact.Role.INSCRIPTION not in whole.roles:
        words = _("A contact for inscription is missing: delegations need to know whom to write to.")
        lacks.append(("contacts", words))
    if not kinds:
        lacks.append(("slots", _("The programme is missing.")))
    elif ProgrammeSlot.Kind.FLOOR not in kinds:
        lacks.append(("slots", _("The line of the programme at which the list of speakers begins is missing.")))
    for name, words in lacks:
        yield Objection(whole.meeting, name, words, is_missing=True)


def _is_during(at, whole):
    return any(sitting.is_held_at(at) for sitting in whole.sittings)


def _is_at_its_place(slot, whole):
    at = slot.starts_at
    is_end = slot.kind in ENDS_A_SITTING and any(at == sitting.ends_at for sitting in whole.sittings)
    return is_end or _is_during(at, whole)


def _when(at: datetime, meeting: Meeting) -> str:
    """The time of day of `at` inside a sentence, with its day if the meeting has several.  R-64"""
    facts = {"time": moments.time_in_words(at, meeting), "day": moments.date_in_words(at, meeting)}
    return _("%(time)s on %(day)s") % facts if meeting.has_several_days else facts["time"]


def _model(relation) -> Any:
    return Meeting._meta.get_field(relation).related_model
