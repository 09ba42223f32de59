"""Every scan, read-only.  R-55"""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dialogue import moments
from dialogue.admin.base import DeskAdmin, ReadOnly
from registration.door.scan_words import happened_at
from registration.models import Scan


@admin.register(Scan)
class ScanAdmin(ReadOnly, DeskAdmin):
    """Newest first. The scanned code is not kept, only whose voucher it was."""

    list_display = ["moment", "outcome", "mode", "representative", "desk", "operator", "is_offline", "told"]
    list_display_links = ["moment"]
    list_select_related = ["meeting", "representative"]
    list_filter = ["meeting", "outcome", "mode", "is_offline"]
    list_per_page = 200
    search_fields = ["representative__name_key", "representative__latin_key", "operator", "desk"]
    fields = [
        *("meeting", "moment", "arrived", "outcome", "mode", "representative", "is_by_name"),
        *("desk", "operator", "is_offline", "told", "earlier"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("meeting", "representative", "earlier")

    def zone_of(self, request: HttpRequest, obj: Scan | None) -> ZoneInfo:
        return obj.meeting.zone if obj else super().zone_of(request, obj)

    @admin.display(description=_("scanned at"), ordering="scanned_at")
    def moment(self, scan: Scan) -> str:
        return moments.in_words(happened_at(scan), scan.meeting)

    @admin.display(description=_("arrived here at"))
    def arrived(self, scan: Scan) -> str:
        return moments.in_words(scan.scanned_at, scan.meeting)
