"""Focal points: the e-mail addresses known to act for a delegation.  R-11"""

from typing import cast

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dialogue.admin.base import DeskAdmin, WholeForm
from speakers.forms.choices import OneDelegation
from speakers.models import Delegation, FocalPoint


class FocalPointForm(WholeForm):
    """A new focal point: its delegation is typed."""

    delegation = OneDelegation(label=_("Delegation"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "delegation" in self.fields:
            cast(OneDelegation, self.fields["delegation"]).offer(Delegation.objects.all)


@admin.register(FocalPoint)
class FocalPointAdmin(DeskAdmin):
    """Every change is journalled: an address on record may inscribe without being verified."""

    form = FocalPointForm
    list_display = ["email", "name", "delegation", "is_active"]
    list_filter = ["is_active", "delegation__regional_group"]
    list_select_related = ["delegation"]
    search_fields = ["normalised_email", "name", "delegation__search_words"]
    fieldsets = [
        (
            None,
            {
                "description": _(
                    "Anyone who reads mail at this address may inscribe, change and withdraw for the delegation. Enter "
                    "it only if the mission has given it to you through a channel you trust. An address no longer in "
                    "use is made inactive, not deleted."
                ),
                "fields": ["delegation", "email", "name", "is_active"],
            },
        )
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: FocalPoint | None = None) -> list[str]:
        """The address and its delegation never change; for another delegation, staff add a new focal point."""
        return ["delegation"] if obj else []
