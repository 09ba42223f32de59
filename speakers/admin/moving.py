"""The form of an act that asks again if its page has not shown what would happen: a box to tick.  R-67 R-68"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.admin.acting import ActForm


class MoveForm(ActForm):
    """What the page has shown is hidden in `seen`, or becomes its box to tick, the last field before the button."""

    asks_twice = "seen"
    seen = forms.CharField(label=_("I have read this and want it"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, subject: Any, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.fields["seen"] = self.fields.pop("seen")
