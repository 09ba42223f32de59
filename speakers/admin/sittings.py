"""Choosing the sittings of a meeting in which a list is heard.  R-62"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.models import Meeting


class SittingsField(forms.TypedMultipleChoiceField):
    """Sittings of a meeting, by their keys; none of them means all."""

    def __init__(self, **kwargs: Any) -> None:
        usual: dict[str, Any] = {
            "label": _("Heard in"),
            "required": False,
            "coerce": int,
            "widget": forms.CheckboxSelectMultiple,
            "help_text": _("The sittings in which the room hears this list. Tick none for all of them."),
        }
        super().__init__(**usual | kwargs)

    def offer(self, meeting: Meeting) -> None:
        """Let the sittings of `meeting` be the choices."""
        self.choices = [(each.pk, str(each)) for each in meeting.hours]
