"""The columns of the list of speakers, each in words.  R-22"""

from typing import NamedTuple

from django.utils.html import format_html
from django.utils.translation import gettext as _

from dialogue import moments
from dialogue.models import Meeting
from speakers.models import Inscription
from speakers.models.entry import EntryAtTheDesk, ListedEntry, State
from speakers.models.filing import Filing
from spelling.listing import in_a_row


def name_of_speaker(filing: Filing | ListedEntry) -> str:
    """Form of address and name as they are to be announced, or “to be confirmed”.  R-14"""
    if not filing.speaker_name:
        return _("to be confirmed")
    return f"{filing.speaker_prefix} {filing.speaker_name}".strip()


def recording_of(filing: Filing) -> str:
    """Where the recorded video is and who presents it; empty if it is none.

    A link is shown as it is written, and opened only by the person who presses it.
    """
    if not filing.is_by_video:
        return ""
    where: str = _("the secretariat holds the file")
    if filing.video_link:
        where = format_html('<a href="{0}" rel="noopener noreferrer">{0}</a>', filing.video_link)
    if not filing.presenter:
        return where
    return format_html(_("{where}; presented by {name}"), where=where, name=filing.presenter)


def marks_of(entry: Inscription | EntryAtTheDesk, *, beside_the_speaker: bool = False) -> list[str]:
    """What is special about an entry, as a list of short labels.

    Where they stand `beside_the_speaker`, who is “to be confirmed” there, that is not said again.
    """
    marks = []
    if not entry.is_standing:
        marks.append(str(State(entry.state).label))
    if entry.is_pinned:
        marks.append(_("pinned"))
    if entry.fixed_sitting_id:
        marks.append(_("fixed to a sitting"))
    if entry.is_swapped:
        marks.append(_("swapped"))
    if entry.is_late:
        marks.append(_("late"))
    if entry.extension_id:
        marks.append(_("by extension"))
    if not (entry.speaker_name or beside_the_speaker):
        marks.append(_("speaker unconfirmed"))
    if entry.is_by_video:
        marks.append(_("by recorded video"))
    if entry.joined:
        marks.append(_("joint statement"))
    if entry.is_called:
        marks.append(_("called"))
    return marks


class Row(NamedTuple):
    """One entry as the list of speakers shows it, each column in words."""

    pk: int
    place: int | str
    delegation: str
    group: str
    level: str
    speaker: str
    receipt: int
    arrived: str
    marks: str


def row_of(entry: EntryAtTheDesk, place: int | None, meeting: Meeting) -> Row:
    """The row of `entry` at `place`; moments are in the zone of its `meeting`, which the column names.  R-01"""
    return Row(
        pk=entry.pk,
        place=place or "–",
        delegation=entry.delegation,
        group="" if entry.group_name == entry.delegation else entry.group_name,
        level=entry.level,
        speaker=name_of_speaker(entry),
        receipt=entry.receipt_no,
        arrived=moments.in_short(entry.arrived_at, meeting),
        marks=in_a_row(marks_of(entry, beside_the_speaker=True)),
    )
