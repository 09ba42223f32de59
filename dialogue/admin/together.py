"""Rows of a meeting's page that are saved together: each may take the place or the hour that another one leaves.  R-31

The database compares one row after the other, so the rows that move are first put where nothing is in their way. What
they become is checked as a whole before (see `whole`).
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.forms import BaseInlineFormSet
from django.forms.widgets import Script
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogue import moments
from dialogue.admin.base import Labelled, Rows, WholeForm
from dialogue.models import Meeting, ProgrammeSlot, Sitting

HIGHEST_POSITION = 32767
# Further back than any meeting that is stored.
OUT_OF_THE_WAY = timedelta(days=146_097)


class RowForm(WholeForm):
    """A row whose place among the others is checked with them, and not against the rows as they are stored."""

    checked_together = frozenset({"meeting"})

    def validate_constraints(self) -> None:
        """Nothing here: those that need no other row are checked by `WholeForm`."""


class RowsTogether(BaseInlineFormSet):
    """Makes room for the rows that move before the first of them is saved."""

    def clean(self) -> None:
        """Two rows of this page may not start at the same time, unless in two places.  R-31"""
        super().clean()
        taken = set()
        for form in self.forms:
            typed = getattr(form, "cleaned_data", {})
            starts = typed.get("starts_at"), str(typed.get("place", ""))
            if starts[0] and starts in taken:
                form.add_error("starts_at", _("Another one on this page starts at the same time."))
            taken.add(starts)

    def validate_unique(self) -> None:
        """Nothing here: `clean` says what two rows may not have alike."""

    def save(self, commit: bool = True) -> Any:
        moving = [form.instance.pk for form in self.initial_forms if form.has_changed()]
        if moving:
            self.make_room(moving)
        return super().save(commit)

    def make_room(self, moving: list[int]) -> None:
        """Put the stored rows with the keys `moving` where none of the rows that are typed will stand."""
        raise NotImplementedError


class SittingsTogether(RowsTogether):
    def make_room(self, moving: list[int]) -> None:
        rows = list(Sitting.objects.filter(pk__in=moving))
        for row in rows:
            row.starts_at -= OUT_OF_THE_WAY
        Sitting.objects.bulk_update(rows, ["starts_at"])


class SlotsTogether(RowsTogether):
    def make_room(self, moving: list[int]) -> None:
        typed = {form.cleaned_data.get("position") for form in self.forms if form.has_changed()}
        used = typed | set(ProgrammeSlot.objects.filter(meeting=self.instance).values_list("position", flat=True))
        free = (number for number in range(HIGHEST_POSITION, 0, -1) if number not in used)
        rows = list(ProgrammeSlot.objects.filter(pk__in=moving))
        for row, number in zip(rows, free, strict=False):
            row.position, row.starts_at, row.ends_at = number, None, None
        ProgrammeSlot.objects.bulk_update(rows, ["position", "starts_at", "ends_at"])


class SittingInline(Labelled, Rows, admin.TabularInline):
    model = Sitting
    form: Any = RowForm
    formset = SittingsTogether
    extra = 0
    fields = ["part", "starts_at", "ends_at", "place", "sign_language", "captions"]

    @staticmethod
    def in_short(sitting: Sitting, meeting: Meeting) -> str:
        """The `sitting` in the line that sums up all of them."""
        hours = moments.hours_in_words(sitting.starts_at, sitting.ends_at, meeting)
        return _("%(sitting)s, %(hours)s") % {"sitting": sitting, "hours": hours}


class SlotInline(Labelled, Rows, admin.TabularInline):
    """The lines of the programme together, so that they can move with the sittings; each has a page for its persons."""

    model = ProgrammeSlot
    form: Any = RowForm
    formset = SlotsTogether
    template = "admin/dialogue/meeting/slots.html"
    verbose_name = gettext_lazy("line of the programme")
    verbose_name_plural = gettext_lazy("programme")
    extra = 0
    fields = ["position", "starts_at", "ends_at", "kind", "title", "place", "list_slug"]
    show_change_link = True

    class Media:
        js = ("vendor/sortable/Sortable.min.js", Script("js/programme-order.js", type="module"))

    def get_formset(self, request: HttpRequest, obj: Meeting | None = None, **kwargs: Any) -> Any:
        """Of a meeting with several lists, a line may name the one that is heard then.  R-62"""
        lists = list(obj.lists.all()) if obj else []
        if len(lists) < 2:
            return super().get_formset(request, obj, **kwargs | {"fields": self.fields[:-1]})
        attributes = {"aria-label": gettext_lazy("List of speakers")}
        choices = [(each.slug, each.name) for each in lists]
        field = forms.ChoiceField(
            label=gettext_lazy("list of speakers"), choices=choices, required=False, widget=forms.Select(attributes)
        )
        return super().get_formset(
            request, obj, **kwargs | {"form": type("SlotForm", (self.form,), {"list_slug": field})}
        )

    def get_fields(self, request: HttpRequest, obj: Meeting | None = None) -> Any:
        return self.fields if obj and obj.lists.count() > 1 else self.fields[:-1]

    @staticmethod
    def in_short(slot: ProgrammeSlot, meeting: Meeting) -> str:
        """The `slot` in the line that sums up all of them."""
        words = str(slot.title)
        if slot.starts_at is None:
            return words
        return _("%(time)s %(line)s") % {"time": moments.clock_in_words(slot.starts_at, meeting), "line": words}
