"""Showing a rule's refusal in the form that was refused."""

from django.forms import BaseForm

from acts.refusals import Refusal


def add_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Put the words of `refusal` at its field, or over the whole `form` where it has no such field."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
