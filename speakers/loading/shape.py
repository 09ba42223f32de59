"""What a meeting's file holds: its tables, their keys, and the kind of each."""

from typing import Any

from django.utils.translation import gettext as _

from dialogue.models import Contact, Document, Meeting, ProgrammePerson, ProgrammeSlot, Sitting
from speakers.loading.kinds import one_of, paragraphs, seconds, stored_as, wall_clock, whole_number, words, yes_or_no
from speakers.loading.toml_lines import Source
from speakers.models import Band, SpeakersList

REQUIRED = object()

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
        "purpose": (paragraphs, {}),
        "venue": (words, REQUIRED),
        "time_zone": (stored_as(Meeting, "time_zone"), REQUIRED),
        "is_published": (yes_or_no, False),
    },
    "inscription": {
        "opens_at": (wall_clock, REQUIRED),
        "closes_at": (wall_clock, REQUIRED),
        "policy": (stored_as(SpeakersList, "policy"), SpeakersList.Policy.CUSTOMARY_PROTOCOL),
        "level_before_band": (yes_or_no, False),
        "shows_speaker_names": (yes_or_no, False),
    },
    "floor": {
        "opens_at": (wall_clock, None),
        "national_limit_seconds": (seconds, REQUIRED),
        "group_limit_seconds": (seconds, REQUIRED),
        "civil_society_limit_seconds": (seconds, REQUIRED),
    },
}
LISTS: dict[str, dict[str, Any]] = {
    "sittings": {
        "part": (stored_as(Sitting, "part"), REQUIRED),
        "starts_at": (wall_clock, REQUIRED),
        "ends_at": (wall_clock, REQUIRED),
    },
    "contacts": {
        "role": (stored_as(Contact, "role"), REQUIRED),
        "name": (stored_as(Contact, "name"), REQUIRED),
        "office": (words, {}),
        "email": (stored_as(Contact, "email"), REQUIRED),
        "telephone": (stored_as(Contact, "telephone"), ""),
    },
    "documents": {
        "symbol": (stored_as(Document, "symbol"), ""),
        "title": (words, REQUIRED),
        "link": (stored_as(Document, "link"), ""),
    },
    "bands": {
        "rank": (whole_number, REQUIRED),
        "code": (one_of(Band), REQUIRED),
    },
    "slots": {
        "starts_at": (wall_clock, None),
        "kind": (stored_as(ProgrammeSlot, "kind"), REQUIRED),
        "title": (words, REQUIRED),
        "persons": (PERSON, []),
    },
}
MAY_BE_EMPTY = {"contacts", "documents", "slots", "persons"}


def shaped(source: Source) -> dict[str, Any]:
    """The facts of `source`, each checked and converted by its kind, missing ones filled in. Raises `BadFile`."""
    facts = source.facts
    for name in facts:
        if name not in TABLES | LISTS:
            raise source.refusal((name,), _("“%(name)s” is not known here.") % {"name": name})
    found = {name: _table(source, (name,), facts.get(name), keys) for name, keys in TABLES.items()}
    return found | {name: _list(source, (name,), facts.get(name, []), keys) for name, keys in LISTS.items()}


def _table(source, where, value, keys):
    if value is None:
        raise source.refusal(where[:-1], _("The table “%(name)s” is missing.") % {"name": where[-1]})
    if not isinstance(value, dict):
        raise source.refusal(where, _("“%(name)s” must be a table.") % {"name": where[-1]})
    for key in value:
        if key not in keys:
            raise source.refusal((*where, key), _("“%(name)s” is not known here.") % {"name": key})
    return {key: _fact(source, (*where, key), value, *kind_and_default) for key, kind_and_default in keys.items()}


def _list(source, where, value, keys):
    if not isinstance(value, list):
        raise source.refusal(where, _("“%(name)s” must be a list of tables.") % {"name": where[-1]})
    if not value and where[-1] not in MAY_BE_EMPTY:
        raise source.refusal(where, _("“%(name)s” is missing.") % {"name": where[-1]})
    return [_table(source, (*where, index), item, keys) for index, item in enumerate(value)]


def _fact(source, where, table, kind, default):
    key = where[-1]
    if isinstance(kind, dict):
        return _list(source, where, table.get(key, default), kind)
    if key not in table:
        if default is REQUIRED:
            raise source.refusal(where[:-1], _("“%(name)s” is missing.") % {"name": key})
        return default
    if default in ("", {}) and isinstance(table[key], str) and not table[key].strip():
        return default
    try:
        return kind(table[key])
    except ValueError as error:
        raise source.refusal(where, f"{key}: {error}") from error
