"""What a meeting's file holds: its tables, their keys, and the kind of each."""

from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from dialogue.models import Contact, Document, Meeting, ProgrammePerson, ProgrammeSlot, Sitting
from speakers.loading.kinds import (
    day,
    file_name,
    line,
    lines,
    number_for,
    one_of,
    paragraphs,
    seconds,
    stored_as,
    wall_clock,
    whole_number,
    whole_numbers,
    words,
    yes_or_no,
)
from speakers.loading.toml_lines import Place
from speakers.models import Band, Group, SpeakersList
from speakers.models.speakers_list import usual_ranks

REQUIRED = object()


def _usual(model: Any, name: str) -> Any:
    """What the field `name` of a new row of `model` holds."""
    return model._meta.get_field(name).get_default()


PERSON: dict[str, Any] = {
    "name": (stored_as(ProgrammePerson, "name"), REQUIRED),
    "role": (words, {}),
    "note": (words, {}),
    "is_moderator": (yes_or_no, False),
    "by_video": (yes_or_no, False),
}
TABLES: dict[str, dict[str, Any]] = {
    "meeting": {
        "slug": (stored_as(Meeting, "slug"), REQUIRED),
        "title": (words, REQUIRED),
        "theme": (words, {}),
        "convened_by": (words, {}),
        "invitation": (paragraphs, {}),
        "venue": (words, REQUIRED),
        "has_several_rooms": (yes_or_no, False),
        "time_zone": (stored_as(Meeting, "time_zone"), REQUIRED),
        "is_published": (yes_or_no, False),
        # If not given, those of the first sitting and of the last.
        "starts_at": (wall_clock, None),
        "ends_at": (wall_clock, None),
        "personal_data_days": (number_for(Meeting, "personal_data_days"), _usual(Meeting, "personal_data_days")),
        "declined_data_days": (number_for(Meeting, "declined_data_days"), _usual(Meeting, "declined_data_days")),
    },
    # What stands around the invitation, if it is a letter.
    "letter": {
        "from": (words, {}),
        "dated_on": (day, None),
        "salutation": (words, {}),
        "closing": (words, {}),
        "signature": (words, {}),
        "addressees": (paragraphs, {}),
    },
    "inscription": {
        "opens_at": (wall_clock, REQUIRED),
        "closes_at": (wall_clock, REQUIRED),
        "closes_when_announced": (yes_or_no, False),
        "open_to": (stored_as(SpeakersList, "open_to"), _usual(SpeakersList, "open_to")),
        # With none of them, delegations inscribe.
        "seats_by_selection": (number_for(SpeakersList, "seats_by_selection"), 0),
        # The numbers of its sittings in the order of their times, and of the file; all of them if there are none.
        "heard_in": (whole_numbers, []),
        "policy": (stored_as(SpeakersList, "policy"), _usual(SpeakersList, "policy")),
        "level_before_band": (yes_or_no, False),
        "shows_speaker_names": (yes_or_no, False),
        "swaps_need_approval": (yes_or_no, _usual(SpeakersList, "swaps_need_approval")),
        "takes_videos": (yes_or_no, _usual(SpeakersList, "takes_videos")),
    },
    "floor": {
        "opens_at": (wall_clock, None),
        "national_limit_seconds": (seconds, _usual(SpeakersList, "national_limit")),
        "group_limit_seconds": (seconds, _usual(SpeakersList, "group_limit")),
        "civil_society_limit_seconds": (seconds, _usual(SpeakersList, "civil_society_limit")),
    },
}
LISTS: dict[str, dict[str, Any]] = {
    "sittings": {
        "part": (stored_as(Sitting, "part"), REQUIRED),
        "starts_at": (wall_clock, REQUIRED),
        "ends_at": (wall_clock, REQUIRED),
        "place": (words, {}),
        "sign_language": (words, {}),
        "captions": (words, {}),
    },
    "contacts": {
        "role": (stored_as(Contact, "role"), REQUIRED),
        "name": (stored_as(Contact, "name"), REQUIRED),
        "office": (words, {}),
        "email": (stored_as(Contact, "email"), REQUIRED),
        "telephone": (stored_as(Contact, "telephone"), ""),
        "notices": (stored_as(Contact, "notices"), Contact.Notices.EACH.value),
    },
    "sections": {
        "heading": (words, REQUIRED),
        "text": (paragraphs, REQUIRED),
        "footnotes": (paragraphs, {}),
    },
    "documents": {
        "symbol": (stored_as(Document, "symbol"), ""),
        "title": (words, REQUIRED),
        "link": (stored_as(Document, "link"), ""),
        "file": (file_name, ""),
        "is_enclosure": (yes_or_no, False),
    },
    "bands": {
        "rank": (whole_number, REQUIRED),
        "code": (one_of(Band), REQUIRED),
    },
    "levels": {
        "code": (line, REQUIRED),
        "class": (whole_number, REQUIRED),
    },
    "limits": {
        "band": (one_of(Band), ""),
        "level": (line, ""),
        "seconds": (whole_number, REQUIRED),
    },
    "groups": {
        "short_name": (stored_as(Group, "short_name"), REQUIRED),
        "full_name": (stored_as(Group, "full_name"), ""),
        "other_names": (lines, []),
        "spoken_for_by": (lines, []),
    },
    "slots": {
        "starts_at": (wall_clock, None),
        "ends_at": (wall_clock, None),
        "kind": (stored_as(ProgrammeSlot, "kind"), REQUIRED),
        "title": (words, REQUIRED),
        "place": (words, {}),
        "list": (stored_as(ProgrammeSlot, "list_slug"), ""),
        "persons": (PERSON, []),
    },
}
# A list beside the main one: what the tables of the main one say of it, its name, and its own rows.
LISTS["lists"] = {
    "slug": (stored_as(SpeakersList, "slug"), REQUIRED),
    "title": (words, REQUIRED),
    **TABLES["inscription"],
    **{key: kind for key, kind in TABLES["floor"].items() if key != "opens_at"},
    **{name: (LISTS[name], []) for name in ("bands", "levels", "limits", "groups")},
}
# What a file has if it does not name a list at all.
USUAL: dict[str, list[Any]] = {"bands": [{"rank": rank, "code": code} for code, rank in usual_ranks().items()]}


def shaped(facts: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[Place, str]]]:
    """The `facts` of a file, each checked and converted by its kind, missing ones filled in; and everything wrong.

    The faults are pairs of a place and a reason. A fact that has one is None.
    """
    shaper = _Shaper()
    meant = shaper.unknown(facts, (), TABLES | LISTS)
    found: dict[str, Any] = {}
    for name, keys in TABLES.items():
        is_needed = any(default is REQUIRED for _kind, default in keys.values())
        if name not in facts and is_needed and name not in meant:
            shaper.note((name,), _("This table is missing."))
        is_lacking = name not in facts and is_needed
        found[name] = dict.fromkeys(keys) if is_lacking else shaper.table(facts.get(name, {}), (name,), keys)
    for name, keys in LISTS.items():
        found[name] = shaper.rows(facts.get(name, USUAL.get(name, [])), (name,), keys)
    for each in found["lists"]:
        each["bands"] = each["bands"] or USUAL["bands"]
    if "sittings" not in meant:
        shaper.miss_hours(found)
    return found, shaper.faults


class _Shaper:
    """Shapes tables, and notes what is wrong with them."""

    def __init__(self):
        self.faults: list[tuple[Place, str]] = []

    def note(self, where: Place, *reasons: str) -> None:
        self.faults += [(where, reason) for reason in reasons]

    def table(self, value: Any, where: Place, keys: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.note(where, _("This must be a table."))
            return dict.fromkeys(keys)
        meant = self.unknown(value, where, keys)
        found = {}
        for key, (kind, default) in keys.items():
            if key not in value and default is REQUIRED and key not in meant:
                self.note(where, _("“%(name)s” is missing.") % {"name": key})
            found[key] = self.fact(value[key], (*where, key), kind, default) if key in value else _filled(default)
        return found

    def unknown(self, value: dict[str, Any], where: Place, keys: dict[str, Any]) -> set[str]:
        """Note keys that are not known. Returns those that were probably meant."""
        meant: set[str] = set()
        lacking = [key for key in keys if key not in value]
        for name in (name for name in value if name not in keys):
            reason = _("“%(name)s” is not known here.") % {"name": name}
            if near := get_close_matches(name, lacking, 1):
                reason = _("“%(name)s” is not known here. Did you mean “%(near)s”?") % {"name": name, "near": near[0]}
            meant.update(near)
            self.note((*where, name), reason)
        return meant

    def miss_hours(self, facts: dict[str, Any]) -> None:
        """A meeting starts and ends at moments of its own, or with its sittings."""
        hours = [("meeting", "starts_at"), ("meeting", "ends_at")]
        is_told = facts["sittings"] or all(facts[table][key] for table, key in hours)
        if not is_told and not any(where in [("sittings",), *hours] for where, _reason in self.faults):
            self.note(("sittings",), _("“%(name)s” is missing.") % {"name": "sittings"})

    def rows(self, value: Any, where: Place, keys: dict[str, Any]) -> list[dict[str, Any]]:
        if not isinstance(value, list):
            self.note(where, _("This must be a list of tables."))
            return []
        return [self.table(item, (*where, index), keys) for index, item in enumerate(value)]

    def fact(self, value: Any, where: Place, kind: Any, default: Any) -> Any:
        if isinstance(kind, dict):
            return self.rows(value, where, kind)
        if default in ("", {}) and isinstance(value, str) and not value.strip():
            return default
        try:
            return kind(value)
        except ValueError as error:
            self.note(where, *error.args)
            return None


def _filled(default):
    return None if default is REQUIRED else default
