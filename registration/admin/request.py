"""Whole requests: the organization, its focal point, and all representatives together.  R-46"""

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

import clock
from dialogue import moments
from dialogue.admin.acting import WithActs
from dialogue.admin.base import DeskAdmin, ReadOnly
from registration import records
from registration.admin import filters
from registration.admin.decision_acts import REQUEST_ACTS
from registration.models import TicketRequest
from registration.models.representative import LET_IN, State
from speakers.admin.history import history_of_subject
from spelling.listing import in_a_row, in_parts


@admin.register(TicketRequest)
class TicketRequestAdmin(WithActs, ReadOnly, DeskAdmin):
    """Only requests whose focal point confirmed."""

    acts = REQUEST_ACTS
    list_display = ["organization_name", "contact_name", "status", "arrived_in_short", "asked", "undecided", "let_in"]
    list_display_links = ["organization_name"]
    list_filter = [filters.MeetingFilter, "consultative_status"]
    list_per_page = 200
    ordering = ["arrived_at"]
    search_fields = ["organization__key", "organization__name", "contact_name", "contact_email"]
    fieldsets = [
        (
            _("Organization"),
            {"fields": ["organization_name", "country", "status", "others"]},
        ),
        (_("Focal point"), {"fields": ["contact_name", "contact_email", "language"]}),
        (_("Representatives"), {"fields": ["persons"]}),
        (_("Moments"), {"fields": ["arrived", "confirmed", "ended"]}),
        (_("History"), {"fields": ["history"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        counted = {
            "number": Count("representatives", filter=Q(representatives__turn__isnull=False)),
            "number_undecided": Count("representatives", filter=Q(representatives__state=State.CONFIRMED)),
            "number_let_in": Count("representatives", filter=Q(representatives__state__in=LET_IN)),
        }
        confirmed = super().get_queryset(request).filter(confirmed_at__isnull=False)
        return confirmed.select_related("meeting", "organization__country").annotate(**counted)

    def zone_of(self, request: HttpRequest, obj: TicketRequest | None) -> ZoneInfo:
        return obj.meeting.zone if obj else super().zone_of(request, obj)

    def moment_of(self, obj: TicketRequest) -> datetime:
        return obj.meeting.moment(clock.now())

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().change_view(request, object_id, form_url, {"title": _("Request for tickets")})

    @admin.display(description=_("organization"), ordering="organization__key")
    def organization_name(self, request: TicketRequest) -> str:
        return str(request.organization)

    @admin.display(description=_("country"))
    def country(self, request: TicketRequest) -> str | Promise:
        return str(request.organization.country) if request.organization.country_id else _("no single country")

    @admin.display(description=_("status"))
    def status(self, request: TicketRequest) -> str:
        return request.get_consultative_status_display()

    @admin.display(description=_("asked for"))
    def asked(self, request: Any) -> int:
        return request.number

    @admin.display(description=_("to be decided"))
    def undecided(self, request: Any) -> int:
        return request.number_undecided

    @admin.display(description=_("approved"))
    def let_in(self, request: Any) -> int:
        return request.number_let_in

    @admin.display(description=_("arrived"), ordering="arrived_at")
    def arrived_in_short(self, request: TicketRequest) -> str:
        return moments.in_short_with_zone(request.arrived_at, request.meeting)

    @admin.display(description=_("arrived"))
    def arrived(self, request: TicketRequest) -> str:
        return moments.in_words(request.arrived_at, request.meeting)

    @admin.display(description=_("confirmed"))
    def confirmed(self, request: TicketRequest) -> str:
        return moments.in_words(cast(datetime, request.confirmed_at), request.meeting)

    @admin.display(description=_("ended"))
    def ended(self, request: TicketRequest) -> str:
        return moments.in_words(request.ended_at, request.meeting) if request.ended_at else "–"

    @admin.display(description=_("other requests of the organization"))
    def others(self, request: TicketRequest) -> str:
        found = TicketRequest.objects.open().filter(meeting=request.meeting, organization=request.organization)
        return (
            in_parts(in_a_row([each.contact_name, each.contact_email]) for each in found.exclude(pk=request.pk)) or "–"
        )

    @admin.display(description=_("representatives"))
    def persons(self, request: TicketRequest) -> str:
        """Each with the state and a link to its page; those who have not confirmed are counted, not named."""
        rows = list(request.representatives.order_by("turn"))
        lines = format_html_join(
            "",
            '<li><a href="{}">{}</a>: {}</li>',
            (
                (
                    reverse("admin:registration_representative_change", args=[each.pk]),
                    each.full_name,
                    each.get_state_display(),
                )
                for each in rows
                if each.turn is not None
            ),
        )
        unconfirmed = sum(each.state == State.SUBMITTED for each in rows)
        words = _("%(number)d not yet confirmed.") % {"number": unconfirmed} if unconfirmed else ""
        return format_html("<ul>{}</ul>{}", lines, words)

    @admin.display(description=_("what was done"))
    def history(self, request: TicketRequest) -> str:
        return history_of_subject(records.subject_of_request(request), request.meeting)
