"""Delegations, their dated places, and their focal points."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from dialogue.admin.base import DeskAdmin, Labelled, ReadOnly, Rows
from speakers.admin import importing, writing
from speakers.admin.filters import OnListFilter
from speakers.models import Delegation, DelegationName, DelegationPlace, FocalPoint, InAlphabet
from speakers.models.delegation import DelegationQuerySet


class PlaceInline(Labelled, Rows, admin.TabularInline):
    model = DelegationPlace
    extra = 0
    fields = ["category", "band", "speaks_for_groups", "from_on", "to_on", "ground"]


class NameInline(Labelled, Rows, admin.StackedInline):
    """What the United Nations called it at another time. A list keeps the names it had when it opened.  R-72"""

    model = DelegationName
    extra = 0
    fields = ["short_name", "formal_name", ("from_on", "to_on"), "source"]


class FocalPointInline(Rows, ReadOnly, admin.TabularInline):
    """Shown beside the delegation; edited on the page of each focal point."""

    model = FocalPoint
    extra = 0
    readonly_fields = ["email", "name", "is_active"]
    fields = [*readonly_fields]
    show_change_link = True


@admin.register(Delegation)
class DelegationAdmin(DeskAdmin):
    list_display = ["name", "code", "regional_group", "is_active"]
    list_display_links = ["name"]
    list_filter = [OnListFilter, "regional_group", "places__category", "is_active"]
    search_fields = ["search_words", "code", "iso2", "focal_points__email"]
    ordering = [InAlphabet(), "sort_name"]
    list_per_page = 250
    inlines = [PlaceInline, NameInline, FocalPointInline]
    fieldsets = [
        (
            None,
            {
                "description": _("Names as the United Nations writes them. The short name appears on the list."),
                "fields": [
                    "code",
                    "short_name",
                    "formal_name",
                    "sort_name",
                    "regional_group",
                    "mail_language",
                    "is_active",
                ],
            },
        ),
        (
            _("Codes"),
            {
                "description": _("For exports and for matching with other lists."),
                "fields": ["iso2", "m49"],
            },
        ),
    ]

    actions = ["write_to_chosen"]

    def get_urls(self) -> list[Any]:
        write = writing.url(self, writing.ToDelegations, "speakers_delegation_write")
        return [*importing.urls(self), write, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may_import = request.user.has_perms(importing.PERMISSIONS)
        return super().changelist_view(request, {"may_import": may_import, **(extra_context or {})})

    def has_write_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(writing.PERMISSION)

    @admin.action(description=_("Write to the focal points of the chosen delegations"), permissions=["write"])
    def write_to_chosen(self, request: HttpRequest, queryset: DelegationQuerySet) -> HttpResponse:
        chosen = queryset.values_list("pk", flat=True)
        return writing.to_chosen("speakers_delegation_write", writing.meeting_now(), chosen)

    def get_readonly_fields(self, request: HttpRequest, obj: Delegation | None = None) -> list[str]:
        """The code of a delegation never changes, because the journal refers to it."""
        return ["code"] if obj else []

    @admin.display(description=_("delegation"), ordering=InAlphabet())
    def name(self, delegation: Delegation) -> str:
        return str(delegation)
