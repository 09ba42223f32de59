"""The lines of the programme under which things were heard.  R-31"""

from datetime import datetime
from typing import Any

from dialogue import programmes
from dialogue.models import Meeting, ProgrammeSlot
from floor.models import Turn
from floor.record import heard
from floor.record.heard import Heard

# Under these no one speaks: what is heard then still belongs to the line before.
SILENT = {each.value for each in ProgrammeSlot.Kind if each.name in {"HEADING", "SUSPENSION", "CONCLUSION", "EVENT"}}


def beginnings(meeting: Meeting, found: list[Heard]) -> list[tuple[datetime, str]]:
    """When each line of the programme of `meeting` began, and its title, in order (three queries at most).

    The programme is the newest that was released. The line by which the floor opens may have no time: it then begins
    with the first statement of a list that was `found` after the line before.
    """
    _version, _sittings, slots = programmes.released(meeting)
    begun, passed = [], meeting.starts_at
    for slot in slots:
        starts_at = slot.starts_at or _first_of_a_list(slot, found, passed)
        if starts_at and slot.kind not in SILENT:
            begun.append((starts_at, str(slot.title)))
        passed = starts_at or passed
    return sorted(begun, key=lambda line: line[0])


def divided(
    those: list[Heard], begun: list[tuple[datetime, str]], *, from_at: datetime
) -> list[tuple[str, list[Heard]]]:
    """What was heard in a sitting, `those`, by the title of the line that had `begun` last since `from_at`.

    A line that comes twice is there twice; what was heard before the first has an empty title.
    """
    parts: dict[int, list[Heard]] = {}
    for each in those:
        number = max((n for n, (at, _title) in enumerate(begun) if from_at <= at <= each.starts_at), default=-1)
        parts.setdefault(number, []).append(each)
    return [(begun[number][1] if number >= 0 else "", part) for number, part in sorted(parts.items())]


def _first_of_a_list(slot: Any, found: list[Heard], passed: datetime) -> datetime | None:
    if slot.kind != ProgrammeSlot.Kind.FLOOR:
        return None
    listed = (each for each in found if each.rank == heard.STATEMENT and each.kind == Turn.Kind.LISTED)
    return next((each.starts_at for each in listed if each.starts_at >= passed), None)
