"""The page with the countdown is kept for one second, and never if it shows a message to a visitor."""

import time
from types import SimpleNamespace

import pytest
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.core.cache.backends import locmem
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from dialogue import freshness
from dialogue.models import Meeting
from tests.factories import make_meeting

pytestmark = pytest.mark.django_db
KEPT = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "kept for tests"}


@pytest.fixture(autouse=True)
def keeping(settings):
    """Pages are kept as in production, and the cache begins empty."""
    settings.CACHES = settings.CACHES | {"pages": KEPT}
    caches["pages"].clear()


@pytest.fixture
def address(db):
    return make_meeting().get_absolute_url()


def ask(client, address):
    """The answer, and the statements that it took."""
    with CaptureQueriesContext(connection) as statements:
        return client.get(address), len(statements)


def told(words):
    """The cookie of a visitor to whom the next page shows `words`."""
    request, response = RequestFactory().get("/"), HttpResponse()
    storage = CookieStorage(request)
    storage.add(SUCCESS, words)
    storage.update(response)
    return response.cookies["messages"].value


def test_the_page_is_rendered_at_most_once_a_second(client, address):
    first, made = ask(client, address)
    second, made_again = ask(client, address)

    assert made > 0
    assert made_again == 0
    assert second.content == first.content


def test_browsers_and_proxies_may_keep_the_page_for_one_second(client, address):
    answer, _ = ask(client, address)

    assert answer["Cache-Control"] == "public, max-age=1"
    assert "Set-Cookie" not in answer.headers
    assert "Content-Security-Policy" in answer.headers


def test_after_a_second_the_page_is_rendered_again(client, address, monkeypatch):
    ask(client, address)
    Meeting.objects.update(venue="Another chamber")
    assert "Another chamber" not in ask(client, address)[0].content.decode()

    monkeypatch.setattr(locmem, "time", SimpleNamespace(time=lambda: time.time() + freshness.SECOND))

    assert "Another chamber" in ask(client, address)[0].content.decode()


def test_a_message_to_one_visitor_is_shown_to_no_one_else_and_not_kept(client, address):
    ask(client, address)
    client.cookies["messages"] = told("Only for you")

    mine, made = ask(client, address)
    client.cookies.clear()
    theirs, _ = ask(client, address)

    assert "Only for you" in mine.content.decode()
    assert made > 0
    assert "no-store" in mine["Cache-Control"]
    assert "Only for you" not in theirs.content.decode()


def test_a_page_that_does_not_exist_is_not_kept(client, address):
    assert ask(client, "/meetings/none/")[0].status_code == 404
    Meeting.objects.update(slug="none")

    assert ask(client, "/meetings/none/")[0].status_code == 200
