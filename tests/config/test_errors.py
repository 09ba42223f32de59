"""What is shown if a request cannot be served: words in the site's own design, and no promise.  R-09"""

import io
import logging

import pytest
from django.db import OperationalError
from django.test import Client

import clock
from config import log_filters


@pytest.fixture
def visitor(settings):
    settings.SECRETARIAT_CONTACT = "speakers@example.org"
    return Client(raise_request_exception=False)


def failing(error):
    def fail(*arguments, **keywords):
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [(OperationalError("away"), 503, "is confirmed as recorded"), (ZeroDivisionError(), 500, "it was not recorded")],
)
def test_a_page_that_fails_says_so_in_words_names_the_contact_and_asks_no_database(
    visitor, monkeypatch, caplog, error, status, words
):
    monkeypatch.setattr(clock, "read_with", failing(error))

    answer = visitor.get("/meetings/dialogue/")

    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert f"give the number {answer['X-Request-ID'][:8]}:" in page
    assert f"Failure {answer['X-Request-ID']} at GET" in caplog.text
    assert "speakers@example.org" in page
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.fixture
def log():
    """What the filters of the site let through, as the lines that would be written."""
    handler = logging.StreamHandler(io.StringIO())
    for name in ("WithoutTokens", "WithoutRows", "HostsInShort"):
        handler.addFilter(getattr(log_filters, name)())
    logging.getLogger("django").addHandler(handler)
    yield lambda: handler.stream.getvalue().splitlines()
    logging.getLogger("django").removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "a b" * 50, "localhost/../x"])
def test_a_hostile_host_is_one_short_line_in_the_log(visitor, log, host):
    answer = visitor.get("/", headers={"host": host})

    assert answer.status_code == 400
    assert log() == ["A request was refused: its host is not in ALLOWED_HOSTS"]


@pytest.mark.django_db
def test_any_other_bad_request_stays_in_the_log(visitor, log):
    visitor.get("/meetings/%00/")

    assert len(log()) == 1
    assert "Bad Request" in log()[0]


UTF_16 = "application/x-www-form-urlencoded; charset=utf-16"
BROKEN = [("a=b", UTF_16), ("a=b", "multipart/form-data"), ("--x\r\n%", "multipart/form-data; boundary=x; charset=hex")]


@pytest.mark.django_db
@pytest.mark.parametrize(("body", "content_type"), BROKEN)
@pytest.mark.parametrize("address", ["/", "/nothing/", "/secretariat/login/", "/meetings/unknown/hand-over/scans/"])
def test_a_body_that_cannot_be_read_is_no_error_of_the_server(visitor, address, body, content_type):
    visitor.handler.enforce_csrf_checks = True
    visitor.cookies["csrftoken"] = token = "a" * 32

    answer = visitor.generic("POST", address, body, content_type, headers={"X-CSRFToken": token})

    assert answer.status_code < 500


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given",
    [
        {"QUERY_STRING": "q=%00"},
        {"QUERY_STRING": "q=" + "a" * 4093},
        {"CONTENT_LENGTH": "²"},
        {"CONTENT_LENGTH": "9" * 4301},
    ],
)
def test_what_no_page_can_read_is_answered_in_words(visitor, given):
    answer = visitor.generic("POST", "/secretariat/journal/entry/", **given)

    assert answer.status_code == 400
    assert "Nothing was recorded" in answer.content.decode()
    assert "speakers@example.org" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given",
    [
        {"QUERY_STRING": "q=%00"},
        {"QUERY_STRING": "q=" + "a" * 5000},
        {"QUERY_STRING": "q=1&" * 1000 + "q&" * 1030},
        {"CONTENT_LENGTH": "²"},
    ],
)
def test_what_no_page_can_read_is_answered_in_the_language_of_the_reader(visitor, given):
    answer = visitor.generic("POST", "/", headers={"Accept-Language": "ar"}, **given)

    assert (answer.status_code, answer.headers["Content-Language"]) == (400, "ar")
    assert '<html lang="ar" dir="rtl"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/meetings/%00/", "/secretariat/journal/head/a%00/change/"])
def test_an_address_with_a_nul_is_answered_in_words(visitor, address):
    assert visitor.get(address).status_code == 400


@pytest.mark.django_db
def test_a_session_cannot_be_named_by_nuls(visitor):
    visitor.cookies["sessionid"] = "\0" * 32

    assert visitor.get("/secretariat/").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/meetings/unknown/", "/nothing/of/ours/"])
def test_an_address_that_leads_nowhere_is_answered_in_words(visitor, address):
    answer = visitor.get(address)

    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()
