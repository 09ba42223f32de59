"""Programme versions: what is frozen, how it is read again, and how two differ, in words.  R-31

Pure, except for `draft_of`: a version is plain data, so that it reads the same in ten years.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from dialogue import moments
from dialogue.models import Meeting, ProgrammeSlot, ProgrammeVersion, Sitting


class Persons(list):
    """The persons of a printed slot, with the interface of a relation."""

    def all(self) -> "Persons":
        return self


@dataclass(frozen=True)
class PrintedPerson:
    """A person as a version prints them."""

    name: str
    role: LazyI18nString
    note: LazyI18nString
    is_moderator: bool
    by_video: bool


@dataclass(frozen=True)
class PrintedSlot:
    """A line of the programme as a version prints it; templates read it like a stored one."""

    starts_at: datetime | None
    kind: str
    title: LazyI18nString
    persons: Persons
    ends_at: datetime | None = None
    place: LazyI18nString | str = ""

    @property
    def is_of_a_sitting(self) -> bool:
        return self.kind != ProgrammeSlot.Kind.EVENT


def draft_of(meeting: Meeting) -> dict[str, Any]:
    """The programme of `meeting` as it stands now, as plain data (three statements)."""
    return {
        "sittings": [_plain_sitting(each) for each in meeting.sittings.all()],
        "floor_opens_at": _iso(meeting.floor_opens_at),
        "slots": [_plain_slot(slot) for slot in meeting.slots.prefetch_related("persons")],
    }


def _plain_sitting(sitting):
    return {
        "part": sitting.part,
        "starts_at": _iso(sitting.starts_at),
        "ends_at": _iso(sitting.ends_at),
        **({"place": sitting.place.data} if str(sitting.place) else {}),
        **({"sign_language": sitting.sign_language.data} if str(sitting.sign_language) else {}),
        **({"captions": sitting.captions.data} if str(sitting.captions) else {}),
    }


def _plain_slot(slot):
    return {
        "key": slot.pk,
        "starts_at": _iso(slot.starts_at),
        "kind": slot.kind,
        "title": slot.title.data,
        **({"ends_at": _iso(slot.ends_at)} if slot.ends_at else {}),
        **({"place": slot.place.data} if str(slot.place) else {}),
        "persons": [
            {
                "name": person.name,
                "role": person.role.data,
                "note": person.note.data,
                "is_moderator": person.is_moderator,
                "by_video": person.by_video,
            }
            for person in slot.persons.all()
        ],
    }


def sittings_of(version: ProgrammeVersion, meeting: Meeting) -> list[Sitting]:
    """The sittings that `version` prints, not stored."""
    return [
        Sitting(
            meeting=meeting,
            part=each["part"],
            starts_at=_at(each["starts_at"]),
            ends_at=_at(each["ends_at"]),
            place=LazyI18nString(each.get("place", "")),
            sign_language=LazyI18nString(each.get("sign_language", "")),
            captions=LazyI18nString(each.get("captions", "")),
        )
        for each in content_of(version)["sittings"]
    ]


def slots_of(version: ProgrammeVersion) -> list[PrintedSlot]:
    """The lines that `version` prints, each with its persons."""
    return [
        PrintedSlot(
            starts_at=_at(slot["starts_at"]),
            kind=slot["kind"],
            title=LazyI18nString(slot["title"]),
            persons=Persons(
                PrintedPerson(
                    person["name"],
                    LazyI18nString(person["role"]),
                    LazyI18nString(person["note"]),
                    person["is_moderator"],
                    person["by_video"],
                )
                for person in slot["persons"]
            ),
            ends_at=_at(slot.get("ends_at")),
            place=LazyI18nString(slot["place"]) if "place" in slot else "",
        )
        for slot in content_of(version)["slots"]
    ]


def content_of(version: ProgrammeVersion | None) -> dict[str, Any]:
    """What `version` froze, as plain data; for None, an empty programme."""
    return json.loads(version.content) if version else {"sittings": [], "slots": [], "floor_opens_at": None}


def difference(old: dict[str, Any], new: dict[str, Any], meeting: Meeting) -> list[str]:
    """What `new` changes from `old` (both plain data), in sentences; empty if they print the same."""
    was, now = ({slot["key"]: slot for slot in each["slots"]} for each in (old, new))
    lines = [_("The hours of the sittings have changed.")] if _hours(old) != _hours(new) else []
    lines += [_("Sign language or captions have changed.")] if _access(old) != _access(new) else []
    lines += [_("New: %(line)s.") % {"line": _line(slot, meeting)} for key, slot in now.items() if key not in was]
    lines += [_("Left out: %(line)s.") % {"line": _line(slot, meeting)} for key, slot in was.items() if key not in now]
    for key in [key for key in now if key in was]:
        lines += _changes(was[key], now[key], meeting)
    return lines


def _hours(content):
    return [(each["part"], each["starts_at"], each["ends_at"]) for each in content["sittings"]]


def _access(content):
    """What each sitting provides, by its number; a sitting that provides nothing adds nothing."""
    found = [(each.get("sign_language", ""), each.get("captions", "")) for each in content["sittings"]]
    return {number: provided for number, provided in enumerate(found) if any(provided)}


def changed_slots(old: dict[str, Any], new: dict[str, Any]) -> set[int]:
    """The keys of the slots that are new, left out or changed."""
    was, now = ({slot["key"]: slot for slot in each["slots"]} for each in (old, new))
    return {key for key in was | now if was.get(key) != now.get(key)}


def changes_time_of_list(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Does `new` change the time of the list of speakers: other sittings, another opening, another closing?"""

    def times(content):
        kept = {ProgrammeSlot.Kind.FLOOR, ProgrammeSlot.Kind.CLOSING}
        slots = [(slot["kind"], slot["starts_at"]) for slot in content["slots"] if slot["kind"] in kept]
        return _hours(content), content["floor_opens_at"], slots

    return times(old) != times(new)


def _changes(was, now, meeting):
    lines = []
    if was["starts_at"] != now["starts_at"]:
        facts = {"line": _title(now), "old": _when(was, meeting), "new": _when(now, meeting)}
        facts["zone"] = moments.zone_in_words(meeting.time_zone)
        words = _("%(line)s: at %(new)s, no longer at %(old)s (%(zone)s).")
        of_days = _("%(line)s: now %(new)s, no longer %(old)s (%(zone)s).")
        lines.append((of_days if meeting.has_several_days else words) % facts)
    if was["title"] != now["title"]:
        lines.append(_("“%(old)s” is now “%(new)s”.") % {"old": _title(was), "new": _title(now)})
    names, others = ([person["name"] for person in slot["persons"]] for slot in (was, now))
    for name in [name for name in others if name not in names]:
        lines.append(_("%(line)s: with %(name)s.") % {"line": _title(now), "name": name})
    for name in [name for name in names if name not in others]:
        lines.append(_("%(line)s: without %(name)s.") % {"line": _title(now), "name": name})
    if not lines and was != now:
        lines.append(_("%(line)s: the printed details have changed.") % {"line": _title(now)})
    return lines


def _line(slot, meeting):
    words = _("%(when)s: %(title)s") if meeting.has_several_days else "%(when)s %(title)s"
    return words % {"when": _when(slot, meeting), "title": _title(slot)}


def _when(slot, meeting):
    return moments.clock_in_words(_at(slot["starts_at"]), meeting) if slot["starts_at"] else "–"


def _title(slot):
    return str(LazyI18nString(slot["title"]))


def _iso(at):
    return at.isoformat() if at else None


def _at(text):
    return datetime.fromisoformat(text) if text else None
