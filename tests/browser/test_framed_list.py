"""The list in a frame of another site, the event in the page of a meeting, and the strict policy, in a real browser."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

import clock
from tests.browser.visitor import NARROW, WIDE
from tests.factories import OPEN, make_delegation, make_inscription, make_meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]


@pytest.fixture
def meeting():
    meeting = make_meeting(title={"en": "Dialogue </script><script>alert(1)</script>"})
    make_inscription(meeting, make_delegation("KEN", "Kenya"))
    make_inscription(meeting, make_delegation("RWA", "Rwanda"), capacity="group", group_name="Friends")
    return meeting


@pytest.fixture
def site(served, meeting):
    with clock.stopped(OPEN):
        yield f"{served}/meetings/dialogue/"


@contextmanager
def another_site(framed):
    """The address of another site, on a port of its own, whose page shows the address `framed` in a frame."""
    page = f'<!doctype html><html lang="en"><title>Another</title><h1>Another</h1><iframe title="List" src="{framed}">'

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_host_on_the_allow_list_shows_the_list_in_a_frame_and_another_does_not(visit, site, settings):
    with another_site(f"{site}speakers/embed/") as allowed, another_site(f"{site}speakers/embed/") as other:
        settings.FRAMED_BY = [allowed]

        page = visit(viewport=WIDE).page
        page.goto(allowed)
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("rowheader").filter(has_text="Kenya")).to_be_visible()
        expect(frame.get_by_role("link", name="Read this list where it is kept")).to_have_attribute("target", "_top")

        refused = visit(viewport=WIDE)
        refused.page.goto(other)
        expect(refused.page.frame_locator("iframe").get_by_role("rowheader")).to_have_count(0)
        assert any("frame-ancestors" in words for words in refused.wrong)


def test_no_other_page_shows_in_the_frame_of_an_allowed_host(visit, site, settings):
    with another_site(f"{site}speakers/") as allowed:
        settings.FRAMED_BY = [allowed]

        visitor = visit(viewport=WIDE)
        visitor.page.goto(allowed)

        expect(visitor.page.frame_locator("iframe").get_by_role("rowheader")).to_have_count(0)
        assert any("frame-ancestors" in words for words in visitor.wrong)


@pytest.mark.parametrize(("viewport", "colours"), SIZES)
def test_nothing_is_wrong_with_the_framed_list_at_any_size(visit, site, viewport, colours):
    visitor = visit(viewport=viewport, color_scheme=colours)

    visitor.page.goto(f"{site}speakers/embed/")

    expect(visitor.page.get_by_role("rowheader").filter(has_text="Rwanda")).to_be_visible()
    visitor.finds_nothing_wrong()


def test_an_open_frame_shows_the_next_entry_by_itself(visit, site, meeting):
    visitor = visit(viewport=NARROW)
    visitor.page.goto(f"{site}speakers/embed/")
    expect(visitor.page.get_by_role("rowheader").filter(has_text="Kenya")).to_be_visible()

    make_inscription(meeting, make_delegation("GHA", "Ghana"))
    visitor.page.evaluate("window.dispatchEvent(new Event('online'))")

    expect(visitor.page.get_by_role("rowheader").filter(has_text="Ghana")).to_be_visible()
    visitor.finds_nothing_wrong()


def test_the_event_in_the_page_is_data_under_the_strict_policy_and_runs_nothing(visit, site):
    visitor = visit(viewport=WIDE)
    visitor.page.on("dialog", lambda dialog: visitor.wrong.append(dialog.message))

    visitor.page.goto(site)

    found = visitor.page.locator('script[type="application/ld+json"]')
    assert visitor.page.evaluate("element => JSON.parse(element.textContent).name", found.element_handle()) == (
        "Dialogue </script><script>alert(1)</script>"
    )
    visitor.finds_nothing_wrong()
