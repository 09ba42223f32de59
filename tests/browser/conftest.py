"""A real Chromium, a running site, and visitors who note anything wrong with its pages."""

import asyncio
import threading

import pytest
import uvicorn
from playwright.sync_api import sync_playwright

from floor.streaming.application import Application
from tests.browser.chromium import program
from tests.browser.visitor import Visitor
from tests.servers import free_port

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, one for the whole run."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def served(live_server, settings):
    """The address of a running site; the links in its mail lead there."""
    settings.SITE_URL = live_server.url
    return live_server.url


@pytest.fixture
def site(served):
    """Where visitors begin; a module overrides it to begin elsewhere."""
    return f"{served}/"


@pytest.fixture
def visit(chromium, site):
    """Make visitors: `visit(viewport=WIDE)` has a `.page`; their browsers are closed at the end."""
    visitors = []

    def come(**context):
        visitors.append(Visitor(chromium, site, **context))
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.context.close()


@pytest.fixture
def live(settings):
    """The live streams, on a separate port, in a thread of this process."""
    settings.LIVE_PORT = port = free_port()
    server = uvicorn.Server(uvicorn.Config(Application(), port=port, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=asyncio.run, args=[server.serve()], daemon=True)
    thread.start()
    yield port
    server.should_exit = True
    thread.join(10)
