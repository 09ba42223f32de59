"""Who spoke from second to second of a recording, and as a table for editors.  R-30"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from floor.models import Recording
from floor.record.heard import STATEMENT, Heard
from speakers.publishing.exports import as_csv

MILLISECOND, SECOND = timedelta(milliseconds=1), timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a recording in which one thing was `heard`, from `begins` to `ends`, counted from its second 0.

    A statement may have several parts: `is_continued` after an interruption or a cut. `is_cut_before` and
    `is_cut_after` say that the rest is not in this recording.
    """

    heard: Heard
    begins: timedelta
    ends: timedelta
    is_continued: bool
    is_cut_before: bool
    is_cut_after: bool


def of(recording: Recording, until: datetime | None, found: Sequence[Heard]) -> list[Part]:
    """The parts of `recording`, which lasts `until` that moment (None: to the end of all), in order, without overlap.

    A recording that runs on while the sitting is suspended has a part for that; a stretch in which nothing is on record
    has none.
    """
    since = recording.starts_at
    last = until or max((each.ends_at for each in found), default=since)
    inside = [each for each in found if each.starts_at < last and each.ends_at > since]
    edges = sorted({min(max(edge, since), last) for each in inside for edge in (each.starts_at, each.ends_at)})
    parts: list[Part] = []
    for begin, end in pairwise(edges):
        at_once = [each for each in inside if each.starts_at <= begin and end <= each.ends_at]
        if at_once:
            loudest = max(at_once, key=lambda each: (each.rank, each.starts_at))
            _append(parts, _part(loudest, begin, end, since, last))
    return parts


def _append(parts, part):
    """Append `part`, or let the last part of the same last longer, if there is nothing between them."""
    before = parts[-1] if parts else None
    if before and before.ends == part.begins and before.heard.is_the_same_as(part.heard):
        parts[-1] = replace(before, ends=part.ends, is_cut_after=part.is_cut_after)
    else:
        parts.append(part)


def _part(heard, begin, end, since, last):
    return Part(
        heard,
        begins=begin - since,
        ends=end - since,
        is_continued=begin > heard.starts_at and heard.rank == STATEMENT,
        is_cut_before=begin == since > heard.starts_at,
        is_cut_after=end == last < heard.ends_at,
    )


def as_table(parts: Sequence[Part], *, for_staff: bool) -> bytes:
    """The `parts` as CSV in the active language, one row each; names as `Heard.speaker` has them.

    Times are whole seconds of the recording, so that each row ends where the next may begin.
    """
    headings = [
        *(
            _("Start"),
            pgettext("moment", "End"),
            _("Start in seconds"),
            _("End in seconds"),
            _("Seconds"),
            _("Duration"),
        ),
        *(_("No."), _("Kind"), _("Speaker for"), _("Speaker"), _("Functional title"), _("On behalf of")),
        *(_("Capacity"), _("List"), _("Not in this recording")),
    ]
    rows = [row for part in parts if (row := _row(part, for_staff=for_staff))]
    return as_csv.table(headings, rows)


def _row(part, *, for_staff) -> list[Any]:
    begin, end = part.begins // SECOND, part.ends // SECOND
    if begin == end:
        return []
    heard, turn = part.heard, part.heard.turn
    entry = turn.inscription if turn else None
    return [
        *(clock_of(begin), clock_of(end), begin, end, end - begin, clock_of(end - begin)),
        *(heard.number or "", heard.kind_in_words, heard.name, *heard.speaker(for_staff=for_staff)),
        *(turn.group if turn else "", heard.capacity, entry.speakers_list.name if entry else ""),
        cut_in_words(part),
    ]


def cut_in_words(part: Part) -> str:
    """Which end of what was heard is not in this recording; empty if it is whole."""
    if part.is_cut_before and part.is_cut_after:
        return _("its beginning and its end")
    if part.is_cut_before:
        return _("its beginning")
    return _("its end") if part.is_cut_after else ""


def clock_of(seconds: int) -> str:
    """A number of whole `seconds` as “1:02:05”."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
