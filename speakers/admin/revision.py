"""Frozen lists, established or published, each with its hash.  R-28"""

import json
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from dialogue import moments
from dialogue.admin.base import DeskAdmin, ReadOnly
from speakers.models import Revision


@admin.register(Revision)
class RevisionAdmin(ReadOnly, DeskAdmin):
    list_display = ["number", "meeting", "kind", "as_at_words", "sha256"]
    list_filter = ["speakers_list__meeting", "kind"]
    list_select_related = ["speakers_list__meeting"]
    fieldsets = [
        (
            None,
            {
                "description": _("A frozen list never changes. The next revision contains the hash of this one."),
                "fields": [
                    "meeting",
                    "number",
                    "kind",
                    "as_at_words",
                    "comment",
                    "public_page",
                    "sha256",
                    "previous_sha256",
                    "rows",
                ],
            },
        )
    ]
    readonly_fields = ["as_at_words", "public_page", "rows"]
    view_on_site = False

    def zone_of(self, request: HttpRequest, obj: Revision | None) -> ZoneInfo:
        return obj.meeting.zone if obj else timezone.get_default_timezone()

    @admin.display(description=_("as at"), ordering="as_at")
    def as_at_words(self, revision: Revision) -> str:
        return moments.in_words(revision.as_at, revision.meeting)

    @admin.display(description=_("public page"))
    def public_page(self, revision: Revision) -> str:
        return format_html('<a href="{0}">{0}</a>', revision.get_absolute_url())

    @admin.display(description=_("content"))
    def rows(self, revision: Revision) -> str:
        """The frozen content as it was hashed, indented for reading."""
        return format_html("<pre>{}</pre>", json.dumps(json.loads(revision.content), indent=2, ensure_ascii=False))
