"""How long each entry may speak: the limits of a list, and which of them holds for whom.  R-36 R-65

A list has a limit for each capacity and, beside them, rows for a band, for a level, or for a level in a band. All is
pure: no database, no clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from languages.lengths import length_in_words
from speakers.models import Band, Level, SpeakersList

# The limit of each capacity, by the name of its field, which civil society has too.
OF_CAPACITIES = ("national_limit", "group_limit", "civil_society_limit")
# The bands that have a limit by their capacity; a row of their own would be a second one.
BY_CAPACITY: Mapping[str, str] = {Band.GROUPS: "group_limit", Band.CIVIL_SOCIETY: "civil_society_limit"}


def limit_of(speakers_list: SpeakersList, entry: Any) -> timedelta:
    """How long `entry` may speak on `speakers_list`, unless it has a limit of its own: by its band and level.  R-65"""
    return limit_for(speakers_list, entry.band, entry.level_code if speakers_list.limits else "")


def limit_for(speakers_list: SpeakersList, band: str, level: str = "") -> timedelta:
    """The limit for a `level` (its code) in `band`: the most specific one holds.  R-65

    A row for the level in this band, then one for the level, then one for the band, then the limit of the capacity. The
    level of a speaker of civil society, who represents no State, counts only with the band.
    """
    found = {(row["band"], row["level"]): row["seconds"] for row in speakers_list.limits}
    wanted = [(band, level), (band, "")] if band == Band.CIVIL_SOCIETY else [(band, level), ("", level), (band, "")]
    seconds = next((found[which] for which in wanted if any(which) and which in found), None)
    if seconds is not None:
        return timedelta(seconds=seconds)
    return getattr(speakers_list, BY_CAPACITY.get(band, "national_limit"))


def of_a_further(speakers_list: SpeakersList) -> timedelta:
    """The limit of one more speaker of whom nothing is known: a Member State's, in its national capacity."""
    return limit_for(speakers_list, Band.MEMBER_STATES)


def by_name(speakers_list: SpeakersList) -> dict[str, timedelta]:
    """Every limit of `speakers_list` by its name, in which it is typed and journalled."""
    rows = {name_of(row): timedelta(seconds=row["seconds"]) for row in speakers_list.limits}
    return {name: getattr(speakers_list, name) for name in OF_CAPACITIES} | rows


def name_of(row: Mapping[str, Any]) -> str:
    """The name of the limit in a `row`: “limit_of_observers”, “limit_of_observers_HOS”."""
    return "_".join(filter(None, ["limit_of", row["band"], row["level"]]))


def put(speakers_list: SpeakersList, limits: Mapping[str, timedelta]) -> None:
    """Let the unsaved `speakers_list` have these of its `limits`, by their names."""
    for name in OF_CAPACITIES:
        setattr(speakers_list, name, limits.get(name, getattr(speakers_list, name)))
    speakers_list.limits = [
        row | ({"seconds": int(limits[name_of(row)].total_seconds())} if name_of(row) in limits else {})
        for row in speakers_list.limits
    ]


def whom(row: Mapping[str, Any], levels: Iterable[Level]) -> str:
    """Whom the limit in a `row` concerns, in words; `levels` are those of the list."""
    label = {level.code: str(level) for level in levels}.get(row["level"], row["level"])
    band = str(Band(row["band"]).label) if row["band"] in Band.values else row["band"]
    if not label or not band:
        return capfirst(label or band)
    return _("%(level)s, among %(band)s") % {"level": label, "band": band}


def told_to_all(speakers_list: SpeakersList, levels: Iterable[Level]) -> list[str]:
    """The limits as the public reads them: those of every capacity, of each band that has its own, of the `levels`."""
    named = [row["band"] for row in speakers_list.limits if row["band"] not in ["", *BY_CAPACITY]]
    return told(speakers_list, [Band.MEMBER_STATES, *sorted(named, key=Band.values.index), Band.CIVIL_SOCIETY], levels)


def told(speakers_list: SpeakersList, bands: Sequence[str], levels: Iterable[Level]) -> list[str]:
    """The limits as those read them who speak in one of these `bands`, or for a group: a sentence each.

    One sentence, where all have the same; otherwise the capacities first, then each of the `levels` that differs.
    """
    of_civil_society = {Band.CIVIL_SOCIETY} & set(bands)
    parts = [*dict.fromkeys(band for band in bands if band not in BY_CAPACITY), Band.GROUPS, *of_civil_society]
    usual = {band: limit_for(speakers_list, band) for band in parts}
    special = {str(level): _of_the_level(level, usual, speakers_list) for level in levels}
    special = {level: limits for level, limits in special.items() if limits.items() - usual.items()}
    if not special and len(set(usual.values())) == 1:
        return [up_to(usual[Band.GROUPS])]
    return [*_of_parts(usual), *(line for level, limits in special.items() for line in _of_level(level, limits, usual))]


def _of_the_level(level, usual, speakers_list):
    """The limits of `level` in the parts of `usual`; in civil society levels count only if a limit says so."""
    limits = {band: limit_for(speakers_list, band, level.code) for band in usual}
    return {band: limit for band, limit in limits.items() if band != Band.CIVIL_SOCIETY or limit != usual[band]}


def _of_parts(usual):
    """The `usual` limits, by capacity; the band is named where a person has several."""
    words = {
        Band.GROUPS: _("On behalf of a group: up to %(limit)s."),
        Band.CIVIL_SOCIETY: _("Civil society: up to %(limit)s."),
    }
    is_one = len(usual.keys() - BY_CAPACITY.keys()) == 1
    national = (
        _("In national capacity: up to %(limit)s.") if is_one else _("In national capacity, %(band)s: up to %(limit)s.")
    )
    return [
        words.get(band, national) % {"band": Band(band).label, "limit": length_in_words(limit)}
        for band, limit in usual.items()
    ]


def _of_level(level, limits, usual):
    """The `limits` of a level that are not the `usual` ones; one line, where they are the same in every part."""
    if len(set(limits.values())) == 1:
        words = _("%(level)s: up to %(limit)s.")
        return [words % {"level": level, "limit": length_in_words(limits[Band.GROUPS])}]
    words = _("%(level)s, %(band)s: up to %(limit)s.")
    return [
        words % {"level": level, "band": Band(band).label, "limit": length_in_words(limit)}
        for band, limit in limits.items()
        if limit != usual[band]
    ]


def up_to(limit: timedelta) -> str:
    """The limit in a sentence."""
    return _("Statements: up to %(limit)s.") % {"limit": length_in_words(limit)}
