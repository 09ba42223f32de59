"""Staff export chosen entries with their contacts, as a file; each export is journalled.  R-30 R-58"""

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from dialogue.admin.base import DeskAdmin, staff
from speakers.models.inscription import InscriptionQuerySet
from speakers.order import precedence
from speakers.publishing.exports import with_contacts


class TakesOut(DeskAdmin):
    """Mixin of the page of inscriptions: two actions on chosen entries."""

    def has_take_out_permission(self, request: HttpRequest) -> bool:
        """Only those who work on the list may export contacts."""
        return request.user.has_perm("speakers.change_inscription")

    @admin.action(description=_("Export with contacts, as a workbook (XLSX)"), permissions=["take_out"])
    def take_out_workbook(self, request: HttpRequest, queryset: InscriptionQuerySet) -> HttpResponse:
        return self._take_out(request, queryset, "xlsx")

    @admin.action(description=_("Export with contacts, as CSV"), permissions=["take_out"])
    def take_out_csv(self, request: HttpRequest, queryset: InscriptionQuerySet) -> HttpResponse:
        return self._take_out(request, queryset, "csv")

    def _take_out(self, request, queryset, extension):
        """A file of the chosen entries in speaking order, then those without a place, by receipt."""
        chosen = list(queryset.select_related("speakers_list__meeting", "delegation", "level").order_by("receipt_no"))
        if len({entry.speakers_list_id for entry in chosen}) != 1:
            self.message_user(request, _("Please choose entries of one list."), messages.ERROR)
            return None
        speakers_list = chosen[0].speakers_list
        numbers = {place.inscription.pk: place.number for place in precedence.speaking_order(speakers_list)}
        entries = sorted(
            ((entry, numbers.get(entry.pk)) for entry in chosen),
            key=lambda pair: pair[1] or len(numbers) + pair[0].receipt_no,
        )
        with transaction.atomic():
            data = with_contacts.take_out(
                speakers_list, entries, extension, by=staff(request), at=self.moment_of(chosen[0])
            )
        response = HttpResponse(data, content_type=with_contacts.CONTENT_TYPES[extension])
        name = f"{'-'.join(speakers_list.address)}-with-contacts.{extension}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store"
        return response
