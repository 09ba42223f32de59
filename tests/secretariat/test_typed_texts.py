"""What staff type is cleaned like what everybody types: no field of theirs takes any text as it comes."""

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory
from i18nfield.forms import I18nFormField

from outbox.addressing import AddressForm
from registration.forms.scan import FindForm
from speakers.admin.composing import ComposeForm
from speakers.admin.on_behalf import OnBehalfForm
from tests.factories import make_inscription, make_meeting
from tests.secretariat import pages

OTHERS = [AddressForm, ComposeForm, FindForm, OnBehalfForm]


def forms_of_models():
    """Every form of the secretariat for a row as (what it is for, its class)."""
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_staff=True, is_active=True)
    for model, model_admin in admin.site._registry.items():  # noqa: SLF001  as Django has no other way to list them
        if model_admin.has_change_permission(request):
            yield model.__name__, model_admin.get_form(request)
            for inline in model_admin.get_inline_instances(request):
                yield f"{model.__name__}, {inline.model.__name__}", inline.get_formset(request).form


def other_forms():
    """Every other form of the secretariat as (what it is for, its class)."""
    for model, model_admin in admin.site._registry.items():  # noqa: SLF001  as above
        for act in getattr(model_admin, "acts", ()):
            yield f"{model.__name__}, {act.name}", act.form
    for form in OTHERS:
        yield form.__name__, form


def texts(form):
    """The names of the fields of `form` that take any text unless something refuses it."""
    return [
        name
        for name, field in form.base_fields.items()
        if type(field) in (forms.CharField, I18nFormField)
        and not isinstance(field.widget, forms.HiddenInput | forms.PasswordInput)
    ]


@pytest.mark.parametrize("reason", ["\u202eon noon", "\0", "\u200b", "\ufffd"])
def test_a_reason_that_cannot_be_shown_is_told_at_its_field_and_nothing_is_done(officer, reason):
    entry = make_inscription(make_meeting())

    answer = officer.post(pages.entry_act(entry, "withdraw"), {"reason": reason})

    entry.refresh_from_db()
    assert list(answer.context["form"].errors) == ["reason"]
    assert entry.is_standing


def test_a_text_in_one_of_many_languages_that_cannot_be_shown_is_told_at_its_field(lead):
    meeting = make_meeting()
    typed = pages.typed(lead.get(pages.meeting_page(meeting)))

    answer = lead.post(pages.meeting_page(meeting), typed | {"title_0": "\u202eon noon"})

    meeting.refresh_from_db()
    assert list(answer.context["adminform"].form.errors) == ["title"]
    assert "noon" not in str(meeting.title.data)


@pytest.mark.django_db
def test_no_text_of_staff_is_taken_as_it_comes():
    taken = [f"{name}: {field}" for name, form in other_forms() for field in texts(form)]
    for name, form in forms_of_models():
        typed = {name: "\u202eon noon" for field in texts(form) for name in (field, f"{field}_0")}
        refused = form(typed).errors
        taken += [f"{name}: {field}" for field in texts(form) if field not in refused]

    assert taken == []
