"""A form that is sent a second time, after reading what it would do: the answer to a rule that asks twice.  R-68"""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from acts.refusals import Refusal


class Confirming(forms.Form):
    """A form with a hidden field for what its page has shown; `question` is what the rule asks, once it does.

    Everything typed stays, and the button then confirms. What is changed meanwhile is asked again by the rule.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    question: Refusal | None = None

    @classmethod
    def sent(cls, posted: Any) -> str:
        """What a page without any other field has sent as `seen`; empty if it sent none that can be read."""
        form = cls(posted)
        return form.cleaned_data["seen"] if form.is_valid() else ""

    def ask_again(self, refusal: Refusal) -> None:
        """Show what the `refusal` says, and let the form, when it is sent again, say that it was read."""
        self.question = refusal
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("seen")] = refusal.shown
        self.data = data
