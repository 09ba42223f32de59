"""Lines of the log, for people and as JSON: one number for each request, and nothing that was typed.  R-59"""

import io
import json
import logging
import os
import signal
import subprocess
import sys
import urllib.request

import pytest
from django.conf import settings
from django.db import DataError
from django.utils.module_loading import import_string

from acts import request_number
from config import log_filters
from outbox.delivery import sending
from outbox.models import Message
from tests import factories, servers
from tests.config.serving import wait_until

UUID = "123e4567-e89b-12d3-a456-426614174000"
HEX = "0af7651916cd43dd8448eb211c80319c"
NAME, ADDRESS, TOKEN = "Jane Q. Delegate", "jane@mission.example", "s3cr3t-t0ken-of-a-link"
SECRETS = [NAME, ADDRESS, TOKEN]


def handler_of(form):
    """A handler like that of the setting, which writes into memory."""
    made = log_filters.configuration("INFO", form)
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter({"line": log_filters.Line("%(asctime)s"), "json": log_filters.JsonLine()}[form])
    for each in made["handlers"]["console"]["filters"]:
        handler.addFilter(import_string(made["filters"][each]["()"])())
    return handler


@pytest.fixture(params=["line", "json"])
def log(request):
    """What is written in each form, as one text."""
    handler = handler_of(request.param)
    logging.getLogger().addHandler(handler)
    yield handler.stream.getvalue
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def json_log():
    """What is written as JSON, as dictionaries."""
    handler = handler_of("json")
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in handler.stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def an_error_that_quotes():
    try:
        raise DataError(f"DETAIL: Key (name)=({NAME})")
    except DataError as error:
        raise ValueError(f"{NAME} <{ADDRESS}>") from error


def quoting(error):
    """Log an error that quotes what was typed, in the ways in which Django and Celery do."""
    logging.getLogger("django.request").error("Internal Server Error: %s", f"/sign-in/{TOKEN}/", exc_info=error)
    told = {"name": "outbox.deliver", "id": UUID, "exc": repr(error), "args": ADDRESS, "description": "raised"}
    failed = "Task %(name)s[%(id)s] %(description)s: %(exc)s"
    logging.getLogger("celery.app.trace").error(failed, told, exc_info=error, extra={"data": told})
    logging.getLogger("any").warning("refused", extra={"request": ADDRESS, "to": [ADDRESS], "body": NAME})


def test_no_line_holds_a_name_an_address_or_a_link_whatever_logs_it(log):
    with pytest.raises(ValueError, match=NAME) as caught:
        an_error_that_quotes()

    quoting(caught.value)

    assert [secret for secret in SECRETS if secret in log()] == []
    assert "ValueError" in log()
    assert "an_error_that_quotes" in log()


def test_the_plain_formatter_of_python_would_write_them():
    with pytest.raises(ValueError, match=NAME) as caught:
        an_error_that_quotes()

    told = logging.Formatter().formatException((caught.type, caught.value, caught.tb))

    assert all(secret in told for secret in (NAME, ADDRESS))


def test_a_line_of_json_says_when_how_serious_from_where_and_what(json_log):
    with request_number.known_as(HEX):
        logging.getLogger("floor").warning("two\nlines %s", "“quoted”")

    (line,) = json_log()
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "WARNING", "logger": "floor", "message": "two\nlines “quoted”", "request": HEX}


@pytest.mark.parametrize("given", [UUID, HEX, HEX.upper()])
def test_the_number_of_the_proxy_is_kept(client, given):
    assert client.get("/accessibility/", headers={"X-Request-ID": given})["X-Request-ID"] == given


@pytest.mark.parametrize(
    "given", ["", "12", "a" * 65, f"{HEX}\n", f"{HEX} ERROR forged", "<script>", "é" * 32, "٣" * 32, f"{HEX}, {HEX}"]
)
def test_a_number_that_is_none_is_replaced(client, given):
    number = client.get("/accessibility/", headers={"X-Request-ID": given})["X-Request-ID"]

    assert number != given
    assert request_number.judged(number) == number


def test_two_requests_have_two_numbers_and_none_is_left_behind(client):
    numbers = {client.get("/accessibility/")["X-Request-ID"] for _ in range(2)}

    assert len(numbers) == 2
    assert request_number.current() == ""


@pytest.mark.django_db
def test_one_number_leads_from_the_page_to_the_line_of_the_worker(client, settings, json_log):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "outbox.delivery.smtp.EmailBackend",
        "127.0.0.1",
        servers.free_port(),
    )
    meeting = factories.make_meeting()
    factories.make_focal_point(email=ADDRESS)
    client.post(f"/meetings/{meeting.slug}/speakers/sign-in/", {"email": ADDRESS}, headers={"X-Request-ID": HEX})
    message = Message.objects.get(is_secret=True)

    sending.deliver(message.pk)

    (line,) = [line for line in json_log() if line["logger"] == "outbox.delivery.sending"]
    assert message.request_number == HEX == line["request"]
    assert line["message"].startswith(f"Mail {message.pk} (sign-in) was not sent: ConnectionRefusedError")


def test_gunicorn_itself_logs_as_json_and_no_link(tmp_path):
    port = servers.free_port()
    (tmp_path / "static").mkdir()
    own = servers.EMBEDDED | {
        "VAR_DIR": str(tmp_path),
        "PORT": str(port),
        "LOG_FORMAT": "json",
        "WEB_LOG_LEVEL": "info",
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
    environment = os.environ | own | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    process = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, stderr=subprocess.PIPE, text=True)
    try:
        wait_until(lambda: servers.answers(port), "gunicorn to listen", seconds=60)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=20) as answer:
            assert answer.status == 200
    finally:
        process.send_signal(signal.SIGTERM)
        _nothing, said = process.communicate(timeout=20)

    lines = [json.loads(line) for line in said.splitlines()]
    assert "gunicorn.error" in {line["logger"] for line in lines}
