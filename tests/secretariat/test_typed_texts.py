"""What staff type is cleaned like what everybody types: no field of theirs takes any text as it comes."""

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory

from outbox.addressing import AddressForm
from registration.forms.scan import FindForm
from speakers.admin.composing import ComposeForm
from speakers.admin.on_behalf import OnBehalfForm
from tests.factories import make_inscription, make_meeting
from tests.secretariat import pages

OTHERS = [AddressForm, ComposeForm, FindForm, OnBehalfForm]


def forms_of_staff():
    """Every form of the secretariat as (what it is for, its fields)."""
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_staff=True, is_active=True)
    for model, model_admin in admin.site._registry.items():  # noqa: SLF001  as Django has no other way to list them
        for act in getattr(model_admin, "acts", ()):
            yield f"{model.__name__}, {act.name}", act.form.base_fields
        if model_admin.has_change_permission(request):
            yield model.__name__, model_admin.get_form(request).base_fields
            for inline in model_admin.get_inline_instances(request):
                yield f"{model.__name__}, {inline.model.__name__}", inline.get_formset(request).form.base_fields
    for form in OTHERS:
        yield form.__name__, form.base_fields


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


def test_no_text_of_staff_is_taken_as_it_comes(db):
    plain = [
        f"{name}: {field_name}"
        for name, fields in forms_of_staff()
        for field_name, field in fields.items()
        if type(field) is forms.CharField and not isinstance(field.widget, forms.HiddenInput | forms.PasswordInput)
    ]

    assert plain == []
