"""The answers while the database is down, and when the stamp of arrival is read.  R-03 R-09"""

import logging
import re
import sys
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.db import (
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
    connection,
)
from django.test import Client
from django.test.client import FakePayload

import clock
from config.log_filters import WithoutRows
from speakers.delegations import access
from speakers.models import Inscription
from speakers.views import outage
from tests.factories import DEADLINE, OPEN, make_focal_point, make_level, make_meeting
from tests.speakers.entries.test_inscription_form import PATH, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    outage.forget()
    with clock.stopped(OPEN):
        make_meeting()
        make_focal_point()
        make_level("PR")
        client = Client(raise_request_exception=False)
        session = client.session
        session[access.ADDRESS] = "rwa@missions.example"
        session.save()
        yield client


@contextmanager
def database_down(kind=OperationalError):
    """Every statement fails as it does when the server is down, or for another reason of that `kind`."""

    def fail(execute, sql, params, many, context):
        raise kind("server closed the connection unexpectedly")

    with connection.execute_wrapper(fail):
        yield


def test_while_the_database_is_down_the_page_says_not_recorded_and_whom_to_call(browser):
    browser.get(PATH)

    with database_down():
        answer = browser.post(PATH, typed())

    page = answer.content.decode()
    assert answer.status_code == 503
    assert "NOT recorded" in page
    assert "inscription@office.example" in page
    assert "+1 212-963-5063" in page
    assert Inscription.objects.count() == 0


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError, InternalError, ProgrammingError, NotSupportedError])
def test_whatever_the_database_says_the_cause_is_logged_once_with_the_number_on_the_page(browser, caplog, kind):
    with database_down(kind):
        answer = browser.post(PATH, typed())

    page = answer.content.decode()
    number = re.search(r"give the number ([0-9a-f]{8}):", page)[1]
    causes = [record.getMessage() for record in caplog.records if "server closed" in record.getMessage()]
    assert answer.status_code == 503
    assert "NOT recorded" in page
    assert len(causes) == 1
    begins = rf"Failure {number}[0-9a-f]{{24}} at POST '{PATH}': {kind.__name__}: server closed the connection"
    assert re.match(begins, causes[0])


@pytest.mark.parametrize("kind", [DataError, ValueError])
def test_what_may_quote_a_value_is_not_logged(browser, caplog, kind):
    with database_down(kind):
        browser.post(PATH, typed())

    said = [record.getMessage() for record in caplog.records if record.getMessage().startswith("Failure")]
    assert [f": {kind.__name__}, in " in words for words in said] == [True]


def test_an_error_of_the_database_is_logged_without_what_its_rows_hold():
    try:
        raise IntegrityError("Failing row contains (Name of the Speaker).")
    except IntegrityError:
        record = logging.LogRecord("django.request", logging.ERROR, "", 1, "Failed", (), sys.exc_info())

    assert WithoutRows().filter(record)
    assert "Speaker" not in logging.Formatter().format(record)


def test_a_page_of_staff_says_so_too_and_sends_no_password_again(browser):
    with database_down():
        page = browser.post("/secretariat/login/", {"username": "officer", "password": "a long word"}).content.decode()

    assert "NOT recorded" in page
    assert "officer</textarea>" in page
    assert "a long word" not in page


def test_the_page_of_an_outage_keeps_what_was_typed_and_sends_it_again_once(browser):
    form = typed(note="first line\nsecond <line>")
    with database_down():
        page = browser.post(PATH, form).content.decode()

    answers = [browser.post(PATH, form), browser.post(PATH, form)]

    assert f'<form method="post" action="{PATH}"' in page
    assert form["key"] in page
    assert "second &lt;line&gt;" in page
    assert answers[0].headers["Location"] == answers[1].headers["Location"]


def test_a_process_that_showed_no_page_knows_the_officer_from_the_form_itself(browser):
    officer = re.search(r'name="officer" value="([^"]+)"', browser.get(PATH).content.decode()).group(1)
    outage.forget()

    with database_down():
        page = browser.post(PATH, typed(officer=officer)).content.decode()

    assert "inscription@office.example" in page
    assert "+1 212-963-5063" in page


def test_an_officer_that_we_did_not_seal_is_not_shown(browser):
    forged = signing.dumps({"name": "Somebody", "email": "somebody@elsewhere.example", "telephone": ""}, salt="other")

    with database_down():
        page = browser.post(PATH, typed(officer=forged)).content.decode()

    assert "mailto:" not in page


def test_if_no_page_was_shown_before_the_setting_names_the_contact(browser, settings):
    settings.SECRETARIAT_CONTACT = "General Assembly Affairs Branch, telephone 5063"

    with database_down():
        page = browser.post(PATH, typed()).content.decode()

    assert "General Assembly Affairs Branch, telephone 5063" in page


@pytest.mark.parametrize(
    "path", [PATH, "/meetings/dialogue/speakers/sign-in/", "/meetings/dialogue/speakers/sign-in/abc/"]
)
def test_no_page_of_inscription_breaks_without_a_database(browser, path):
    with database_down():
        assert browser.get(path).status_code == 503


class SlowBody(FakePayload):
    """A body that ends only after the deadline has passed."""

    def __init__(self, content, stack):
        super().__init__(content)
        self.stack = stack

    def read(self, *size):
        self.stack.enter_context(clock.stopped(DEADLINE + timedelta(seconds=5)))
        return super().read(*size)


def test_the_stamp_of_arrival_is_read_before_the_body(browser):
    browser.handler.enforce_csrf_checks = True
    browser.get(PATH)
    token = browser.cookies["csrftoken"].value
    body = urlencode(typed(csrfmiddlewaretoken=token)).encode()

    with clock.stopped(DEADLINE - timedelta(microseconds=1)), ExitStack() as stack:
        form = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body))}
        answer = browser.generic("POST", PATH, **form, **{"wsgi.input": SlowBody(body, stack)})

    entry = Inscription.objects.get()
    assert answer.status_code == 302
    assert entry.arrived_at == DEADLINE - timedelta(microseconds=1)
    assert entry.recorded_at == DEADLINE + timedelta(seconds=5)


def test_the_stamp_of_arrival_is_read_before_the_database_is_asked_for_anything_else(browser):
    with clock.stopped(DEADLINE - timedelta(microseconds=1)), ExitStack() as stack:

        def slowly(execute, sql, params, many, context):
            stack.enter_context(clock.stopped(DEADLINE + timedelta(seconds=5)))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(slowly):
            answer = browser.post(PATH, typed())

    assert answer.status_code == 302
    assert Inscription.objects.get().arrived_at == DEADLINE - timedelta(microseconds=1)


def test_nothing_personal_is_logged_on_the_way(browser, caplog):
    caplog.set_level(logging.DEBUG)

    browser.post(PATH, typed(contact_email="no-address"))
    browser.post(PATH, typed())

    ours = ("speakers", "secretariat", "config", "outbox", "journal", "django.request", "django.security")
    logged = " ".join(record.getMessage() for record in caplog.records if record.name.startswith(ours))
    assert "Unprocessable" in logged
    for personal in ["rwa@missions.example", "Name of the Speaker", "963 5063", "First Secretary"]:
        assert personal not in logged
