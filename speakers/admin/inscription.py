"""The list of speakers in speaking order, and a page for each entry with everything known about it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

import clock
from dialogue import moments
from dialogue.admin import on_many
from dialogue.admin.acting import WithActs
from dialogue.admin.base import DeskAdmin, ReadOnly
from speakers.admin import board, filters, on_behalf, verifying_many, writing
from speakers.admin.acts import LIST_ACTS
from speakers.admin.columns import marks_of, name_of_speaker, recording_of
from speakers.admin.history import history_of
from speakers.admin.speaking_order import SpeakingOrder
from speakers.admin.taking_out import TakesOut
from speakers.models import Inscription
from speakers.models.inscription import InscriptionQuerySet
from speakers.order import precedence
from spelling import listing
from spelling.listing import in_a_row


@admin.register(Inscription)
class InscriptionAdmin(TakesOut, WithActs, ReadOnly, DeskAdmin):
    """Nothing is edited here: an entry changes only by an act, and each act calls a rule module."""

    acts = LIST_ACTS
    actions = ["verify_chosen", "write_to_chosen", "take_out_workbook", "take_out_csv"]
    list_filter = [
        filters.MeetingFilter,
        filters.StateFilter,
        filters.MarkFilter,
        filters.CapacityFilter,
        filters.BandFilter,
        filters.RegionFilter,
        filters.LevelFilter,
    ]
    list_per_page = 200
    sortable_by = []
    search_fields = [
        "delegation__search_words",
        "delegation__code",
        "speaker_name",
        "group_name",
        "group_key",
        "contact_name",
        "contact_email",
        "receipt_no__exact",
    ]
    search_help_text = _("Delegation, speaker, group, contact or receipt number.")
    fieldsets = [
        (_("Place"), {"fields": ["meeting", "delegation", "marked", "explained"]}),
        (_("Capacity"), {"fields": ["capacity", "group_name", "group_size", "group_members", "named"]}),
        (
            _("Speaker"),
            {"fields": ["speaker_name_in_full", "speaker_title", "level", "spoken_in", "preferred", "recording"]},
        ),
        (_("Contact"), {"fields": ["contact_name", "contact_email", "contact_telephone", "copied_to", "note"]}),
        (
            _("Receipt"),
            {"fields": ["receipt_no", "arrived_exactly", "recorded_exactly", "filed_by_email", "witness", "ended"]},
        ),
        (_("History"), {"fields": ["history"]}),
    ]

    def get_urls(self) -> list[Any]:
        write = writing.url(self, writing.ToEntries, "speakers_inscription_write")
        return [*board.urls(self), write, *super().get_urls()]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return SpeakingOrder

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("speakers_list__meeting", "delegation", "level")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Entries are added on a delegation's behalf, late or not, through `on_behalf` alone."""
        return request.user.has_perm("speakers.add_inscription")

    def has_verify_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("speakers.change_inscription")

    def zone_of(self, request: HttpRequest, obj: Inscription | None) -> ZoneInfo:
        return obj.meeting.zone if obj else timezone.get_default_timezone()

    def moment_of(self, obj: Inscription) -> datetime:
        return obj.meeting.moment(clock.now())

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().change_view(request, object_id, form_url, {"title": _("Entry on the list of speakers")})

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Inscribe on behalf, or admit late with a reason; the rule decides which it is.  R-27"""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return on_behalf.page(self, request)

    @admin.action(description=_("Verify the chosen entries"), permissions=["verify"])
    def verify_chosen(self, request: HttpRequest, queryset: InscriptionQuerySet) -> HttpResponse | None:
        return verifying_many.verify_chosen(self, request, queryset)

    @admin.action(description=_("Write to the chosen delegations"), permissions=["verify"])
    def write_to_chosen(self, request: HttpRequest, queryset: InscriptionQuerySet) -> HttpResponse | None:
        if not (chosen := list(queryset)):
            on_many.tell_none(self, request)
            return None
        return writing.to_chosen("speakers_inscription_write", chosen[0].meeting, [entry.pk for entry in chosen])

    @admin.display(description=_("why this place"))
    def explained(self, inscription: Inscription) -> str:
        lines = format_html_join("", "<li>{}</li>", ((line,) for line in precedence.explain(inscription)))
        return format_html('<ul class="explained">{}</ul>', lines)

    @admin.display(description=_("marks"))
    def marked(self, inscription: Inscription) -> str:
        return in_a_row(marks_of(inscription)) or "–"

    @admin.display(description=_("joint statement"))
    def named(self, inscription: Inscription) -> str:
        """Whom the entry names, in order, and how each has answered."""
        named = inscription.joinings.select_related("delegation")
        lines = [(listing.named(each.delegation, each.get_state_display()),) for each in named]
        words = format_html_join("", "<li>{}</li>", lines)
        return format_html('<ul class="explained">{}</ul>', words) if lines else "–"

    @admin.display(description=_("speaker"))
    def speaker_name_in_full(self, inscription: Inscription) -> str:
        return name_of_speaker(inscription)

    @admin.display(description=_("language of delivery"))
    def spoken_in(self, inscription: Inscription) -> str:
        return inscription.other_language or inscription.get_language_display()

    @admin.display(description=_("recorded video"))
    def recording(self, inscription: Inscription) -> str:
        """Where the recording is, and who presents it. A link is followed only by who presses it."""
        return recording_of(inscription) or "–"

    @admin.display(description=_("preferred sitting"))
    def preferred(self, inscription: Inscription) -> str:
        return inscription.preferred_sitting_in_words

    @admin.display(description=_("copies to"))
    def copied_to(self, inscription: Inscription) -> str:
        return in_a_row(inscription.copies) or "–"

    @admin.display(description=_("arrived at"))
    def arrived_exactly(self, inscription: Inscription) -> str:
        return moments.stamp_in_words(inscription.arrived_at, inscription.meeting)

    @admin.display(description=_("recorded at"))
    def recorded_exactly(self, inscription: Inscription) -> str:
        return moments.stamp_in_words(inscription.recorded_at, inscription.meeting)

    @admin.display(description=_("withdrawn or refused"))
    def ended(self, inscription: Inscription) -> str:
        if inscription.ended_at is None:
            return "–"
        facts = {"moment": moments.in_words(inscription.ended_at, inscription.meeting), "who": inscription.ended_by}
        return _("%(moment)s, by %(who)s") % facts

    @admin.display(description=_("history"))
    def history(self, inscription: Inscription) -> str:
        return history_of(inscription)
