"""The manifests for security: frozen from the terms of tickets, viewed and taken out here.  R-52"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

import clock
from dialogue import moments
from dialogue.admin.acting import Act, PlainForm
from dialogue.admin.base import DeskAdmin, ReadOnly, staff
from registration.admin.filters import MeetingFilter
from registration.manifests import freezing, sheet
from registration.manifests.manifest import pending
from registration.models import Manifest, ManifestFile
from speakers.publishing.exports.formats import WORKBOOK
from spelling.listing import in_a_row


def _freeze(ticketing, _typed, by, at):
    meeting = ticketing.meeting
    manifest = freezing.freeze(meeting, by=by, at=at)
    words = _("%(sheet)s is frozen: %(added)d added, %(withdrawn)d withdrawn. Download the file and send it.")
    return words % {"sheet": manifest.label, "added": manifest.added, "withdrawn": manifest.withdrawn}


def _page_of_last(ticketing, _typed):
    last = ticketing.meeting.manifests.first()
    return reverse("admin:registration_manifest_change", args=[last.pk])


def _beside(ticketing, _at):
    """Who would be on the sheet, and the sponsoring office that it would name."""
    found = pending(ticketing.meeting)
    office = sheet.office_of(ticketing.meeting) or _("no office: the meeting has no contact for tickets")
    names = [in_a_row([each, each.request.organization]) for each in found.added]
    return [
        {"heading": _("To be added"), "lines": names, "none": _("no one")},
        {"heading": _("To be withdrawn"), "lines": [str(row) for row in found.withdrawn], "none": _("no one")},
        {"heading": _("Sponsoring office"), "lines": [office]},
    ]


MANIFEST_ACTS = (
    Act(
        name="freeze-manifest",
        label=gettext_lazy("Freeze the manifest for security"),
        guidance=gettext_lazy(
            "Includes everyone without a grounds pass whose approval was released and who is on no earlier sheet. The "
            "file never changes after that: anyone approved later goes on a supplement. A person whose mail is still "
            "a draft is left off the sheet."
        ),
        form=PlainForm,
        perform=_freeze,
        permission="registration.add_manifest",
        beside=_beside,
        after=_page_of_last,
    ),
)


@admin.register(Manifest)
class ManifestAdmin(ReadOnly, DeskAdmin):
    """Read-only: security has a copy of every frozen sheet."""

    list_display = ["sheet", "frozen", "added", "withdrawn", "sha256"]
    list_display_links = ["sheet"]
    list_filter = [MeetingFilter]
    list_select_related = ["meeting"]
    fieldsets = [
        (
            None,
            {
                "description": gettext_lazy(
                    "The file never changes: anyone who has it can compare its SHA-256 with the one below. The name "
                    "of the file ends in the first twelve digits. The journal records who takes it out."
                ),
                "fields": ["sheet", "meeting", "frozen", "frozen_by", "sha256", "file_name"],
            },
        ),
        (gettext_lazy("Names"), {"fields": ["added", "names", "withdrawn", "withdrawn_names"]}),
    ]
    change_form_template = "admin/registration/manifest/change_form.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(never_cache(require_POST(self.take_out)))
        name = "registration_manifest_file"
        return [path("<int:object_id>/file/", view, name=name), *super().get_urls()]

    def take_out(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The file; a POST, because the journal records who takes it out."""
        manifest = Manifest.objects.select_related("meeting").filter(pk=object_id).first()
        if manifest is None:
            raise Http404
        if not self.has_view_permission(request, manifest):
            raise PermissionDenied
        at = self.moment_of(manifest)
        try:
            with transaction.atomic():
                content = freezing.hand_out(manifest, by=staff(request), at=at)
        except ManifestFile.DoesNotExist:
            raise Http404(_("The file was erased with the personal data of the meeting.")) from None
        headers = {"Content-Disposition": f'attachment; filename="{manifest.file_name}"'}
        return HttpResponse(content, content_type=WORKBOOK, headers=headers)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().change_view(request, object_id, form_url, {"title": _("Manifest for security")})

    def zone_of(self, request: HttpRequest, obj: Manifest | None) -> ZoneInfo:
        return obj.meeting.zone if obj else super().zone_of(request, obj)

    def moment_of(self, obj: Manifest) -> datetime:
        return obj.meeting.moment(clock.now())

    @admin.display(description=gettext_lazy("sheet"), ordering="number")
    def sheet(self, manifest: Manifest) -> str:
        return str(manifest.label)

    @admin.display(description=gettext_lazy("frozen"), ordering="frozen_at")
    def frozen(self, manifest: Manifest) -> str:
        return moments.in_words(manifest.frozen_at, manifest.meeting)

    @admin.display(description=gettext_lazy("frozen by"))
    def frozen_by(self, manifest: Manifest) -> str:
        file = ManifestFile.objects.filter(manifest=manifest).first()
        return file.frozen_by if file else _("erased")

    @admin.display(description=gettext_lazy("file"))
    def file_name(self, manifest: Manifest) -> str:
        if ManifestFile.objects.filter(manifest=manifest).exists():
            return manifest.file_name
        return _("The file was erased with the personal data of the meeting.")

    @admin.display(description=gettext_lazy("added"))
    def names(self, manifest: Manifest) -> str:
        return _lines(manifest.rows.all())

    @admin.display(description=pgettext_lazy("names on a manifest", "withdrawn"))
    def withdrawn_names(self, manifest: Manifest) -> str:
        return _lines(manifest.withdrawn_rows.select_related("manifest"))


def _lines(rows):
    return format_html_join(mark_safe("<br>"), "<bdi>{}</bdi>", ((str(row),) for row in rows)) or "–"
