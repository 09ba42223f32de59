"""An act on many rows at once: who was chosen, and the page that shows what it becomes before it is done.  R-47

The page is an answer to an action of Django's admin. It sends the chosen rows back with its form, and `apply`.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import BigAutoField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _


class Keys(forms.Field):
    """Keys of rows, each in a field of its own; what is none is left out."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[int]:
        written = [each for each in value or [] if each.isascii() and each.isdecimal() and len(each) <= 19]
        return [key for key in map(int, written) if key <= BigAutoField.MAX_BIGINT]


class ManyForm(forms.Form):
    """What a list of the admin sends with each action, and what the page of an act on many adds."""

    select_across = forms.BooleanField(required=False, widget=forms.HiddenInput)
    apply = forms.BooleanField(required=False, widget=forms.HiddenInput)
    _selected_action = Keys(required=False)

    @classmethod
    def sent(cls, request: HttpRequest) -> dict[str, Any]:
        """What was sent, under the names of the fields."""
        form = cls(request.POST)
        form.is_valid()
        return form.cleaned_data


def is_answer(request: HttpRequest) -> bool:
    """Was the button on the page of an act on many pressed, not only the action chosen?"""
    return ManyForm.sent(request).get("apply", False)


def chosen(model_admin: ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Every row that was ticked, whatever has become of it since; filters of the page leave none out."""
    sent = ManyForm.sent(request)
    if sent.get("select_across"):
        return queryset
    return model_admin.get_queryset(request).filter(pk__in=sent[ACTION_CHECKBOX_NAME])


def tell_none(model_admin: Any, request: HttpRequest) -> None:
    """Say that there is no row to act on."""
    model_admin.message_user(request, _("None of the chosen is on record any more."), messages.WARNING)


def page(
    model_admin: Any,
    request: HttpRequest,
    form: forms.Form,
    *,
    action: str,
    title: str | Promise,
    guidance: str | Promise,
    rows: Iterable[Any],
    beside: list[dict[str, Any]],
) -> HttpResponse:
    """The page that says what `action` becomes for the chosen `rows`, with the `form` whose button does it."""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "guidance": guidance,
        "form": form,
        "media": model_admin.media + form.media,
        "opts": model_admin.opts,
        "hidden": [("action", action), ("apply", "1"), *((ACTION_CHECKBOX_NAME, row.pk) for row in rows)],
        "beside": beside,
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/act.html", context)
