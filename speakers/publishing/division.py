"""The public list by sitting, as plain data that a revision can freeze.  R-64 R-28

A list is divided if it is heard in several sittings, as far as that is known. Its rows stay in the order of their
places; each says in which sitting the entry was called, or is likely to be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dialogue import moments
from dialogue.models import Meeting
from speakers.forecast import list_forecast
from speakers.models import Band, SpeakersList
from speakers.order import precedence

# What a row says only where there is something to say. A page reads it of every row.
UNSAID: dict[str, Any] = {
    "joined": [],
    "by_video": False,
    "presented_by": "",
    "sitting": "",
    "fixed_sitting": "",
    "anchor": "",
    "turn": "",
}
MARKS = ("group", "joined", "by_video", "fixed_sitting")


@dataclass(frozen=True)
class Division:
    """The `sittings` of a divided list, and what each row says of them, by the key of its entry; both may be empty."""

    sittings: list[dict[str, Any]]
    of_rows: dict[int, dict[str, str]]


@dataclass(frozen=True)
class Part:
    """What stands under one heading: a sitting with its hours, or the whole of a list that is not divided (no `name`).

    `bands` are its rows in speaking order, as pairs (heading, rows): one for each run of a band, which a pin may split.
    """

    name: str
    hours: str
    is_likely: bool
    bands: list[tuple[str | Promise, list[dict[str, Any]]]]


def of(
    speakers_list: SpeakersList,
    places: list[precedence.Place],
    *,
    at: datetime,
    ahead: list_forecast.ListForecast | None = None,
) -> Division:
    """How the list with these `places` is divided at its meeting's moment `at`, named in the active language.

    A sitting is likely until it begins. Costs a statement for the sittings, unless they were read with the meeting, and
    one for the programme, at most once a second, unless the forecast `ahead` is at hand.
    """
    if len(speakers_list.meeting.hours) < 2:
        return Division([], {})
    ahead = ahead or list_forecast.forecast_now(speakers_list, places, at=at)
    if not (ahead.is_planned or _has_begun(ahead, places)):
        return Division([], {})
    names = {each.pk: str(each) for each in ahead.sittings}
    return Division(
        [_sitting(each, names, at) for each in ahead.sittings],
        {place.inscription.pk: _of_row(place.inscription, ahead, names) for place in places},
    )


def _has_begun(ahead, places):
    """Was an entry of a list that is heard in several sittings called?"""
    is_divided = ahead.has_hours and len(ahead.sittings) > 1
    return is_divided and any(place.inscription.is_called for place in places)


def _sitting(sitting, names, at):
    zone = sitting.meeting.zone
    return {
        "name": names[sitting.pk],
        "starts_at": sitting.starts_at.astimezone(zone).isoformat(),
        "ends_at": sitting.ends_at.astimezone(zone).isoformat(),
        "likely": at < sitting.starts_at,
    }


def _of_row(entry, ahead, names):
    found = ahead.sitting_of(entry)
    return {"sitting": names[found.pk] if found else "", "fixed_sitting": names.get(entry.fixed_sitting_id, "")}


def parts_of(document: dict[str, Any], meeting: Meeting, rows: Sequence[dict[str, Any]] | None = None) -> list[Part]:
    """The `document` of a list of `meeting` under its headings: its sittings, and those for whom none is foreseen.

    `rows` are its rows with more in them, if they are given. A sitting without rows is left out.
    """
    rows = document["speakers"] if rows is None else rows
    if "sittings" not in document:
        return [Part("", "", False, under_bands(rows))] if rows else []
    by_name = groupby(document["sittings"], key=itemgetter("name"))
    parts = [_part(name, [*alike], rows, meeting) for name, alike in by_name]
    if others := [row for row in rows if not row["sitting"]]:
        parts.append(Part(_without_sitting(document), "", False, under_bands(others)))
    return [part for part in parts if part.bands]


def _part(name, alike, rows, meeting):
    """The rows of the sitting of that `name`: of two that are `alike` in it, as revisions may hold, those of both."""
    first, last = (datetime.fromisoformat(each) for each in (alike[0]["starts_at"], alike[-1]["ends_at"]))
    hours = moments.span_in_words(first, last, meeting)
    own = [row for row in rows if row["sitting"] == name]
    return Part(name[:1].upper() + name[1:], hours, alike[0]["likely"], under_bands(own))


def _without_sitting(document):
    """The heading of those for whom no sitting is foreseen."""
    last = datetime.fromisoformat(document["sittings"][-1]["ends_at"])
    is_over = datetime.fromisoformat(document["as_at"]) >= last
    return _("Not called") if is_over else _("At the end, time permitting")


def under_bands(rows: Sequence[dict[str, Any]]) -> list[tuple[str | Promise, list[dict[str, Any]]]]:
    """The public `rows` in speaking order as (heading, rows), one for each run of a band; a pin may split a band.

    Each row has all of `UNSAID`, and `is_marked`.
    """
    labels = dict(Band.choices)
    return [(labels.get(band, band), [*map(_in_full, run)]) for band, run in groupby(rows, key=itemgetter("band"))]


def _in_full(row):
    """The `row` with all that a row may say, and whether it has a mark beside its delegation."""
    return UNSAID | row | {"is_marked": any(row.get(name) for name in MARKS)}
