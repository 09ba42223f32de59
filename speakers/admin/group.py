"""The register of groups, from which a list takes its own when it opens."""

from typing import Any

from django.contrib import admin
from django.db.models import ManyToManyField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dialogue.admin.base import DeskAdmin
from speakers.models import Delegation, DelegationPlace, Group, InAlphabet


@admin.register(Group)
class GroupAdmin(DeskAdmin):
    """Every change is journalled; a list that is open has its own register, and an act adds to that."""

    list_display = ["short_name", "full_name", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["short_name", "full_name", "other_names"]
    fieldsets = [
        (
            None,
            {
                "description": _(
                    "An entry on behalf of a group on the register takes its place at once; another waits for the "
                    "secretariat. What is changed here holds for lists that open after it; on a list that is open, use "
                    "the button on the page of its meeting."
                ),
                "fields": ["short_name", "full_name", "other_names", "spoken_for_by", "source", "is_active"],
            },
        )
    ]

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        """Those that may not speak for every group: Member States may."""
        member = DelegationPlace.Category.MEMBER_STATE
        kwargs["queryset"] = Delegation.objects.exclude(places__category=member).order_by(InAlphabet())
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Group | None = None) -> list[str]:
        """The short name stays, because entries and the journal refer to it; a group that is renamed is another one."""
        return ["short_name"] if obj else []
