"""Meetings in the room, on the staff site: links to the console and to the record.  R-32"""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.db.models import QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialogue.admin import MeetingAdmin
from dialogue.admin.base import DeskAdmin, ReadOnly
from dialogue.models import Meeting
from floor.access import RUN, TEXTS
from floor.models import Room

PAGES = {"record": _("Record"), "statistics": _("Statistics"), "paper": _("On paper")}
FOR_OFFICERS = {"console": _("Console"), "forecast": _("Forecast"), "script": _("Script")}


@admin.register(Room)
class RoomAdmin(ReadOnly, DeskAdmin):
    """One row for each meeting that has come to the room. The work is done on the pages it links to."""

    list_display = ["meeting", "condition", "pages"]
    list_select_related = ["meeting"]
    ordering = ["-meeting__starts_at"]
    fieldsets = [
        (
            None,
            {
                "description": _("Acts in the room are carried out on the console and kept in the journal."),
                "fields": ["meeting", "condition", "pages"],
            },
        )
    ]
    readonly_fields = ["condition", "pages"]
    view_on_site = False

    def zone_of(self, request: HttpRequest, obj: Room | None) -> ZoneInfo:
        return obj.meeting.zone if obj else timezone.get_default_timezone()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rooms, each with whether the signed-in user may run it."""
        return super().get_queryset(request).annotate(may_run=Value(request.user.has_perm(RUN)))

    @admin.display(description=_("state"))
    def condition(self, room: Room) -> str | Promise:
        if room.concluded_at:
            return _("concluded")
        return _("suspended") if room.suspended_at else _("in session")

    @admin.display(description=_("pages"))
    def pages(self, room: Any) -> str:
        names = (FOR_OFFICERS if room.may_run else {}) | PAGES
        links = ((reverse(f"floor:{name}", args=[room.meeting.slug]), label) for name, label in names.items())
        return format_html_join(" · ", '<a href="{}">{}</a>', links)


def pages_of(meeting: Meeting, user: Any) -> Iterator[tuple[str, str]]:
    """What `user` may open of `meeting` in the room."""
    if user.has_perm(RUN):
        yield gettext("Room"), reverse("floor:console", args=[meeting.slug])
        yield gettext("Booths"), reverse("floor:booths", args=[meeting.slug])
    if meeting.is_published and user.has_perm(TEXTS):
        yield gettext("Texts for interpreters"), reverse("floor:booth", args=[meeting.slug])


MeetingAdmin.offer(links=pages_of)
