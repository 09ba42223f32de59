"""Who may see and do what at the desk: nothing unless it is allowed, and nothing that bypasses the rules.  R-58"""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from dialogue.models import ProgrammeSlot
from journal.models import Entry
from speakers.entries import closing
from speakers.models import Inscription, SpeakersList
from tests import factories
from tests.secretariat import pages

MODELS = [model for model in apps.get_models() if admin.site.is_registered(model)]
IDS = [model._meta.label_lower for model in MODELS]
SEEN_BY_READERS = [model for model in MODELS if model._meta.app_label in {"dialogue", "speakers", "outbox", "journal"}]


@pytest.fixture
def meeting(at_the_desk, db):
    """A meeting with a row behind every page: two entries, one unverified, a slot, a frozen list, mail, a journal."""
    meeting = factories.make_meeting()
    factories.make_focal_point()
    factories.make_inscription(meeting)
    factories.make_inscription(meeting, factories.make_delegation("KEN"), is_verified=False)
    ProgrammeSlot.objects.create(meeting=meeting, position=1, kind="heading", title={"en": "Dialogue"})
    other = factories.make_meeting("closed")
    closing.close_due_lists(at=other.speakers_list.closes_at + closing.PAUSE)
    return meeting


def page(model, name, *arguments):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=arguments)


def has_page(model, name):
    return any(pattern.name and pattern.name.endswith(f"_{name}") for pattern in admin.site.get_model_admin(model).urls)


def pages_of(model):
    """Every page there is on `model`: its list, an empty form, and the pages of its first row."""
    first = model.objects.first()
    forms = [page(model, "add")] if has_page(model, "add") else []
    return [page(model, "changelist"), *forms] + (
        [page(model, name, first.pk) for name in ("change", "history", "delete")] if first else []
    )


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_no_one_deletes_anything_not_even_a_superuser(sign_in, meeting, model):
    client = sign_in(None)
    request = RequestFactory().get("/")
    request.user = client.staff
    desk = admin.site.get_model_admin(model)

    assert not desk.has_delete_permission(request)
    assert "delete_selected" not in desk.get_actions(request)
    assert not desk.list_editable
    for row in model.objects.all()[:1]:
        assert client.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403
        assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_a_stranger_is_sent_to_the_sign_in(client, meeting, model):
    for address in pages_of(model):
        assert client.get(address).url == f"/secretariat/login/?next={address}"


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_an_account_in_no_group_sees_nothing(sign_in, meeting, model):
    outsider = sign_in("")

    assert {outsider.get(address).status_code for address in pages_of(model)} == {403}


def test_an_account_in_no_group_may_try_no_act(sign_in, meeting):
    outsider, entry = sign_in(""), Inscription.objects.first()

    for address in [pages.entry_act(entry, "withdraw"), pages.meeting_act(meeting, "change-deadline")]:
        assert outsider.get(address).status_code == outsider.post(address, {"reason": "Because"}).status_code == 403


@pytest.mark.parametrize("model", SEEN_BY_READERS, ids=[model._meta.label_lower for model in SEEN_BY_READERS])
def test_a_reader_sees_all_and_can_save_nothing(reader, meeting, model):
    assert reader.get(page(model, "changelist")).status_code == 200
    if has_page(model, "add"):
        assert reader.get(page(model, "add")).status_code == 403
    if model is SpeakersList:
        factories.make_panel(meeting)  # the page of the main list is that of its meeting
    for row in model.objects.order_by("-pk")[:1]:
        shown = reader.get(page(model, "change", row.pk))

        assert shown.status_code == 200
        assert 'name="_save"' not in shown.content.decode()
        assert reader.post(page(model, "change", row.pk), {"_save": "Save"}).status_code == 403


@pytest.mark.parametrize(
    "name", ["verify", "refuse", "withdraw", "pin", "unpin", "change-speaker", "change-level", "correct"]
)
def test_a_reader_is_offered_no_act_and_can_force_none(reader, meeting, name):
    entry, before = Inscription.objects.first(), Entry.objects.count()

    shown = reader.get(pages.entry_page(entry)).content.decode()

    assert "/acts/" not in shown
    assert reader.post(pages.entry_act(entry, name), {"reason": "Because"}).status_code == 403
    assert Entry.objects.count() == before


@pytest.mark.parametrize("name", ["change-deadline", "close-list", "reopen-list", "shift-clock"])
def test_a_list_officer_acts_on_the_list_and_moves_no_deadline(officer, meeting, name):
    assert officer.get(pages.entry_act(Inscription.objects.first(), "withdraw")).status_code == 200

    assert officer.get(pages.meeting_act(meeting, name)).status_code == 403
    assert officer.post(pages.meeting_act(meeting, name), {"reason": "Because"}).status_code == 403


def test_a_list_officer_changes_no_meeting_no_delegation_and_no_account(officer, meeting):
    for name in ["dialogue_meeting", "dialogue_programmeslot", "speakers_delegation", "auth_user"]:
        assert officer.get(reverse(f"admin:{name}_add")).status_code == 403


def test_a_lead_puts_people_into_groups_but_makes_no_superuser(lead, sign_in, db):
    superuser = sign_in(None).staff

    form = lead.get(reverse("admin:auth_user_change", args=[lead.staff.pk])).content.decode()

    assert 'name="groups"' in form
    assert 'name="is_superuser"' not in form
    assert 'name="_save"' not in lead.get(reverse("admin:auth_user_change", args=[superuser.pk])).content.decode()


def test_an_entry_of_the_list_has_no_field_to_type_into(sign_in, meeting):
    """States, numbers and stamps change through acts alone, for every reader."""
    client, entry = sign_in(None), Inscription.objects.first()

    form = client.get(pages.entry_page(entry)).content.decode().split('id="inscription_form"')[-1]

    assert re.findall(r'<(?:input|select|textarea)[^>]* name="(?!csrf|next)[^"]*"', form.split("</form>")[0]) == []


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_every_page_of_the_desk_keeps_the_strict_policy(sign_in, meeting, model):
    client = sign_in(None)

    for address in ["/secretariat/", *pages_of(model)]:
        answer = client.get(address)
        if answer.status_code == 200:
            html = answer.content.decode()
            assert "unsafe" not in answer["Content-Security-Policy"]
            assert (
                re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son[a-z]+=", html) == []
            )
