"""The form of an act that moves an entry for good: a box to tick, once it is said from which place to which.  R-68"""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.admin.acting import ActForm


class MoveForm(ActForm):
    """What the page has shown is hidden in `seen`, or becomes its box to tick."""

    asks_twice = "seen"
    seen = forms.CharField(label=_("I have read this and want it"), required=False, widget=forms.HiddenInput)
