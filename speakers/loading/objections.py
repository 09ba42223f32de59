"""What is wrong with a meeting's file as a whole, each objection at its place.  R-31 R-04

Each fact is well formed already. What every meeting is asked stands in `speakers/consistency.py`; here stands what only
a file can get wrong.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dialogue import typed
from dialogue.consistency import InFull, Objection
from dialogue.models import Contact, Meeting, ProgrammeSlot, Sitting, texts
from speakers import consistency
from speakers.loading import rows
from speakers.loading.toml_lines import Place
from speakers.models import Delegation, Level, Registered, SpeakersList

Faults = list[tuple[Place, str]]
# The rows of a list that it is judged by.
ROWS_OF_TERMS = ("bands", "levels", "limits")


def objections(facts: dict[str, Any], faults: Faults | None = None) -> Faults:
    """Everything that is wrong with the shaped `facts`, with the `faults` found when they were shaped.

    Pairs of a path and a reason. What a fault leaves unknown is not judged: nothing is said to contradict it. What is
    only missing is no fault; see `lacking`.
    """
    faults = list(faults or [])
    if facts["meeting"]["time_zone"]:
        skewed = list(_moments(facts))
        facts = _without([where for where, _reason in skewed], facts)
        faults += skewed
    faults += _twice(facts)
    faults += _days(facts)
    faults += _groups(facts)
    faults += _levels(facts)
    faults += _sittings(facts)
    faults += _footnotes(facts)
    return faults + list(_as_a_whole(facts, faults))


def _moments(facts):
    """Every wall-clock time must be a moment in the meeting's zone."""
    zone = Meeting(time_zone=facts["meeting"]["time_zone"]).zone
    for where, time in _times(facts):
        try:
            typed.moment(time, zone)
        except ValidationError as error:
            yield where, error.messages[0]


def _times(value, path=()):
    """Every wall-clock time under `value` with its path."""
    if isinstance(value, datetime):
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _times(item, (*path, key))


def _without(places, value, path=()):
    """The facts in `value`, with None at each of the `places`."""
    if path in places:
        return None
    if isinstance(value, dict):
        return {key: _without(places, item, (*path, key)) for key, item in value.items()}
    if isinstance(value, list):
        return [_without(places, item, (*path, index)) for index, item in enumerate(value)]
    return value


def _each_list(facts):
    """What is said of the main list, and of each beside it, with the path of its facts; rows not known are none."""
    yield (), facts
    for index, item in enumerate(facts["lists"]):
        yield ("lists", index), item | {name: item[name] or [] for name in ("bands", "groups")}


def _twice(facts):
    for path, item in _each_list(facts):
        codes = [band["code"] for band in item["bands"]]
        for index, code in enumerate(codes):
            if code and code in codes[:index]:
                words = _("The band “%(code)s” already has a rank.")
                yield (*path, "bands", index, "code"), words % {"code": code}


def _sittings(facts):
    """A list is heard in sittings that there are.  R-62"""
    count = len(facts["sittings"])
    for path, item in _each_list(facts):
        where, terms = ((*path, "heard_in"), item) if path else (("inscription", "heard_in"), item["inscription"])
        for number in terms["heard_in"] or []:
            if not 1 <= number <= count:
                words = _("There is no sitting number %(number)d: the meeting has %(count)d.")
                yield where, words % {"number": number, "count": count}


def _days(facts):
    declined, personal = facts["meeting"]["declined_data_days"], facts["meeting"]["personal_data_days"]
    if declined and personal and declined > personal:
        yield ("meeting", "declined_data_days"), _("Those declined must not be kept for longer than the others.")


def _groups(facts):
    """No two groups share a name, and delegations that are stored speak for them.  R-66 R-71"""
    has_groups = any(item["groups"] for _path, item in _each_list(facts))
    codes = set(Delegation.objects.values_list("code", flat=True)) if has_groups else set()
    for path, item in _each_list(facts):
        yield from _groups_of(item["groups"], (*path, "groups"), codes)


def _groups_of(groups, path, codes):
    known: set[str] = set()
    for index, group in enumerate(groups):
        keys = set(Registered.of(**group).keys) if None not in group.values() else set()
        if keys & known:
            words = _("“%(group)s” is on the register under one of these names.")
            yield (*path, index), words % {"group": group["short_name"]}
        known |= keys
        for code in group["spoken_for_by"] or []:
            if code not in codes:
                words = _("“%(code)s” is not the code of a delegation.")
                yield (*path, index, "spoken_for_by"), words % {"code": code}


def _footnotes(facts):
    """Each mark has its footnote, and each footnote its mark."""
    for index, section in enumerate(facts["sections"]):
        if None not in (section["text"], section["footnotes"]):
            for field, words in texts.objections(section["text"], section["footnotes"]):
                yield ("sections", index, field), words


def _levels(facts):
    """The limits are of levels that are stored, and so are the levels of a list.  R-61 R-65"""
    named = [
        ((*path, name, index, key), row[key])
        for path, item in _each_list(facts)
        for name, key in (("levels", "code"), ("limits", "level"))
        for index, row in enumerate(item[name] or [])
        if row[key]
    ]
    codes = set(Level.objects.values_list("code", flat=True)) if named else set()
    words = _("“%(code)s” is not the code of a level.")
    return [(where, words % {"code": code}) for where, code in named if code not in codes]


def _as_a_whole(facts, faults) -> Iterator[tuple[Place, str]]:
    places = {where for where, _reason in faults}
    if ("sittings",) in places or not _has_hours(facts):
        return
    facts = rows.with_hours(facts)
    meeting = rows.meeting_of(facts, is_rehearsal=False)
    found = [(path, row) for path, row in rows.rows_of(facts, meeting) if places.isdisjoint(_judged(path))]
    lists = [((), rows.list_of(facts, meeting))] if _is_known((), places) and _has_terms(facts) else []
    lists += _lists(facts, meeting, places) if lists and ("lists",) not in places else []
    are_known = len(lists) == 1 + len(facts["lists"])
    for each in consistency.objections(_in_full(meeting, found, [row for _path, row in lists])):
        if not each.is_missing and (are_known or each.field != "list_slug"):
            yield _place(each, meeting, [*found, *lists], facts), each.words


def _lists(facts, meeting, places):
    """The lists beside the main one, each with its path, if all is known of them."""
    known = [
        None not in item.values() and _is_known(("lists", index), places) and _has_rows(item)
        for index, item in enumerate(facts["lists"])
    ]
    return list(rows.lists_of(facts, meeting)) if all(known) else []


def _is_known(path, places):
    """Are the rows of the list at `path` tables, none of the faulty `places`?"""
    return places.isdisjoint((*path, name) for name in ROWS_OF_TERMS)


def lacking(facts: dict[str, Any]) -> list[str]:
    """What the meeting of these facts, which nothing contradicts, lacks before it can be published, in sentences."""
    meeting = rows.meeting_of(facts, is_rehearsal=False)
    beside = [row for _path, row in rows.lists_of(facts, meeting)]
    whole = _in_full(meeting, rows.rows_of(facts, meeting), [rows.list_of(facts, meeting), *beside])
    return [each.words for each in consistency.objections(whole) if each.is_missing]


def _in_full(meeting, found, lists):
    found = [row for _path, row in found]
    sittings = sorted((row for row in found if isinstance(row, Sitting)), key=lambda row: row.starts_at)
    for number, sitting in enumerate(sittings, start=1):
        sitting.pk = number
    return InFull(
        meeting,
        sittings,
        [row for row in found if isinstance(row, ProgrammeSlot)],
        {row.role for row in found if isinstance(row, Contact)},
        lists,
    )


def _judged(path):
    """Where the facts stand without which nothing can be said of the row at `path`."""
    return [path, *((*path, key) for key in ("starts_at", "kind", "title", "role"))]


def _has_hours(facts):
    """Is it known when the meeting is held?"""
    meeting, sittings = facts["meeting"], facts["sittings"]
    times = [row[key] for row in sittings or [meeting] for key in ("starts_at", "ends_at")]
    return None not in [meeting["time_zone"], *times]


def _has_terms(facts):
    """Is all known that the terms of the list are made of?"""
    terms = [facts[table][key] for table, key in rows.OF_LIST]
    return None not in terms and _has_rows(facts)


def _has_rows(item):
    """Is all known of the bands of a list, its levels and its limits?"""
    return None not in [fact for name in ROWS_OF_TERMS for row in item[name] for fact in row.values()]


def _place(objection: Objection, meeting, found, facts) -> Place:
    """Where in the file an objection belongs."""
    if objection.row is meeting:
        return rows.PATHS.get(objection.field, (objection.field,))
    path = next(path for path, row in found if row is objection.row)
    if isinstance(objection.row, SpeakersList):
        item = facts["lists"][path[1]] if path else facts
        codes = [f"rank_{band['code']}" for band in item["bands"]]
        if objection.field in codes:
            return *path, "bands", codes.index(objection.field), "rank"
        field, _gap, row = objection.field.partition(" ")
        of_main = rows.PATHS_OF_LIST.get(field, ("bands",))
        where = (*path, of_main[-1] if field in rows.PATHS_OF_LIST else field) if path else of_main
        return (*where, int(row)) if row else where
    return *path, {"list_slug": "list"}.get(objection.field, objection.field)
