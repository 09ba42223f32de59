"""Keys that no row can have, where several rows are chosen: refused at their field, on each database."""

import pytest
from django import forms
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.urls import reverse

from dialogue.typed import Several
from tests.factories import make_meeting

pytestmark = pytest.mark.django_db
KEYS = ["-10000000000000000001", str(2**64), str(10**400)]


@pytest.fixture
def superuser(client):
    client.force_login(User.objects.create_superuser("superuser"))
    return client


def address_of(page):
    if page == "register-group":
        return reverse("admin:dialogue_meeting_act", args=[make_meeting().pk, page])
    if page == "auth_group_change":
        return reverse(f"admin:{page}", args=[Group.objects.create(name="Readers").pk])
    if page == "auth_user_change":
        return reverse(f"admin:{page}", args=[User.objects.get().pk])
    return reverse(f"admin:{page}")


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("auth_user_change", "groups"),
        ("auth_group_change", "permissions"),
        ("auth_group_add", "permissions"),
        ("speakers_group_add", "spoken_for_by"),
        ("register-group", "spoken_for_by"),
    ],
)
def test_a_key_that_no_row_can_have_is_refused_at_its_field(superuser, page, field, key):
    answer = superuser.post(address_of(page), {field: ["1", key]})

    context = answer.context
    form = context["adminform"].form if "adminform" in context else context["form"]
    assert answer.status_code == 200
    [words] = form.errors[field]
    assert words.startswith("Select a valid choice.")


def test_a_number_that_the_database_cannot_compare_is_one_that_no_row_has(monkeypatch):
    def fail(self, value):
        raise OverflowError

    monkeypatch.setattr(forms.ModelMultipleChoiceField, "clean", fail)

    with pytest.raises(ValidationError, match="1000 is not one of the available choices"):
        Several(Group.objects.none()).clean(["1", "1000"])
