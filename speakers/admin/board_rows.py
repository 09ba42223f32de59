"""What the board shows: sections, rows and marks, each explained, read with six statements.  R-16 R-22"""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from journal import position
from speakers import chronicle
from speakers.admin.columns import marks_of, name_of_speaker
from speakers.forecast import advice
from speakers.forecast.list_forecast import ListForecast, forecast_list, turn_in_short
from speakers.forecast.plot import Plot, plot_of
from speakers.models import Inscription
from speakers.moves import undoing
from speakers.order import precedence


@dataclass(frozen=True)
class Row:
    """One entry as the board shows it. `notes` explain its marks in sentences."""

    entry: Inscription
    number: int | None
    speaker: str
    turn: str = ""
    fits: bool = True
    begins_class: bool = False
    marks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return chronicle.named(self.entry)


@dataclass(frozen=True)
class Section:
    """A run of entries of one band, and the number of its first place."""

    heading: str
    first: int
    rows: list[Row]


@dataclass(frozen=True)
class Board:
    """The board of a meeting at one moment. `version` is the journal position it shows."""

    meeting: Meeting
    version: int
    sections: list[Section]
    unverified: list[Row]
    ahead: ListForecast
    plot: Plot | None
    advice: list[str]
    last_move: str

    @property
    def count(self) -> int:
        return sum(len(section.rows) for section in self.sections)

    @classmethod
    def of(cls, meeting: Meeting, *, at: datetime) -> "Board":
        """Read the board of `meeting` at its moment `at`.

        The version is read first, so that anything recorded while the list is read counts as not seen.
        """
        version = position.position(meeting.journal_stream)
        entries = _entries(meeting)
        places = precedence.places(
            [entry for entry in entries if entry.is_standing], precedence.Rules.of(meeting.speakers_list)
        )
        ahead = forecast_list(meeting.speakers_list, places, at=at)
        names = chronicle.names_of(entries)
        return cls(
            meeting=meeting,
            version=version,
            sections=_sections(places, ahead),
            unverified=[_row_without_place(entry) for entry in entries if not entry.is_standing],
            ahead=ahead,
            plot=plot_of(ahead),
            advice=advice.sentences(ahead),
            last_move=_last_move(meeting, names),
        )


def _entries(meeting):
    """All entries that stand or wait to be verified, with the fields the board shows (one statement)."""
    found = meeting.speakers_list.inscriptions.active().select_related(
        "delegation", "level", "pinned_before__delegation"
    )
    found = found.select_related("swapped_by__proposer__delegation", "swapped_by__partner__delegation")
    entries = list(found.order_by("receipt_no"))
    for entry in entries:
        entry.speakers_list = meeting.speakers_list
    return entries


def _sections(places, ahead):
    """The `places` under the headings of their bands; a pin across bands begins a new run."""
    turns = {turn.key: turn for turn in ahead.forecast.turns}
    sections = []
    for label, run in groupby(places, key=lambda place: place.band_label):
        rows, before = [], None
        for place in run:
            rows.append(_row(place, turns.get(place.inscription.pk), ahead, before))
            before = place
        sections.append(Section(label, rows[0].number, rows))
    return sections


def _row(place, turn, ahead, before):
    entry = place.inscription
    return Row(
        entry=entry,
        number=place.number,
        speaker=name_of_speaker(entry),
        turn=turn_in_short(turn, ahead.meeting) if turn else "",
        fits=turn.fits if turn else True,
        begins_class=before is not None and before.precedence_class != place.precedence_class,
        marks=marks_of(entry),
        notes=notes_on(entry),
    )


def _row_without_place(entry):
    return Row(entry=entry, number=None, speaker=name_of_speaker(entry), marks=marks_of(entry), notes=notes_on(entry))


def notes_on(entry: Inscription) -> list[str]:
    """A sentence for each mark of `entry` that needs explaining."""
    notes = []
    if entry.pinned_before:
        facts = {"other": chronicle.named(entry.pinned_before), "reason": entry.pin_reason}
        notes.append(_("Pinned before %(other)s. Reason: %(reason)s") % facts)
    if entry.is_pinned_last:
        words = _("Pinned to the end: the entry it was placed before has left. Reason: %(reason)s")
        notes.append(words % {"reason": entry.pin_reason})
    if entry.swapped_by:
        facts = {"other": chronicle.named(entry.swapped_by.other_side(entry))}
        notes.append(_("Swapped with %(other)s: it has the turn that %(other)s had.") % facts)
    if not entry.is_standing:
        facts = {"address": entry.filed_by_email}
        notes.append(_("Filed from %(address)s, which is not on record. It takes no place until verified.") % facts)
    return notes


def _last_move(meeting, names):
    """What the undo button would undo, as a sentence; empty if there is nothing to undo."""
    move = undoing.last_move(meeting.speakers_list)
    return chronicle.sentences([move.entry], meeting, names)[0] if move else ""
