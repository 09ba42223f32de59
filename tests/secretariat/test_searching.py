"""Staff find a name however they write it: with or without accents, in any of its languages.  R-71"""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.urls import reverse

from journal.actors import Actor
from outbox.models import Message
from outbox.posting import post
from registration import naming
from speakers.models import Delegation
from tests import factories
from tests.secretariat import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(at_the_desk):
    meeting = factories.make_meeting()
    delegation = factories.make_delegation("TUR", "Türkiye")
    Delegation.objects.get(pk=delegation.pk)
    delegation.short_name = {"en": "Türkiye", "fr": "Türkiye", "ru": "Турция", "ar": "تركيا"}
    delegation.save()
    factories.make_inscription(meeting, delegation)
    factories.make_inscription(meeting, factories.make_delegation("CIV", "Côte d'Ivoire"))
    return meeting


@pytest.mark.parametrize(
    "typed", ["Türkiye", "turkiye", "TÜRKIYE", "Tu\u0308rkiye", "Турция", "تركيا", "tur\u200bkiye"]
)
@pytest.mark.parametrize("page", ["speakers_inscription", "speakers_delegation"])
def test_a_delegation_is_found_by_its_name_in_any_spelling(reader, meeting, page, typed):
    shown = pages.text(reader.get(reverse(f"admin:{page}_changelist"), {"q": typed}))

    assert "Türkiye" in shown
    assert "Ivoire" not in shown


@pytest.mark.parametrize("typed", ["d’ivoire", "cote d'ivoire", "Côte dʼIvoire"])
def test_every_apostrophe_finds_the_same(reader, meeting, typed):
    shown = pages.text(reader.get(reverse("admin:speakers_delegation_changelist"), {"q": typed}))

    assert "Ivoire" in shown


@pytest.mark.parametrize("query", [{"q": "a\0b"}, {"state": "\0"}, {"about": "\0"}, {"stream": "meeting/\0"}])
@pytest.mark.parametrize("page", ["speakers_inscription", "speakers_delegation", "journal_entry", "outbox_message"])
def test_a_character_that_no_database_takes_is_refused_in_words(lead, meeting, page, query):
    assert lead.get(reverse(f"admin:{page}_changelist"), query).status_code == 400


def test_the_door_finds_a_name_whose_apostrophe_a_telephone_curled():
    assert naming.key("O’Brien") == naming.key("O'Brien")


SPOKEN = [
    ("أحمد الشيخ", ["احمد", "الشيخ", "أَحْمَد", "أحـمد", "ahmad"]),
    ("Алёна Ёлкина", ["алена", "елкина", "Алёна"]),
    ("Cœur de Lyon", ["coeur", "CŒUR", "Lyon"]),
    ("فاطمة مصطفى", ["فاطمه", "مصطفي"]),
    ("王小明", ["王小", "小明"]),
    ("Group of ٧٧", ["77", "７７", "٧٧"]),
]


@pytest.mark.parametrize(("name", "typed"), [(name, each) for name, all_typed in SPOKEN for each in all_typed])
def test_a_speaker_is_found_as_people_type_in_each_script(reader, meeting, name, typed):
    factories.make_inscription(meeting, factories.make_delegation("FJI", "Fiji"), speaker_name=name)

    shown = pages.text(reader.get(reverse("admin:speakers_inscription_changelist"), {"q": typed}))

    assert ("Fiji" in shown) == (typed != "ahmad")
    assert "Ivoire" not in shown


@pytest.mark.parametrize("typed", ["informal", "غيررسمي", "غير رسمي"])
def test_a_meeting_is_found_by_its_title_in_any_language(reader, meeting, typed):
    meeting.title = {"en": "Informal dialogue", "ar": "حوار غير رسميّ"}
    meeting.save()

    found = reader.get(reverse("admin:dialogue_meeting_changelist"), {"q": typed}).context["cl"].result_list

    assert [each.pk for each in found] == ([] if typed == "غيررسمي" else [meeting.pk])


# What is written, and as what people type it.
WRITTEN = [("Алёна Ёлкина", "елкина"), ("José O’Brien", "JOSE O'BRIEN"), ("Tu\u0308rkiye", "Türkiye"), ("أحمد", "احمد")]


@pytest.mark.parametrize(("written", "typed"), WRITTEN)
def test_a_mail_is_found_by_its_subject_or_its_error_in_any_spelling(reader, meeting, written, typed):
    post(key="one", kind="acknowledgement", to=["aaa@missions.example"], subject=f"On behalf of {written}", body="Text")
    post(key="two", kind="acknowledgement", to=["bbb@missions.example"], subject="On behalf of another", body="Text")
    post(key="three", kind="acknowledgement", to=["ccc@missions.example"], subject="A third", body="Text")
    Message.objects.filter(key="three").update(last_error=f"550 {written} is unknown")

    found = reader.get(reverse("admin:outbox_message_changelist"), {"q": typed}).context["cl"].result_list

    assert {each.key for each in found} == {"one", "three"}


@pytest.mark.parametrize(("written", "typed"), WRITTEN)
def test_an_act_is_found_by_who_did_it_in_any_spelling(reader, meeting, written, typed):
    by = Actor(written, "focal point")
    factories.make_inscription(meeting, factories.make_delegation("FJI", "Fiji"), by=by)

    found = reader.get(reverse("admin:journal_entry_changelist"), {"q": typed}).context["cl"].result_list

    assert {each.payload.actor_name for each in found} == {written}


PAGES = [model for model in apps.get_models() if admin.site.is_registered(model)]
SEARCHED = [model for model in PAGES if admin.site.get_model_admin(model).search_fields]


@pytest.mark.parametrize("model", SEARCHED, ids=lambda model: model._meta.label)
def test_what_is_longer_than_all_that_is_stored_finds_nothing(admin_client, model):
    found = admin_client.get(reverse(admin_urlname(model._meta, "changelist")), {"q": "%" * 1_000})

    assert found.status_code == 200
    assert list(found.context["cl"].result_list) == []


@pytest.mark.parametrize(("page", "field"), [("focalpoint", "delegation"), ("group", "spoken_for_by")])
def test_rubbish_instead_of_a_delegation_is_refused_in_words(admin_client, page, field):
    answer = admin_client.post(reverse(f"admin:speakers_{page}_add"), {field: "\0"})

    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors[field])
