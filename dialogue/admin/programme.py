"""The programme: its lines, and the persons of each line as they are printed."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

import clock
from dialogue import moments
from dialogue.admin.base import Rows
from dialogue.admin.whole import CheckedWhole
from dialogue.models import Meeting, ProgrammePerson, ProgrammeSlot
from spelling.listing import in_a_row


class MeetingForm(forms.Form):
    """The meeting to which a new line is to belong, for the zone of its time."""

    meeting = forms.ModelChoiceField(Meeting.objects.all())


class PersonInline(Rows, admin.StackedInline):
    model = ProgrammePerson
    extra = 0
    fields = ["name", "role", "note", "email", "is_moderator", "by_video", "position"]


@admin.register(ProgrammeSlot)
class ProgrammeSlotAdmin(CheckedWhole):
    """One line of the programme with its persons; all lines together stand on the page of their meeting."""

    list_display = ["line", "starts", "kind", "who", "meeting"]
    list_filter = ["meeting", "kind"]
    list_select_related = ["meeting"]
    ordering = ["meeting", "position"]
    search_fields = ["title", "persons__name"]
    inlines = [PersonInline]
    fieldsets = [
        (
            None,
            {
                "description": _(
                    "One line as it is printed. The time is in the meeting’s own zone; only a heading and the list of "
                    "speakers may be without one. The position alone decides the order."
                ),
                "fields": ["meeting", "position", "starts_at", "ends_at", "kind", "title", "place", "list_slug"],
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("persons")

    def get_readonly_fields(self, request: HttpRequest, obj: ProgrammeSlot | None = None) -> list[str]:
        return ["meeting"] if obj else []

    def zone_of(self, request: HttpRequest, obj: ProgrammeSlot | None) -> ZoneInfo:
        form = MeetingForm(request.POST or request.GET)
        meeting = obj.meeting if obj else form.is_valid() and form.cleaned_data["meeting"]
        return (meeting or Meeting()).zone

    def meeting_of(self, obj: ProgrammeSlot) -> Meeting:
        return obj.meeting

    def stream_of(self, obj: ProgrammeSlot) -> str:
        return obj.meeting.journal_stream

    def moment_of(self, obj: ProgrammeSlot) -> datetime:
        return obj.meeting.moment(clock.now())

    @admin.display(description=_("line"), ordering="position")
    def line(self, slot: ProgrammeSlot) -> str:
        return f"{slot.position}. {slot.title}"

    @admin.display(description=_("starts at"), ordering="starts_at")
    def starts(self, slot: ProgrammeSlot) -> str:
        if slot.starts_at is None:
            return "–"
        time = time_format(timezone.localtime(slot.starts_at, slot.meeting.zone), "TIME_FORMAT")
        zone = moments.zone_in_words(slot.meeting.time_zone)
        return _("%(time)s (%(zone)s)") % {"time": time, "zone": zone}

    @admin.display(description=_("persons"))
    def who(self, slot: ProgrammeSlot) -> str:
        return in_a_row(person.name for person in slot.persons.all()) or "–"
