"""Draws: the commitment and the result. Read-only; each step is an act on the meeting.  R-21"""

from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from dialogue.admin.base import DeskAdmin, ReadOnly
from speakers.models import Draw
from spelling.listing import named


@admin.register(Draw)
class DrawAdmin(ReadOnly, DeskAdmin):
    list_display = ["meeting", "kind", "commitment", "beacon", "drawn_at"]
    list_display_links = ["meeting", "kind"]
    list_select_related = ["speakers_list__meeting"]
    fieldsets = [
        (
            None,
            {
                "description": _(
                    "All of this is public, on the page of the draw. Carry out its steps on the page of the meeting."
                ),
                "fields": ["meeting", "kind", "window", "commitment", "committed_at", "beacon_announced"],
            },
        ),
        (_("The public value"), {"fields": ["beacon", "beacon_source", "beacon_entered_at"]}),
        (_("Drawn"), {"fields": ["secret", "seed", "drawn_at", "lots"]}),
    ]
    readonly_fields = ["lots"]

    def zone_of(self, request: HttpRequest, obj: Draw | None) -> ZoneInfo:
        return obj.meeting.zone if obj else timezone.get_default_timezone()

    @admin.display(description=_("the lots"))
    def lots(self, draw: Draw) -> str:
        rows = ((named(row["name"], row["lot"]),) for row in draw.delegations)
        return format_html('<ol class="history">{}</ol>', format_html_join("", "<li>{}</li>", rows))
