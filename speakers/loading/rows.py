"""Turning a file's facts into the rows that hold them, and back."""

from collections import deque
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from i18nfield.strings import LazyI18nString

from dialogue.models import Contact, Document, Meeting, ProgrammePerson, ProgrammeSlot, Section, Sitting
from speakers.loading.shape import LISTS, PERSON, TABLES
from speakers.models import SpeakersList

# Which tables of the file describe the meeting, and which its list of speakers.
RENAMED = {
    ("floor", "national_limit_seconds"): "national_limit",
    ("floor", "group_limit_seconds"): "group_limit",
    ("floor", "civil_society_limit_seconds"): "civil_society_limit",
}
OPENING = ("floor", "opens_at")
# For each fact of the file's tables, by its path, the field of the meeting or of its list that holds it.
OF_MEETING: dict[tuple[str, str], str] = {
    **{("meeting", key): key for key in TABLES["meeting"]},
    **{("letter", key): f"letter_{key}" for key in TABLES["letter"]},
    OPENING: "floor_opens_at",
}
OF_LIST: dict[tuple[str, str], str] = {
    (table, key): RENAMED.get((table, key), key)
    for table in ("inscription", "floor")
    for key in TABLES[table]
    if (table, key) != OPENING
}
PATHS: dict[str, tuple[str | int, ...]] = {field: path for path, field in OF_MEETING.items()}
PATHS_OF_LIST: dict[str, tuple[str | int, ...]] = {field: path for path, field in OF_LIST.items()} | {
    "ranks": ("bands",),
    "limits": ("limits",),
    "own_levels": ("levels",),
}
# The tables that the list keeps as they are, each with its field.
ROWS_OF_LIST = {"levels": "own_levels", "limits": "limits", "groups": "own_groups"}
MODELS: dict[str, type[Any]] = {
    "sittings": Sitting,
    "contacts": Contact,
    "sections": Section,
    "documents": Document,
    "slots": ProgrammeSlot,
}
# Facts of a row that are kept in rows of their own.
BESIDE = {"persons", "file"}
# Positions are ten apart, so that staff can insert a line between two others.
STEP = 10
# The facts of a row under other names than its fields have.
FIELD_OF = {"list": "list_slug"}


def with_hours(facts: dict[str, Any]) -> dict[str, Any]:
    """The `facts`; if they do not say so, the meeting starts with its first sitting and ends with its last."""
    meeting = dict(facts["meeting"])
    for key, first_or_last in (("starts_at", min), ("ends_at", max)):
        times = [sitting[key] for sitting in facts["sittings"]]
        meeting[key] = meeting[key] or first_or_last(times, default=None)
    return facts | {"meeting": meeting}


def meeting_of(facts: dict[str, Any], *, is_rehearsal: bool) -> Meeting:
    """The unsaved `Meeting` that `facts` describe."""
    zone = Meeting(time_zone=facts["meeting"]["time_zone"]).zone
    fields = {field: _stored(facts[table][key], zone) for (table, key), field in OF_MEETING.items()}
    return Meeting(**fields, is_rehearsal=is_rehearsal)


def list_of(facts: dict[str, Any], meeting: Meeting) -> SpeakersList:
    """The unsaved main `SpeakersList` of `meeting` that `facts` describe, with its sittings if they are stored."""
    terms = {key: facts[table][key] for table, key in OF_LIST}
    return _list(facts | terms, meeting)


def lists_of(facts: dict[str, Any], meeting: Meeting) -> Iterator[tuple[tuple[str | int, ...], SpeakersList]]:
    """The unsaved lists of `meeting` beside its main one, each with its path in the file.  R-62"""
    for index, item in enumerate(facts["lists"]):
        beside = _list(item, meeting)
        beside.slug, beside.title = item["slug"], _stored(item["title"], meeting.zone)
        yield ("lists", index), beside


def _list(terms, meeting):
    fields = {field: _stored(terms[key], meeting.zone) for (_table, key), field in OF_LIST.items()}
    fields |= {field: terms[name] for name, field in ROWS_OF_LIST.items()}
    fields["heard_in"] = _numbered(meeting, fields["heard_in"] or [])
    ranks = {band["code"]: band["rank"] for band in terms["bands"]}
    return SpeakersList(meeting=meeting, ranks=ranks, **fields)


def _numbered(meeting, numbers):
    """The keys of the sittings of `meeting` with these `numbers`, counted from 1 in the order of their times.

    If it is not stored, the numbers are the keys (see `objections.py`).
    """
    if not (numbers and meeting.pk):
        return numbers
    return [each.pk for number, each in enumerate(meeting.sittings.all(), start=1) if number in numbers]


def rows_of(facts: dict[str, Any], meeting: Meeting) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """All rows of the stored `meeting` beside its list, unsaved, each with its path in the file, in order."""
    for name, model in MODELS.items():
        for index, item in enumerate(facts[name]):
            row = model(meeting=meeting, **_fields(model, item, LISTS[name], index, meeting.zone))
            yield (name, index), row
            for place, person in enumerate(item.get("persons") or []):
                fields = _fields(ProgrammePerson, person, PERSON, place, meeting.zone)
                yield (name, index, "persons", place), ProgrammePerson(slot=row, **fields)


def facts_of(meeting: Meeting) -> dict[str, Any]:
    """What is stored of `meeting`, in the form of its file; moments are aware, in UTC, and files are their SHA-256."""
    facts: dict[str, Any] = {table: {} for table in TABLES}
    for (table, key), field in OF_MEETING.items():
        facts[table][key] = _told(getattr(meeting, field))
    stored = {name: list(_stored_rows(meeting, name)) for name in MODELS}
    numbers = {sitting.pk: number for number, sitting in enumerate(stored["sittings"], start=1)}
    lists = {each.slug: _facts_of_list(each, numbers) for each in meeting.lists.order_by("pk")}
    main = lists.pop("")
    for table, key in OF_LIST:
        facts[table][key] = main[key]
    for name, found in stored.items():
        facts[name] = [{key: _told_of(row, key) for key in LISTS[name]} for row in found]
    return facts | {name: main[name] for name in ("bands", *ROWS_OF_LIST)} | {"lists": list(lists.values())}


def _facts_of_list(speakers_list, numbers):
    """The facts of a stored list, as those of one beside the main one stand in a file; with `numbers` of sittings."""
    ranks = sorted(speakers_list.ranks.items(), key=lambda item: item[1])
    terms = {key: _told(getattr(speakers_list, field)) for (_table, key), field in OF_LIST.items() if key != "heard_in"}
    return {
        **({"slug": speakers_list.slug, "title": _told(speakers_list.title)} if speakers_list.slug else {}),
        **terms,
        "heard_in": sorted(numbers[key] for key in speakers_list.heard_in if key in numbers),
        "bands": [{"rank": rank, "code": code} for code, rank in ranks],
        **{name: getattr(speakers_list, field) for name, field in ROWS_OF_LIST.items()},
    }


def _stored_rows(meeting, name):
    stored = getattr(meeting, name).prefetch_related(*(["persons"] if "persons" in LISTS[name] else []))
    return stored.select_related("file").defer("file__content") if "file" in LISTS[name] else stored


def in_utc(facts: Any, zone: ZoneInfo) -> Any:
    """The `facts` of a file with every wall-clock time in `zone` turned into a moment."""
    if isinstance(facts, dict):
        return {key: in_utc(value, zone) for key, value in facts.items()}
    if isinstance(facts, list):
        return [in_utc(value, zone) for value in facts]
    return _stored(facts, zone) if isinstance(facts, datetime) else facts


def on_the_wall(facts: Any, zone: ZoneInfo) -> Any:
    """The stored `facts` with every moment turned into a wall-clock time in `zone`: the inverse of `in_utc`."""
    if isinstance(facts, dict):
        return {key: on_the_wall(value, zone) for key, value in facts.items()}
    if isinstance(facts, list):
        return [on_the_wall(value, zone) for value in facts]
    return facts.astimezone(zone).replace(tzinfo=None) if isinstance(facts, datetime) else facts


def differences(here: dict[str, Any], there: dict[str, Any], path: tuple[Any, ...] = ()) -> list[str]:
    """The paths at which two sets of facts differ, as texts such as “slots.3.title”."""
    found, todo = [], deque([(here, there, path)])
    while todo:
        one, other, path = todo.popleft()
        if type(one) is type(other) and isinstance(one, dict | list) and len(one) == len(other):
            keys = one if isinstance(one, dict) else range(len(one))
            if isinstance(one, list) or one.keys() == other.keys():
                todo.extend((one[key], other[key], (*path, str(key))) for key in keys)
                continue
        if one != other:
            found.append(".".join(path))
    return found


def _fields(model, item, keys, index, zone):
    fields = {FIELD_OF.get(key, key): _stored(item[key], zone) for key in keys if key not in BESIDE}
    takes_position = any(field.name == "position" for field in model._meta.fields)
    return fields | ({"position": STEP * (index + 1)} if takes_position else {})


def _stored(value, zone):
    """A fact as a model's field takes it: wall-clock times become moments, tables of languages become texts."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=zone).astimezone(UTC)
    if isinstance(value, dict):
        return LazyI18nString(value) if value else ""
    return value


def _told_of(row, key):
    if key == "persons":
        return [{name: _told(getattr(person, name)) for name in PERSON} for person in row.persons.all()]
    if key == "file":
        return row.file.sha256 if hasattr(row, "file") else ""
    return _told(getattr(row, FIELD_OF.get(key, key)))


def _told(value):
    """The value of a model's field in the form of the file's facts."""
    if isinstance(value, LazyI18nString):
        texts = value.data if isinstance(value.data, dict) else {"en": value.data}
        return {language: text for language, text in texts.items() if text}
    if isinstance(value, bool | int | timedelta) or value is None:
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return value if isinstance(value, date) else str(value)
