"""/livez and /readyz: whether a process answers, and whether it may be sent requests."""

import asyncio
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import psycopg2
import pytest
from django.conf import settings
from django.db import OperationalError, connection

from config import probes
from tests import servers

ANYTHING = ["203.0.113.7:8000", "evil.example", "[::1]", "a b"]


@pytest.fixture(autouse=True)
def fresh_process(monkeypatch):
    monkeypatch.setattr(probes, "_seen_migrated", probes.threading.Event())


def away(execute, sql, params, many, context):
    raise OperationalError("away")


@pytest.mark.django_db
@pytest.mark.parametrize("host", ANYTHING)
@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_a_probe_is_answered_by_any_host_over_plain_http_without_a_cookie(client, settings, path, host):
    settings.SECURE_SSL_REDIRECT = True

    answer = client.get(path, headers={"host": host})

    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, b"ok\n", "no-store")
    assert not answer.cookies


def test_a_process_is_alive_even_if_it_may_not_ask_the_database(client):
    assert client.get("/livez").status_code == 200


@pytest.mark.django_db
def test_without_its_database_a_process_is_alive_and_not_ready(client):
    with connection.execute_wrapper(away):
        answers = [client.get(path) for path in ("/livez", "/readyz")]

    assert [(answer.status_code, answer.content) for answer in answers] == [
        (200, b"ok\n"),
        (503, b"the database does not answer\n"),
    ]


@pytest.mark.django_db
def test_before_the_migrations_a_process_is_not_ready_and_afterwards_it_does_not_ask_again(
    client, monkeypatch, django_assert_max_num_queries
):
    planned = [["0002"], []]
    monkeypatch.setattr(probes.MigrationExecutor, "migration_plan", lambda *_targets: planned.pop(0))

    answers = [client.get("/readyz") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [503, 200, 200]
    assert answers[0].content == b"the database is not migrated\n"
    with django_assert_max_num_queries(3):
        client.get("/readyz")


def test_of_many_probes_one_waits_for_a_silent_database_and_the_others_say_so(client, monkeypatch):
    monkeypatch.setattr(probes, "MILLISECONDS", 10)

    with probes._asking:
        assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_a_probe_takes_no_form(client, path):
    assert client.post(path).status_code == 405


def asked_over_asgi(path):
    """The status with which the live streams answer; 418 from what stands behind the probes."""
    sent = []

    async def behind(scope, receive, send):
        await send({"type": "http.response.start", "status": 418, "headers": []})

    async def send(message):
        sent.append(message)

    asyncio.run(probes.before_streams(behind)({"type": "http", "method": "GET", "path": path}, None, send))
    return sent[0]["status"]


@pytest.mark.parametrize("path", ["/livez", "/live/livez"])
def test_the_live_process_answers_too(path):
    assert asked_over_asgi(path) == 200


def test_the_live_process_hands_on_everything_else():
    assert asked_over_asgi("/live/dialogue/") == 418


@contextmanager
def running(command, environment, port):
    """One process of the site, until the block ends."""
    process = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 60
        while not servers.answers(port):
            assert time.monotonic() < end, "the process did not come up"
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(20)


def status(port, path):
    """The status of an answer to a request by address."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def commands(port):
    """How to start the pages, and the live streams, on that port."""
    pages = ["gunicorn", "--config", "config/gunicorn.py", "--workers", "1", "config.wsgi"]
    streams = ["uvicorn", "config.asgi:application", "--port", str(port), "--log-level", "critical"]
    return {"pages": pages, "streams": streams}


@pytest.mark.parametrize("part", ["pages", "streams"])
def test_each_process_answers_for_itself_whatever_happens_to_the_database(tmp_path, private_redis, part):
    with servers.postgresql_server() as database:
        port = servers.free_port()
        environment = servers.environment(database.address, private_redis) | {
            "VAR_DIR": str(tmp_path),
            "SITE_URL": "https://speakers.example.org",
            "ALLOWED_HOSTS": "speakers.example.org",
            "PORT": str(port),
        }
        with running([sys.executable, "-m", *commands(port)[part]], environment, port):
            unmigrated = status(port, "/livez"), status(port, "/readyz")
            subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=environment, check=True)
            migrated = status(port, "/readyz")
            with held_lock(database.address):
                begun = time.monotonic()
                locked, waited = status(port, "/readyz"), time.monotonic() - begun
            database.stop(servers.signal.SIGQUIT)
            gone = status(port, "/livez"), status(port, "/readyz")
            database.start()
            back = status(port, "/readyz")

    assert (unmigrated, migrated, locked, gone, back) == ((200, 503), 200, 200, (200, 503), 200)
    assert waited < 1


@contextmanager
def held_lock(address):
    """Another program that has the tables for itself."""
    held = psycopg2.connect(address)
    held.cursor().execute("LOCK TABLE speakers_speakerslist, outbox_message, django_session, django_migrations")
    try:
        yield
    finally:
        held.close()
