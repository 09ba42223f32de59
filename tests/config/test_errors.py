"""What is shown if a request cannot be served: words in the site's own design, and no promise.  R-09"""

import pytest
from django.db import OperationalError
from django.test import Client

import clock


@pytest.fixture
def visitor(settings):
    settings.SECRETARIAT_CONTACT = "speakers@example.org"
    return Client(raise_request_exception=False)


def failing(error):
    def fail(*arguments, **keywords):
        raise error

    return fail


@pytest.mark.parametrize(("error", "status"), [(OperationalError("away"), 503), (ZeroDivisionError(), 500)])
def test_a_page_that_fails_says_so_in_words_names_the_contact_and_asks_no_database(visitor, monkeypatch, error, status):
    monkeypatch.setattr(clock, "read_with", failing(error))

    answer = visitor.get("/meetings/dialogue/")

    page = answer.content.decode()
    assert answer.status_code == status
    assert "it was not recorded" in page
    assert "speakers@example.org" in page
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/meetings/unknown/", "/nothing/of/ours/"])
def test_an_address_that_leads_nowhere_is_answered_in_words(visitor, address):
    answer = visitor.get(address)

    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()
