"""Staff export chosen entries with their contacts, as a file; each export is journalled.  R-30 R-58"""

from datetime import datetime

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from dialogue.admin.base import DeskAdmin, staff
from speakers.models import Inscription, SpeakersList
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
        """A file of the chosen entries, of each list in speaking order, then those without a place, by receipt."""
        chosen = list(queryset.select_related("speakers_list__meeting", "delegation", "level").order_by("receipt_no"))
        if len({entry.meeting.pk for entry in chosen}) != 1:
            self.message_user(request, _("Please choose entries of one meeting."), messages.ERROR)
            return None
        return _file(request, chosen, extension, at=self.moment_of(chosen[0]))


class TakenForm(forms.Form):
    """Which file is exported from the board: of its list, or of all lists of the meeting."""

    extension = forms.ChoiceField(choices=[(each, each) for each in with_contacts.CONTENT_TYPES])
    all_lists = forms.BooleanField(required=False)


def from_board(request: HttpRequest, speakers_list: SpeakersList, *, at: datetime) -> HttpResponse | None:
    """The entries of `speakers_list`, or of all lists of its meeting, as the file that was asked for; None if none was.

    Entries that hold a place or wait to be verified; others are chosen on the page of the list.
    """
    form = TakenForm(request.POST)
    if not form.is_valid():
        return None
    lists = {"meeting": speakers_list.meeting} if form.cleaned_data["all_lists"] else {"pk": speakers_list.pk}
    found = Inscription.objects.active().filter(speakers_list__in=SpeakersList.objects.filter(**lists))
    related = ("speakers_list__meeting", "delegation", "level")
    chosen = list(found.select_related(*related).order_by("speakers_list", "receipt_no"))
    return _file(request, chosen, form.cleaned_data["extension"], at=at) if chosen else None


def _file(request, chosen, extension, *, at):
    """The `chosen` entries, of lists of one meeting, as a download; who took them is journalled."""
    lists = {entry.speakers_list_id: entry.speakers_list for entry in chosen}
    taken = [(each, _in_order(each, chosen)) for each in lists.values()]
    with transaction.atomic():
        data = with_contacts.take_out(taken, extension, by=staff(request), at=at)
    [first, *others] = lists.values()
    name = first.meeting.slug if others else "-".join(first.address)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}-with-contacts.{extension}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(data, content_type=with_contacts.CONTENT_TYPES[extension], headers=headers)


def _in_order(speakers_list, chosen):
    """Those of the `chosen` entries that are of `speakers_list`, each with the number of its place or None."""
    numbers = {place.inscription.pk: place.number for place in precedence.bare_order(speakers_list)}
    own = [entry for entry in chosen if entry.speakers_list_id == speakers_list.pk]
    for entry in own:
        entry.speakers_list = speakers_list
    return sorted(
        ((entry, numbers.get(entry.pk)) for entry in own),
        key=lambda pair: pair[1] or len(numbers) + pair[0].receipt_no,
    )
