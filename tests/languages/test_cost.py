"""A page asks the database as often in each language as in English."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from tests.factories import OPEN, make_delegation, make_inscription, make_meeting, signed_in
from tests.secretariat import pages
from tests.secretariat.conftest import sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
LANGUAGES = ["ar", "zh-hans", "en", "fr", "ru", "es"]
PUBLIC = ["/", "/meetings/dialogue/", "/meetings/dialogue/programme/", "/meetings/dialogue/speakers/"]


@pytest.fixture(autouse=True)
def meeting(db):
    meeting = make_meeting()
    for code in ("AAA", "BBB", "CCC"):
        make_inscription(meeting, make_delegation(code))
    return meeting


def statements(client, path):
    """How many statements the page costs in each language, each asked for at another moment."""
    found = {}
    for number, language in enumerate(LANGUAGES):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        for cache in caches.all():
            cache.clear()
        with clock.stopped(OPEN + timedelta(minutes=number)), CaptureQueriesContext(connection) as caught:
            answer = client.get(path)
        assert (answer.status_code, answer.headers["Content-Language"]) == (200, language)
        found[language] = len(caught)
    return found


def warmed(client, path):
    """As `statements`, once what a process reads only once is read."""
    statements(client, path)
    return statements(client, path)


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_asks_as_often_in_every_language(path):
    found = warmed(Client(), path)

    assert set(found.values()) == {found["en"]}, found
    assert found["en"] <= 4


def test_a_mission_asks_as_often_in_every_language():
    found = warmed(signed_in("aaa@missions.example"), "/mission/")

    assert set(found.values()) == {found["en"]}, found


@pytest.mark.parametrize("path", [pages.list_page(), "/secretariat/"])
def test_staff_ask_as_often_in_every_language(sign_in, path):  # noqa: F811  the fixture above
    found = warmed(sign_in("List officer"), path)

    assert set(found.values()) == {found["en"]}, found
