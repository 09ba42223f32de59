"""Showing a rule's refusal in the form that was refused."""

from django.forms import BaseForm

from acts.refusals import Refusal
from speakers.forms.confirming import Confirming


def add_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Let the `form` ask again, if the `refusal` does; else put its words at its field.

    The words stand over the whole form where it has no such field.
    """
    if refusal.asks_twice and isinstance(form, Confirming):
        form.ask_again(refusal)
    else:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
