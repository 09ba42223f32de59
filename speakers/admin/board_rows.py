"""What the board shows: sections, rows and marks, each explained, read with eight statements at most.  R-16 R-22"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _

from journal import position
from speakers import chronicle
from speakers.admin.columns import marks_of, name_of_speaker
from speakers.admin.speaking_order import at_their_places
from speakers.forecast import advice
from speakers.forecast.list_forecast import ListForecast, forecast_list, turn_in_short
from speakers.forecast.plot import Plot, plot_of
from speakers.models import Inscription, SpeakersList
from speakers.models.entry import EntryAtTheDesk
from speakers.moves import undoing
from spelling.listing import listed


class Row(NamedTuple):
    """One entry as the board shows it. `notes` explain its `marks` in sentences."""

    pk: int
    name: str
    delegation: str
    group: str
    level: str
    speaker: str
    receipt: int
    marks: list[str]
    notes: list[str]
    is_called: bool
    is_pinned: bool
    number: int | None = None
    turn: str = ""
    fits: bool = True
    begins_class: bool = False


@dataclass(frozen=True)
class Section:
    """A run of entries of one band, and the number of its first place."""

    heading: str
    first: int
    rows: list[Row]


@dataclass(frozen=True)
class Board:
    """The board of a list at one moment. `version` is the journal position it shows."""

    version: int
    sections: list[Section]
    unverified: list[Row]
    ahead: ListForecast
    plot: Plot | None
    advice: list[str]
    last_step: undoing.Step | None

    @classmethod
    def of(cls, speakers_list: SpeakersList, *, at: datetime) -> "Board":
        """Read the board of `speakers_list` at its meeting's moment `at`.

        The version is read first, so that anything recorded while the list is read counts as not seen.
        """
        version = position.position(speakers_list.journal_stream)
        entries = speakers_list.inscriptions.at_the_desk()
        notes = _notes(entries)
        places, others = at_their_places(entries, speakers_list)
        ahead = forecast_list(speakers_list, places, at=at)
        return cls(
            version=version,
            sections=_sections(places, ahead, notes),
            unverified=[_row(entry, notes) for entry in others if entry.is_active],
            ahead=ahead,
            plot=plot_of(ahead),
            advice=advice.sentences(ahead),
            last_step=undoing.last_step(speakers_list, places, at=at),
        )


def _sections(places, ahead, notes):
    """The `places` under the headings of their bands; a pin across bands begins a new run."""
    turns = {turn.key: turn for turn in ahead.forecast.turns}
    sections = []
    for label, run in groupby(places, key=lambda place: place.band_label):
        rows = [
            _row(place.inscription, notes, number=place.number, begins_class=_begins_class(place, before))
            for before, place in pairwise([None, *run])
        ]
        sections.append(Section(label, rows[0].number, [_with_turn(row, turns, ahead.meeting) for row in rows]))
    return sections


def _row(entry, notes, **of_its_place):
    return Row(
        pk=entry.pk,
        name=chronicle.named(entry),
        delegation=entry.delegation,
        group=entry.group_name,
        level=entry.level,
        speaker=name_of_speaker(entry),
        receipt=entry.receipt_no,
        marks=marks_of(entry),
        notes=notes.get(entry.pk, []),
        is_called=entry.is_called,
        is_pinned=entry.is_pinned,
        **of_its_place,
    )


def _begins_class(place, before):
    return before is not None and before.precedence_class != place.precedence_class


def _with_turn(row, turns, meeting):
    """The `row` with its likely turn, unless it has none: it was called, or there is no time."""
    turn = turns.get(row.pk)
    return row._replace(turn=turn_in_short(turn, meeting), fits=turn.fits) if turn else row


def _notes(entries):
    """The notes on those of the `entries` that need any, by their keys; they are few, and read by themselves."""
    names = {entry.pk: chronicle.named(entry) for entry in entries}
    noted = {
        entry.pk: entry
        for entry in entries
        if entry.is_pinned or entry.is_swapped or entry.joined or not entry.is_standing
    }
    facts = ["pk", "pin_reason", "filed_by_email", "is_on_record", "swapped_by__proposer", "swapped_by__partner"]
    found = Inscription.objects.filter(pk__in=noted).order_by().values_list(*facts)
    return {
        pk: notes_on(
            noted[pk],
            reason=reason,
            filed_from=address,
            is_on_record=is_on_record,
            anchor=names.get(noted[pk].pinned_before_id),
            partner=next((names.get(side) for side in sides if side != pk), None),
        )
        for pk, reason, address, is_on_record, *sides in found
    }


def notes_on(
    entry: EntryAtTheDesk,
    *,
    reason: str,
    filed_from: str,
    is_on_record: bool,
    anchor: str | None,
    partner: str | None,
) -> list[str]:
    """A sentence for each mark of `entry` that needs explaining.

    `reason` is that of its pin before `anchor`; with `partner` it swapped. Both are names.
    """
    notes = []
    if entry.joined:
        notes.append(_("Joined by %(joined)s.") % {"joined": listed(entry.joined)})
    if anchor:
        notes.append(_("Pinned before %(other)s. Reason: %(reason)s") % {"other": anchor, "reason": reason})
    if entry.is_pinned_last:
        words = _("Pinned to the end: the entry it was placed before has left. Reason: %(reason)s")
        notes.append(words % {"reason": reason})
    if partner:
        notes.append(_("Swapped with %(other)s: it has the turn that %(other)s had.") % {"other": partner})
    if not entry.is_standing and is_on_record:
        words = _("“%(group)s” was not on the register of groups. It takes no place until verified.")
        notes.append(words % {"group": entry.group_name})
    elif not entry.is_standing:
        words = _("Filed from %(address)s, which is not on record. It takes no place until verified.")
        notes.append(words % {"address": filed_from})
    return notes
