"""After all personal data are erased, every page still opens, for staff and for the public.  R-57"""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client

import clock
from secretariat import erasing
from speakers.models import Inscription
from tests.secretariat.test_doors import pages_of

pytestmark = pytest.mark.django_db
PUBLIC = ["", "programme/", "speakers/", "speakers.json", "speakers.csv", "speakers.xlsx", "speakers.txt", "now/"]
PUBLIC += ["statements/", "display/", "speakers/revisions/", "speakers/journal.json"]
IN_THE_ROOM = ["floor/", "floor/record/", "floor/record.xlsx", "floor/statistics/", "floor/script/"]


@pytest.fixture
def erased(meeting):
    """The meeting after all is erased; the clock is stopped at that moment."""
    with clock.stopped(meeting.personal_data_due_at) as at:
        erasing.erase_what_is_due(at=at)
        yield meeting


@pytest.fixture
def staff(erased):
    client = Client()
    client.force_login(User.objects.create_superuser("superuser"))
    return client


def test_every_page_of_the_secretariat_opens(staff):
    models = [model for model in apps.get_models() if admin.site.is_registered(model)]
    addresses = [address for model in models for address in pages_of(model) if "/delete/" not in address]
    addresses += ["/secretariat/", "/secretariat/registration/representative/?state=any"]
    addresses += [f"/secretariat/speakers/inscription/{entry.pk}/change/" for entry in Inscription.objects.all()]

    answers = {address: staff.get(address).status_code for address in addresses}

    assert {address: code for address, code in answers.items() if code not in {200, 302, 403}} == {}
    assert list(answers.values()).count(200) > 40


def test_every_public_page_of_the_meeting_opens(erased):
    answers = {name: Client().get(f"/meetings/{erased.slug}/{name}").status_code for name in PUBLIC}

    assert answers == dict.fromkeys(PUBLIC, 200)


def test_every_page_of_the_room_opens(staff, erased):
    answers = {name: staff.get(f"/meetings/{erased.slug}/{name}").status_code for name in IN_THE_ROOM}

    assert answers == dict.fromkeys(IN_THE_ROOM, 200)
