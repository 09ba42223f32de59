"""Showing a rule's refusal in the form that was refused."""


def add_refusal(form, refusal):
    """Put the words of `refusal` at its field, or over the whole `form` where it has no such field."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
