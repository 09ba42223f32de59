"""The columns of the list of speakers, each in words.  R-22"""

from typing import Any

from django.contrib import admin
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogue import moments
from speakers.models import Inscription
from speakers.models.filing import Filing


def name_of_speaker(inscription: Filing) -> str:
    """Form of address and name as they are to be announced, or “to be confirmed”.  R-14"""
    if not inscription.is_speaker_confirmed:
        return _("to be confirmed")
    return f"{inscription.speaker_prefix} {inscription.speaker_name}".strip()


def marks_of(inscription: Inscription) -> list[str]:
    """What is special about an entry, as a list of short labels."""
    marks = []
    if not inscription.is_standing:
        marks.append(inscription.get_state_display())
    if inscription.is_pinned:
        marks.append(_("pinned"))
    if inscription.is_swapped:
        marks.append(_("swapped"))
    if inscription.is_late:
        marks.append(_("late"))
    if inscription.extension_id:
        marks.append(_("by extension"))
    if not inscription.is_speaker_confirmed:
        marks.append(_("speaker unconfirmed"))
    if inscription.is_called:
        marks.append(_("called"))
    return marks


class Columns:
    """Mixin of the page of inscriptions. The changelist has set `place` on each entry."""

    @admin.display(description=gettext_lazy("place"))
    def place(self, inscription: Any) -> int | str:
        return inscription.place.number if inscription.place else "–"

    @admin.display(description=gettext_lazy("delegation"))
    def delegation_name(self, inscription: Inscription) -> str:
        return str(inscription.delegation)

    @admin.display(description=gettext_lazy("capacity"))
    def capacity_or_group(self, inscription: Inscription) -> str | Promise:
        return inscription.group_name or inscription.capacity_in_words

    @admin.display(description=gettext_lazy("level"))
    def level_name(self, inscription: Inscription) -> str:
        return str(inscription.level)

    @admin.display(description=gettext_lazy("speaker"))
    def speaker(self, inscription: Inscription) -> str:
        return name_of_speaker(inscription)

    @admin.display(description=gettext_lazy("receipt"))
    def receipt(self, inscription: Inscription) -> int:
        return inscription.receipt_no

    @admin.display(description=gettext_lazy("arrived"))
    def arrived(self, inscription: Inscription) -> str:
        return _stamp(inscription.arrived_at, inscription.meeting)

    @admin.display(description=gettext_lazy("recorded"))
    def recorded(self, inscription: Inscription) -> str:
        return _stamp(inscription.recorded_at, inscription.meeting)

    @admin.display(description=gettext_lazy("marks"))
    def marks(self, inscription: Inscription) -> str:
        return ", ".join(marks_of(inscription))


def _stamp(at, meeting):
    """A moment in the meeting's zone, in short form; the zone is named once, above the list.  R-01"""
    return moments.shown(at, meeting.zone, "SHORT_DATETIME_FORMAT")
