"""The page of a meeting: its facts, sittings, contacts, documents and bands."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

import clock
from dialogue import moments
from dialogue.admin.acting import WithActs
from dialogue.admin.base import DeskAdmin, Labelled, NeverDeleted
from dialogue.admin.programme import warn_of_programme
from dialogue.models import Band, Contact, Document, Meeting, Sitting


class SittingInline(Labelled, NeverDeleted, admin.TabularInline):
    model = Sitting
    extra = 0
    fields = ["part", "starts_at", "ends_at"]


class ContactInline(Labelled, NeverDeleted, admin.TabularInline):
    model = Contact
    extra = 0
    fields = ["role", "name", "office", "email", "telephone", "position"]


class DocumentInline(Labelled, NeverDeleted, admin.TabularInline):
    model = Document
    extra = 0
    fields = ["symbol", "title", "link", "position"]


class BandInline(Labelled, NeverDeleted, admin.TabularInline):
    model = Band
    extra = 0
    fields = ["code", "rank"]


@admin.register(Meeting)
class MeetingAdmin(WithActs, DeskAdmin):
    """Facts are edited here. The deadline is shown, and changed only by an act with a reason (R-04)."""

    list_display = ["name", "starts", "deadline", "state_of_list", "is_published", "is_rehearsal"]
    list_display_links = ["name"]
    search_fields = ["slug", "title"]
    inlines = [SittingInline, ContactInline, DocumentInline, BandInline]
    readonly_fields = ["deadline", "state_of_list", "programme"]
    fieldsets = [
        (
            _("The meeting"),
            {
                "description": _("The text of the invitation. English is enough; the other languages are folded away."),
                "fields": ["title", "theme", "convened_by", "invitation", "purpose", "venue"],
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
            _("Inscription"),
            {
                "description": _(
                    "The clock alone opens and closes the list. To move the deadline, to close or to reopen the list, "
                    "use the buttons at the top: they ask for a reason and notify the delegations."
                ),
                "fields": ["inscription_opens_at", "deadline", "state_of_list"],
            },
        ),
        (
            _("Order and time at the rostrum"),
            {
                "description": _(
                    "Customary protocol puts bands first, then the level of the speaker, then the order of receipt. "
                    "The order is fixed when the list opens; after that, the button at the top changes it, with a "
                    "reason that all inscribed delegations read. Write limits as hours:minutes:seconds."
                ),
                "fields": [
                    "policy",
                    "level_before_band",
                    "swaps_need_approval",
                    "national_limit",
                    "group_limit",
                    "civil_society_limit",
                ],
            },
        ),
        (
            _("What the public sees"),
            {
                "description": _("Only staff see a meeting that is not published."),
                "fields": ["is_published", "shows_speaker_names"],
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

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The deadline, and whether it is a rehearsal, are fields of a new meeting only; later, acts change them."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            return fieldsets
        added: dict[Any, list[str]] = {
            "slug": ["slug", "time_zone", "is_rehearsal", "starts_at", "ends_at", "floor_opens_at"],
            "inscription_opens_at": ["inscription_opens_at", "inscription_closes_at"],
        }
        return [
            (name, {**options, "fields": added.get(options["fields"][0], options["fields"])})
            for name, options in fieldsets
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Meeting | None = None) -> list[str]:
        """The address and the zone of a meeting stay as they are: its journal and all its moments depend on them.

        The opening and the order of the list are fixed when it opens.  R-21
        """
        if obj is None:
            return self.readonly_fields
        fixed = ["inscription_opens_at", "policy", "level_before_band"]
        has_opened = obj.moment(clock.now()) >= obj.inscription_opens_at
        return [*self.readonly_fields, "slug", "time_zone", *(fixed if has_opened else [])]

    def get_inlines(self, request: HttpRequest, obj: Meeting | None) -> list[Any]:
        return self.inlines if obj else []

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        warn_of_programme(request, form.instance)

    def zone_of(self, request: HttpRequest, obj: Meeting | None) -> ZoneInfo:
        """The meeting's own zone; for a new meeting the zone that is typed, so that its moments are read in it."""
        typed = request.POST.get("time_zone", "")
        return (obj or Meeting(time_zone=typed if typed in available_timezones() else "America/New_York")).zone

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

    @admin.display(description=_("deadline"), ordering="inscription_closes_at")
    def deadline(self, meeting: Meeting) -> str:
        return moments.in_words(meeting.inscription_closes_at, meeting)

    @admin.display(description=_("list of speakers"))
    def state_of_list(self, meeting: Meeting) -> str | Promise:
        at = meeting.moment(clock.now())
        if meeting.accepts_inscriptions(at):
            return _("open")
        return _("not open yet") if at < meeting.inscription_opens_at else _("closed")

    @admin.display(description=_("programme"))
    def programme(self, meeting: Meeting) -> str:
        address = reverse("admin:dialogue_programmeslot_changelist") + f"?meeting__id__exact={meeting.pk}"
        return format_html('<a href="{}">{}</a>', address, _("Open the programme of this meeting"))
