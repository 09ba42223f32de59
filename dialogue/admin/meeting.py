"""The page of a meeting: its facts, sittings, contacts and documents."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

import clock
from dialogue import moments
from dialogue.admin.acting import Act, WithActs
from dialogue.admin.base import Labelled, NeverDeleted
from dialogue.admin.whole import CheckedWhole
from dialogue.consistency import InFull, Objection, address_of, in_full
from dialogue.models import Contact, Document, Meeting, ProgrammeSlot, Sitting
from dialogue.models.meeting import time_zones


class SittingInline(Labelled, NeverDeleted, admin.TabularInline):
    model = Sitting
    extra = 0
    fields = ["part", "starts_at", "ends_at"]


class SlotInline(Labelled, NeverDeleted, admin.TabularInline):
    """The lines of the programme together, so that they can move with the sittings; each has a page for its persons."""

    model = ProgrammeSlot
    extra = 0
    fields = ["position", "starts_at", "ends_at", "kind", "title", "place"]
    show_change_link = True


class ContactInline(Labelled, NeverDeleted, admin.TabularInline):
    model = Contact
    extra = 0
    fields = ["role", "name", "office", "email", "telephone", "position"]


class DocumentInline(Labelled, NeverDeleted, admin.TabularInline):
    model = Document
    extra = 0
    fields = ["symbol", "title", "link", "position"]


class ZoneForm(forms.Form):
    """The zone that is typed for a new meeting."""

    time_zone = forms.ChoiceField(choices=[(name, name) for name in sorted(time_zones())])


@admin.register(Meeting)
class MeetingAdmin(WithActs, CheckedWhole):
    """Facts are edited here. Other apps offer what they keep of a meeting, see `offer`."""

    list_display_links = ["name"]
    search_fields = ["slug", "title"]
    inlines = [SittingInline, SlotInline, ContactInline, DocumentInline]
    readonly_fields = ["programme"]
    offered_columns: tuple[Any, ...] = ()
    offered_inlines: tuple[Any, ...] = ()
    read_with: tuple[str, ...] = ()
    fieldsets = [
        (
            _("The meeting"),
            {
                "description": _("The text of the invitation. English is enough; the other languages are folded away."),
                "fields": ["title", "theme", "convened_by", "invitation", "purpose", "venue", "has_several_rooms"],
            },
        ),
        (
            _("When"),
            {
                "description": _("Dates and times are entered and shown in the meeting’s own time zone."),
                "fields": ["slug", "time_zone", "starts_at", "ends_at", "floor_opens_at", "programme"],
            },
        ),
        (
            _("What the public sees"),
            {
                "description": _("Only staff see a meeting that is not published."),
                "fields": ["is_published"],
            },
        ),
        (
            _("Personal data"),
            {
                "description": _(
                    "Every night, data that are due are erased everywhere: contacts, requests for tickets, mail, "
                    "personal data in the journal, files. Who spoke, what was published, and all counts are kept."
                ),
                "fields": ["personal_data_days", "declined_data_days"],
            },
        ),
    ]

    @classmethod
    def offer(
        cls,
        *,
        acts: Iterable[Act] = (),
        inlines: Iterable[Any] = (),
        columns: Iterable[Any] = (),
        read_with: Iterable[str] = (),
        check_whole: Callable[[InFull], Iterable[Objection]] | None = None,
    ) -> None:
        """Show on the page of a meeting what another app offers there; it calls this once, where its pages register.

        `acts` are buttons, `inlines` stand before those of the meeting, `columns` are functions of a meeting for the
        list of meetings, and `read_with` names the relations that these need, fetched for the whole page. `check_whole`
        is asked about a meeting, with all that belongs to it, instead of this app's own check.
        """
        cls.acts += tuple(acts)
        cls.offered_inlines += tuple(inlines)
        cls.offered_columns += tuple(columns)
        cls.read_with += tuple(read_with)
        if check_whole:
            cls.check_whole = staticmethod(check_whole)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whether it is a rehearsal is a field of a new meeting only."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            return fieldsets
        when = ["slug", "time_zone", "is_rehearsal", "starts_at", "ends_at", "floor_opens_at"]
        return [
            (name, options | ({"fields": when} if "slug" in options["fields"] else {})) for name, options in fieldsets
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Meeting | None = None) -> list[str]:
        """The address and the zone of a meeting stay as they are: its journal and all its moments depend on them."""
        return self.readonly_fields if obj is None else [*self.readonly_fields, "slug", "time_zone"]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return ["name", "starts", *self.offered_columns, "is_published", "is_rehearsal"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Meeting]:
        """Each meeting with the moment at which it is read, as its columns need it."""
        meetings = super().get_queryset(request).annotate(read_at=clock.as_expression())
        return meetings.prefetch_related(*self.read_with)

    def get_inlines(self, request: HttpRequest, obj: Meeting | None) -> list[Any]:
        return [*self.offered_inlines, *(self.inlines if obj else [])]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page, with what is missing or contradicts itself, each with where to mend it."""
        meeting = self.get_object(request, object_id)
        wanting = self._wanting(meeting) if meeting else []
        return super().change_view(request, object_id, form_url, {"wanting": wanting, **(extra_context or {})})

    def _wanting(self, meeting):
        found = self.check_whole(in_full(meeting))
        return [{"words": each.words, "address": address_of(each, meeting)} for each in found]

    def meeting_of(self, obj: Meeting) -> Meeting:
        return obj

    def zone_of(self, request: HttpRequest, obj: Meeting | None) -> ZoneInfo:
        """The meeting's own zone; for a new meeting the zone that is typed, so that its moments are read in it."""
        form = ZoneForm(request.POST)
        typed = form.cleaned_data["time_zone"] if form.is_valid() else "America/New_York"
        return (obj or Meeting(time_zone=typed)).zone

    def stream_of(self, obj: Meeting) -> str:
        return obj.journal_stream

    def moment_of(self, obj: Meeting) -> datetime:
        return obj.moment(clock.now())

    @admin.display(description=_("meeting"), ordering="title")
    def name(self, meeting: Meeting) -> str:
        return str(meeting)

    @admin.display(description=_("starts"), ordering="starts_at")
    def starts(self, meeting: Meeting) -> str:
        return moments.in_words(meeting.starts_at, meeting)

    @admin.display(description=_("programme"))
    def programme(self, meeting: Meeting) -> str:
        address = reverse("admin:dialogue_programmeslot_changelist") + f"?meeting__id__exact={meeting.pk}"
        return format_html('<a href="{}">{}</a>', address, _("Open the programme of this meeting"))
