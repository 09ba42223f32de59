"""How the forms of the list of speakers are laid out, with crispy-forms.

The objects here render their part of a form directly. Those of crispy-forms create a context and a template for each
field, and parse each legend and each button as a separate template. Decision record 0155.
"""

import hashlib
from functools import partial
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import LayoutObject
from django.core.cache import caches
from django.forms import BaseForm
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from dialogue.freshness import FACTS
from speakers.delegations import access

# Seconds for which blank fields are kept once they were asked for.
KEPT_FOR = 60 * 60
# The name of the hidden field that says for whom a form was made.
TYPED_BY = "typed_by"


class Layout(LayoutObject):
    """A whole form: fields by name, parts, a button, and anything else that crispy-forms can lay out."""

    def __init__(self, *fields):
        self.fields = list(fields)

    def render(self, form: BaseForm, context: Context, **kwargs: Any) -> str:
        made = (
            _field(form[each]) if isinstance(each, str) else each.render(form, context, **kwargs)
            for each in self.fields
        )
        return mark_safe("".join(made))  # noqa: S308  every part is already safe


def _field(field):
    """One field of a form. A hidden one takes no template: it is made for each person."""
    if not field.is_hidden:
        return field.as_field_group()
    value = "" if (value := field.value()) is None else value
    return format_html('<input type="hidden" name="{}" value="{}" id="{}">', field.html_name, value, field.auto_id)


class Part(Layout):
    """A fieldset under its `legend`."""

    def __init__(self, legend, *fields):
        super().__init__(*fields)
        self.legend = legend

    def render(self, form: BaseForm, context: Context, **kwargs: Any) -> str:
        words = '<fieldset class="form-part"><legend>{}</legend>{}</fieldset>'
        return format_html(words, self.legend, super().render(form, context, **kwargs))


class Blank(Layout):
    """Fields that are the same for everybody as long as nothing is typed: each process keeps them while they are.

    They are found again by all that tells two blank forms apart: language, kind of form, choices and initial values.
    """

    def render(self, form: BaseForm, context: Context, **kwargs: Any) -> str:
        made = partial(super().render, form, context, **kwargs)
        return made() if form.is_bound else cast(str, caches[FACTS].get_or_set(self._key(form), made, KEPT_FOR))

    def _key(self, form):
        told = [get_language(), type(form).__name__]
        for name in self.fields:
            choices = getattr(form.fields[name], "choices", [])
            told += [name, str(form[name].initial), *(f"{value}={label}" for value, label in choices)]
        return f"fields/{hashlib.sha256(repr(told).encode()).hexdigest()}"


class Button:
    """The button that sends a form. A form that asks again puts its question right before it, and another word on it.

    So the next stop of the keyboard after the question, which has the focus, is its answer. Beside the button of a form
    that `is_timed` stands what is left until the list of its page closes.
    """

    def __init__(self, words, again):
        self.words, self.again = words, again

    def render(self, form: BaseForm, context: Context, **_kwargs: Any) -> str:
        question = getattr(form, "question", None)
        by = typed_by(context.get("request"))
        asked = render_to_string("speakers/_question.html", {"question": question}) if question else ""
        words = self.again if question else self.words
        if getattr(form, "is_timed", False):
            facts = {"words": words, "list_state": context.get("list_state")}
            return format_html("{}{}{}", by, asked, render_to_string("speakers/_send.html", facts))
        return format_html('{}{}<button type="submit" class="btn btn-primary">{}</button>', by, asked, words)


def typed_by(request: HttpRequest | None) -> str:
    """The hidden field that says for whom a form was made; empty where no one is signed in."""
    person = access.typist(request) if request else ""
    return format_html('<input type="hidden" name="{}" value="{}">', TYPED_BY, person) if person else ""


def helper(layout: Layout, *, button: str | Promise, again: str | Promise = "", action: str = "") -> FormHelper:
    """A helper for one form: `layout`, then one `button`, or `again` while it asks for a confirmation.

    The server checks the fields, not the browser.
    """
    made = FormHelper()
    made.layout = layout
    made.layout.append(Button(button, again))
    made.form_action = action
    made.attrs = {"novalidate": "novalidate"}
    return made
