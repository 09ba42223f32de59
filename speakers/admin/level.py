"""Levels of representation."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dialogue.admin.base import DeskAdmin
from speakers.models import Level


@admin.register(Level)
class LevelAdmin(DeskAdmin):
    list_display = ["label", "code", "precedence_class", "position"]
    fieldsets = [
        (
            None,
            {
                "description": _(
                    "Levels of one class have equal standing; among them the order of receipt decides. "
                    "A change of class holds for lists that open after it; on a list that is open, an act changes it."
                ),
                "fields": ["code", "label", "observer_label", "precedence_class", "position"],
            },
        )
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Level | None = None) -> list[str]:
        """The code of a level never changes, because the journal refers to it."""
        return ["code"] if obj else []
