"""The queue of the office: every representative who confirmed, what to decide, and the balance.  R-46 R-56"""

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clock
from dialogue import moments
from dialogue.admin.acting import WithActs
from dialogue.admin.base import DeskAdmin, ReadOnly
from registration import records
from registration.admin import bulk, counts, filters, taking_out
from registration.admin.acts import REPRESENTATIVE_ACTS
from registration.admin.columns import Columns, marks_of
from registration.decisions import releasing
from registration.models import Representative, Ticketing
from registration.models.representative import RepresentativeQuerySet
from speakers.admin.history import history_of_subject
from spelling.listing import in_a_row, in_parts


class Queue(ChangeList):
    """One meeting's queue, with the seats and the balance above it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        spec = next(spec for spec in self.filter_specs if isinstance(spec, filters.MeetingFilter))
        self.meeting, self.headings = spec.meeting, counts.headings()
        self.title = self._title(spec.meeting)

    @cached_property
    def counts(self) -> counts.Counts | None:
        """The seats and the balance, which cost nothing where only an action is carried out."""
        ticketing = Ticketing.objects.filter(meeting=self.meeting).select_related("meeting").first()
        return counts.Counts.of(ticketing) if ticketing else None

    def _title(self, meeting):
        return _("Civil society: %(meeting)s") % {"meeting": meeting} if meeting else _("No meeting yet")

    @property
    def times(self) -> str:
        """In which zone the columns have their moments.  R-01"""
        return moments.zone_in_words(self.meeting.time_zone) if self.meeting else ""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        for representative in self.result_list:
            representative.request.meeting = representative.meeting


@admin.register(Representative)
class RepresentativeAdmin(Columns, WithActs, ReadOnly, DeskAdmin):
    """Read-only: a representative is changed by an act, and each act goes through its rule module."""

    acts = REPRESENTATIVE_ACTS
    list_display = [
        "name",
        "organization",
        "status_in_short",
        "has_pass",
        "state_in_words",
        "confirmed",
        "speaking",
        "marks",
    ]
    list_display_links = ["name"]
    list_filter = [
        filters.MeetingFilter,
        filters.StateFilter,
        filters.MarkFilter,
        filters.SpeakingFilter,
        filters.ThemeFilter,
        filters.PassFilter,
        filters.RegionFilter,
        filters.StatusFilter,
        filters.GenderFilter,
    ]
    list_per_page = 200
    ordering = ["turn"]
    search_fields = [
        "name_key",
        "latin_key",
        "first_name",
        "last_name",
        "email",
        "request__organization__key",
        "topic",
        "theme",
    ]
    search_help_text = gettext_lazy("Name, address, organization, topic or theme.")
    fieldsets = [
        (gettext_lazy("Where it stands"), {"fields": ["state_in_words", "marked", "same_named", "drafts"]}),
        (
            gettext_lazy("Person, as on the identity document"),
            {
                "fields": [
                    *("first_name", "last_name", "latin_first_name", "latin_last_name", "is_family_name_first"),
                    *("email", "has_grounds_pass", "accessibility"),
                ]
            },
        ),
        (
            gettext_lazy("Organization"),
            {"fields": ["organization", "status", "focal_point", "whole_request"]},
        ),
        (
            gettext_lazy("Wish to speak"),
            {
                "fields": [
                    *("wishes_to_speak", "topic", "theme", "outline", "statement_language"),
                    *("gender", "selection", "entry"),
                ]
            },
        ),
        (gettext_lazy("Moments"), {"fields": ["confirmed_exactly", "turn", "lapsed_offers"]}),
        (gettext_lazy("History"), {"fields": ["history"]}),
    ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return Queue

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Only representatives who confirmed: ten thousand unconfirmed requests must not make work.  R-46 R-60"""
        found = cast(RepresentativeQuerySet, super().get_queryset(request)).for_staff()
        found = found.select_related("meeting", "request__organization__country", "decision", "inscription")
        return filters.other_requests(filters.same_name(found))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The acts on many, for users who may decide; and the exports, for all who see the queue."""
        acts = bulk.actions() if request.user.has_perm("registration.change_representative") else {}
        return acts | taking_out.actions()

    def zone_of(self, request: HttpRequest, obj: Representative | None) -> ZoneInfo:
        return obj.meeting.zone if obj else super().zone_of(request, obj)

    def moment_of(self, obj: Representative) -> datetime:
        return obj.meeting.moment(clock.now())

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().change_view(request, object_id, form_url, {"title": _("Representative")})

    @admin.display(description=gettext_lazy("to check"))
    def marked(self, representative: Representative) -> str:
        return in_a_row(marks_of(representative)) or "–"

    @admin.display(description=gettext_lazy("same name"))
    def same_named(self, representative: Representative) -> str:
        """Others with the same name, for staff to compare: flagged, not refused.  R-49"""
        others = Representative.objects.active().named(representative.name_key, representative.latin_key)
        found = (
            others.filter(meeting=representative.meeting)
            .exclude(pk=representative.pk)
            .select_related("request__organization", "meeting")
        )
        return (
            in_parts(
                _("%(name)s (%(about)s)") % {"name": each, "about": in_a_row([each.request.organization, each.email])}
                for each in found
            )
            or "–"
        )

    @admin.display(description=gettext_lazy("mail to be released"))
    def drafts(self, representative: Representative) -> str:
        """The drafts as they will be sent."""
        drafts = releasing.drafts_of([representative])
        words = format_html_join("", "<p>{}</p><pre>{}</pre>", ((each.subject, each.body) for each in drafts))
        return words or "–"

    @admin.display(description=gettext_lazy("focal point"))
    def focal_point(self, representative: Representative) -> str:
        return in_a_row([representative.request.contact_name, representative.request.contact_email])

    @admin.display(description=gettext_lazy("request"))
    def whole_request(self, representative: Representative) -> str:
        address = reverse("admin:registration_ticketrequest_change", args=[representative.request_id])
        return format_html('<a href="{}">{}</a>', address, _("Open the whole request"))

    @admin.display(description=gettext_lazy("entry on the list of speakers"))
    def entry(self, representative: Representative) -> str:
        entry = representative.inscription
        if entry is None:
            return "–"
        words = _("Receipt %(number)d (%(state)s)")
        return words % {"number": entry.receipt_no, "state": entry.get_state_display()}

    @admin.display(description=gettext_lazy("what was done"))
    def history(self, representative: Representative) -> str:
        return history_of_subject(records.subject(representative), representative.meeting)
