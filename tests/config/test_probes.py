"""/livez and /readyz: whether a process answers, and whether it may be sent requests."""

import asyncio
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager

import psycopg2
import pytest
from django.conf import settings
from django.db import OperationalError, connection

from config.monitoring import probes
from tests import servers
from tests.config.serving import wait_until

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

    with probes.ASKING:
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
def running(environment):
    """The pages and the live streams, each in a process of its own, until the block ends. Yields their ports."""
    ports = [servers.free_port(), servers.free_port()]
    pages = ["gunicorn", "--config", "config/gunicorn.py", "--workers", "1", "config.wsgi"]
    streams = ["uvicorn", "config.asgi:application", "--port", str(ports[1]), "--log-level", "critical"]
    with ExitStack() as ended:
        for command in (pages, streams):
            own = environment | {"PORT": str(ports[0])}
            process = subprocess.Popen([sys.executable, "-m", *command], env=own, cwd=settings.BASE_DIR)
            ended.callback(process.wait, 20)
            ended.callback(process.terminate)
        wait_until(lambda: all(map(servers.answers, ports)), "both processes", seconds=60)
        yield ports


def statuses(ports, path):
    """The status with which each process answers a request by its address."""
    return [_status(port, path) for port in ports]


def _status(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_each_process_answers_for_itself_whatever_happens_to_the_database(tmp_path, private_redis):
    away = {
        "VAR_DIR": str(tmp_path),
        "SITE_URL": "https://speakers.example.org",
        "ALLOWED_HOSTS": "speakers.example.org",
    }
    with servers.postgresql_server() as database:
        environment = servers.environment(database.address, private_redis) | away
        with running(environment) as ports:
            unmigrated = statuses(ports, "/livez"), statuses(ports, "/readyz")
            subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=environment, check=True)
            migrated = statuses(ports, "/readyz")
            with held_lock(database.address):
                begun = time.monotonic()
                locked, waited = statuses(ports, "/readyz"), time.monotonic() - begun
            database.stop(signal.SIGQUIT)
            gone = statuses(ports, "/livez"), statuses(ports, "/readyz")
            database.start()
            back = statuses(ports, "/readyz")

    assert unmigrated == gone == ([200, 200], [503, 503])
    assert migrated == locked == back == [200, 200]
    assert waited < 2


@contextmanager
def held_lock(address):
    """Another program that has the tables for itself."""
    held = psycopg2.connect(address)
    held.cursor().execute("LOCK TABLE speakers_speakerslist, outbox_message, django_session, django_migrations")
    try:
        yield
    finally:
        held.close()
