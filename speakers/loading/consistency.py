"""Is a meeting's file consistent as a whole? Each of its facts is well formed already.  R-31 R-04

Each check yields `(where, reason)`: the path of the fact at fault, and a sentence. Times are wall-clock times.
"""

from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from dialogue.models import Contact, Meeting, ProgrammeSlot
from speakers.models import Band

MAY_LACK_A_TIME = {ProgrammeSlot.Kind.HEADING, ProgrammeSlot.Kind.FLOOR}
ENDS_A_SITTING = {ProgrammeSlot.Kind.SUSPENSION, ProgrammeSlot.Kind.CONCLUSION}


def objections(facts: dict[str, Any]) -> Iterator[Any]:
    """Everything that is wrong with the shaped `facts`, in order: pairs of a path and a reason."""
    for check in (_moments, _sittings, _floor, _slots, _contacts, _bands):
        yield from check(facts)


def _moments(facts):
    """Every wall-clock time must exist in the meeting's zone: an hour is missing when summer time starts."""
    zone = Meeting(time_zone=facts["meeting"]["time_zone"]).zone
    for where, time in _times(facts):
        if not _exists(time, zone):
            words = _("%(time)s is not a time that clocks show in %(zone)s.")
            yield where, words % {"time": time.isoformat(" ", "minutes"), "zone": zone.key}


def _exists(time, zone):
    if not MINYEAR < time.year < MAXYEAR:  # in other years, some zone leaves the calendar
        return False
    return time.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == time


def _times(value, path=()):
    """Every wall-clock time under `value` with its path."""
    if isinstance(value, datetime):
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _times(item, (*path, key))


def _sittings(facts):
    last = None
    for index, sitting in enumerate(facts["sittings"]):
        if sitting["starts_at"] >= sitting["ends_at"]:
            yield ("sittings", index, "ends_at"), _("A sitting must start before it ends.")
        if last and sitting["starts_at"] < last["ends_at"]:
            yield ("sittings", index, "starts_at"), _("A sitting may not start before the one above it has ended.")
        last = sitting


def _floor(facts):
    opens_at = facts["floor"]["opens_at"]
    if opens_at and not _is_during(opens_at, facts["sittings"]):
        yield ("floor", "opens_at"), _("The floor must open during a sitting.")


def _is_during(time, sittings):
    return any(sitting["starts_at"] <= time < sitting["ends_at"] for sitting in sittings)


def _slots(facts):
    last = None
    for index, slot in enumerate(facts["slots"]):
        where, time = ("slots", index, "starts_at"), slot["starts_at"]
        if time is None:
            if slot["kind"] not in MAY_LACK_A_TIME:
                yield where[:2], _("“starts_at” is missing: only a heading and the list of speakers may lack a time.")
            continue
        if last and time <= last:
            yield where, _("A line of the programme must start after the one above it.")
        if not _is_at_its_place(slot, facts["sittings"]):
            yield where, _("This line of the programme lies outside the sittings.")
        last = time


def _is_at_its_place(slot, sittings):
    time = slot["starts_at"]
    is_end = slot["kind"] in ENDS_A_SITTING and any(time == sitting["ends_at"] for sitting in sittings)
    return is_end or _is_during(time, sittings)


def _contacts(facts):
    if Contact.Role.INSCRIPTION not in [contact["role"] for contact in facts["contacts"]]:
        yield ("contacts",), _("A contact for “inscription” is missing: delegations need to know whom to write to.")


def _bands(facts):
    codes = [band["code"] for band in facts["bands"]]
    ranks = [band["rank"] for band in facts["bands"]]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            yield ("bands", index, "code"), _("The band “%(code)s” already has a rank.") % {"code": code}
        if index and ranks[index] <= ranks[index - 1]:
            yield ("bands", index, "rank"), _("Ranks rise from band to band: this one must be above the one before.")
    if missing := [code for code in Band.values if code not in codes]:
        yield ("bands",), _("The band “%(code)s” is missing.") % {"code": missing[0]}
