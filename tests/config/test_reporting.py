"""What Sentry is told: which error and where, and nothing that was typed.  R-59"""

import gzip
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import brotli
import pytest
import sentry_sdk

from config import about
from config.monitoring import reporting

NAME, ADDRESS, TOKEN = "Jane Q. Delegate", "jane@mission.example", "s3cr3t-t0ken-of-a-link"
SECRETS = [NAME, ADDRESS, TOKEN, "s3ss10n", "10.9.8.7"]


UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}


@contextmanager
def receiver():
    """A server that takes what Sentry would take. Yields its DSN, and the list of what it took."""
    took = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            took.append(UNPACK[self.headers["Content-Encoding"]](body).decode())
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Taker)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://key@127.0.0.1:{server.server_port}/1", took
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def ended():
    yield
    sentry_sdk.get_client().close(timeout=2)
    sentry_sdk.get_global_scope().set_client(None)


def fail(client, monkeypatch):
    """A page that fails while it holds what a person typed."""

    def page(*_arguments):
        typed = f"{NAME} <{ADDRESS}>"
        raise ValueError(typed)

    monkeypatch.setattr(about, "render", page)
    client.raise_request_exception = False
    client.cookies["sessionid"] = "s3ss10n"
    address = f"/accessibility/?link={TOKEN}&name={NAME}"
    return client.get(address, headers={"Authorization": TOKEN, "X-Forwarded-For": "10.9.8.7"})


def test_sentry_is_told_the_error_its_place_and_the_number_and_nothing_that_was_typed(client, monkeypatch, ended):
    with receiver() as (dsn, took):
        reporting.begin(dsn, release="1")
        answer = fail(client, monkeypatch)
        sentry_sdk.flush(5)

    told = "".join(took)
    assert answer.status_code == 500
    assert [secret for secret in SECRETS if secret in told] == []
    assert "ValueError" in told
    assert "test_reporting.py" in told
    assert answer["X-Request-ID"] in told


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_without_the_scrubbing_it_would_be_told(client, monkeypatch, ended):
    with receiver() as (dsn, took):
        sentry_sdk.init(dsn, send_default_pii=True)
        fail(client, monkeypatch)
        sentry_sdk.flush(5)

    assert all(secret in "".join(took) for secret in (NAME, ADDRESS, TOKEN))


def test_a_mere_message_is_not_sent():
    assert reporting.scrubbed({"message": f"Mail to {ADDRESS}", "level": "error"}, {}) is None


def test_each_event_that_is_sent_is_of_the_kept_parts_alone():
    event = {"exception": {"values": [{"type": "E", "value": NAME}]}, "request": {"url": TOKEN}, "extra": {"a": NAME}}

    kept = reporting.scrubbed(event | {"user": {"email": ADDRESS}, "breadcrumbs": [NAME]}, {})

    assert set(kept) == {"exception", "tags"}
    assert NAME not in json.dumps(kept)
