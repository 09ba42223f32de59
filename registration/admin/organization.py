"""Organizations as their focal points write them, and the holidays, which are not counted as working days."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from dialogue.admin.base import DeskAdmin, ReadOnly
from registration.models import Holiday, Organization


@admin.register(Organization)
class OrganizationAdmin(ReadOnly, DeskAdmin):
    """Read-only: the requests say what was written."""

    list_display = ["name", "country"]
    list_select_related = ["country"]
    search_fields = ["name", "key"]
    fields = ["name", "country"]


@admin.register(Holiday)
class HolidayAdmin(DeskAdmin):
    """A day on which Headquarters is closed."""

    list_display = ["on", "name"]
    fieldsets = [
        (
            None,
            {
                "description": _("Deadlines and reminders count working days: neither weekends nor these days."),
                "fields": ["on", "name"],
            },
        )
    ]
