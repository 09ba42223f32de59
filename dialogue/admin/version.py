"""Released programmes, which can only be read.  R-31"""

import json
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from dialogue import moments, versions
from dialogue.admin.base import DeskAdmin, ReadOnly
from dialogue.models import ProgrammeVersion


@admin.register(ProgrammeVersion)
class ProgrammeVersionAdmin(ReadOnly, DeskAdmin):
    list_display = ["label", "meeting", "comment", "released"]
    list_filter = ["meeting", "kind"]
    list_select_related = ["meeting"]
    fieldsets = [
        (
            None,
            {
                "description": _("A released programme is never changed. Release the next one on the meeting’s page."),
                "fields": ["meeting", "number", "label", "comment", "released", "sha256", "previous_sha256"],
            },
        ),
        (_("What is new"), {"fields": ["what_is_new"]}),
        (_("Frozen text"), {"fields": ["frozen"]}),
    ]
    readonly_fields = ["label", "released", "what_is_new", "frozen"]

    def zone_of(self, request: HttpRequest, obj: ProgrammeVersion | None) -> ZoneInfo:
        return obj.meeting.zone if obj else timezone.get_default_timezone()

    @admin.display(description=_("title"))
    def label(self, version: ProgrammeVersion) -> str:
        return str(version.label)

    @admin.display(description=_("released"), ordering="released_at")
    def released(self, version: ProgrammeVersion) -> str:
        return moments.in_words(version.released_at, version.meeting)

    @admin.display(description=_("changes since the previous version"))
    def what_is_new(self, version: ProgrammeVersion) -> str:
        before = version.meeting.versions.filter(number=version.number - 1).first()
        old, new = versions.content_of(before), versions.content_of(version)
        lines = format_html_join(
            "", "<li>{}</li>", ((line,) for line in versions.difference(old, new, version.meeting))
        )
        return format_html('<ul class="explained">{}</ul>', lines)

    @admin.display(description=_("content"))
    def frozen(self, version: ProgrammeVersion) -> str:
        return format_html("<pre>{}</pre>", json.dumps(json.loads(version.content), indent=2, ensure_ascii=False))
