"""The streams as they are asked for over ASGI."""

import asyncio

import pytest

from floor.streaming.application import Application
from floor.streaming.hub import Hub


def asked(path, **headers):
    """The status and the headers of the answer to a request for `path`, of a server on which there is no meeting."""
    application, sent = Application(), []
    application.hub = Hub(lambda name: None)
    named = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.disconnect"}

    asyncio.run(application({"type": "http", "method": "GET", "path": path, "headers": named}, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"])


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "\u00e9", "http://a:b:c", "//", "http://[v1.x]"])
def test_an_origin_that_is_no_address_is_not_ours(settings, origin):
    settings.LIVE_PORT = 8001

    status, headers = asked("/live/dialogue/", origin=origin)

    assert status == 404
    assert b"access-control-allow-origin" not in headers


def test_pages_of_this_site_may_read_its_streams(settings):
    settings.LIVE_PORT, settings.ALLOWED_HOSTS = 8001, ["[::1]"]

    assert (
        asked("/live/dialogue/", origin="http://[::1]:8000")[1][b"access-control-allow-origin"] == b"http://[::1]:8000"
    )
