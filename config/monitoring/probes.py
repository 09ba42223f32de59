"""/livez and /readyz: whether this process answers, and whether it may be sent requests.

They are answered before anything else is asked: by any host name or address, over plain HTTP, without a session.
Whether the machinery works is a third question, for an alarm: `/healthz` (`secretariat/health.py`).
"""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from acts import request_number

# How long the database may take to say that it is there. Tables and their locks have no part in that.
MILLISECONDS = 2000
NO_ANSWER = "the database does not answer"
NOT_MIGRATED = "the database is not migrated"

ASKING = threading.Lock()
_seen_migrated = threading.Event()


def answered_first(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware: answers the two probes, and hands on every other request."""

    def answer(request):
        if (ask := PROBES.get(request.path_info)) is None:
            return get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        status, words = _in_words(ask())
        return HttpResponse(words, "text/plain; charset=utf-8", status, headers={"Cache-Control": "no-store"})

    return answer


def before_streams(application: Callable[..., Any]) -> Callable[..., Any]:
    """The ASGI `application` of the live streams, with both probes before it: at `/livez` and at `/live/livez`."""

    async def answer(scope, receive, send):
        ask = PROBES.get(scope["path"].replace("/live/", "/", 1)) if scope["type"] == "http" else None
        if ask is None or scope["method"] not in {"GET", "HEAD"}:
            with request_number.known_as(_number_of(scope)):
                return await application(scope, receive, send)
        status, words = _in_words(await asyncio.to_thread(_asked_once, ask))
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": words})

    return answer


def why_not_alive() -> str:
    """Empty: a process that answers is alive, whatever the database does."""
    return ""


def why_not_ready() -> str:
    """Why this process may not be sent requests, in a few words; empty if it may.

    At most one thread waits for the database: others say after two seconds that it does not answer.
    """
    if not ASKING.acquire(timeout=MILLISECONDS / 1000):
        return NO_ANSWER
    try:
        return _ask_the_database()
    except Error:
        return NO_ANSWER
    finally:
        ASKING.release()


PROBES: dict[str, Callable[[], str]] = {"/livez": why_not_alive, "/readyz": why_not_ready}


def _number_of(scope):
    """The number of a request over ASGI, from the proxy or made; empty for what is no request."""
    if scope["type"] != "http":
        return ""
    given = dict(scope.get("headers", ())).get(request_number.HEADER.lower().encode(), b"")
    return request_number.judged(given.decode("latin-1"))


def _in_words(reason):
    return 503 if reason else 200, f"{reason or 'ok'}\n".encode()


def _asked_once(ask):
    """Ask in a thread that keeps no connection."""
    try:
        return ask()
    finally:
        connection.close()


def _ask_the_database():
    """Ask whether it is there and, until this process has seen that all migrations are done, whether they are."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {MILLISECONDS}; SELECT 1")
    else:
        connection.cursor().execute("SELECT 1")
    if not _seen_migrated.is_set():
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return NOT_MIGRATED
        _seen_migrated.set()
    return ""
