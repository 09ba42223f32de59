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
from dialogue.consistency import InFull, Objection, refused
from dialogue.models import Contact, Meeting, ProgrammeSlot, Sitting
from speakers import consistency
from speakers.loading import rows

Place = tuple[str | int, ...]


def objections(facts: dict[str, Any]) -> list[tuple[Place, str]]:
    """Everything that is wrong with the shaped `facts`: pairs of a path and a reason.

    What is missing counts only if the file publishes the meeting.
    """
    return [*_moments(facts), *_bands(facts)] or list(_as_a_whole(facts))


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


def _bands(facts):
    codes = [band["code"] for band in facts["bands"]]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            yield ("bands", index, "code"), _("The band “%(code)s” already has a rank.") % {"code": code}


def _as_a_whole(facts) -> Iterator[tuple[Place, str]]:
    meeting = rows.meeting_of(facts, is_rehearsal=False)
    speakers_list = rows.list_of(facts, meeting)
    found = list(rows.rows_of(facts, meeting))
    whole = InFull(
        meeting,
        [row for _path, row in found if isinstance(row, Sitting)],
        [row for _path, row in found if isinstance(row, ProgrammeSlot)],
        {row.role for _path, row in found if isinstance(row, Contact)},
        [speakers_list],
    )
    is_published = meeting.is_published
    for each in refused(consistency.objections(whole), [], is_published=is_published, was_published=False):
        yield _place(each, meeting, speakers_list, found, facts), each.words


def _place(objection: Objection, meeting, speakers_list, found, facts) -> Place:
    """Where in the file an objection belongs."""
    if objection.row is meeting:
        return rows.PATHS.get(objection.field, (objection.field,))
    if objection.row is speakers_list:
        codes = [f"rank_{band['code']}" for band in facts["bands"]]
        if objection.field in codes:
            return "bands", codes.index(objection.field), "rank"
        return rows.PATHS_OF_LIST.get(objection.field, ("bands",))
    return next((*path, objection.field) for path, row in found if row is objection.row)
