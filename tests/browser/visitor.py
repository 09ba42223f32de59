"""A person with a browser, and the sizes in which every page is looked at."""

import math
import time
from datetime import UTC, datetime, timedelta

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from tests.factories import signed_in

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

# Statuses of answers that refuse a form and explain why on the page; the browser's console logs them too.
TOLD_IN_WORDS = ("status of 422 (Unprocessable Entity)", "status of 409 (Conflict)")
# How the console names a request that found no network.
WITHOUT_A_NETWORK = "Failed to load resource: net::ERR_"


PATIENCE = 30
"""Seconds after which a page is broken, and not only slow."""


def counts_the_time_left(face, began_at, limit=timedelta(minutes=3)):
    """Wait until the clock `face` was seen, at two moments, to show the seconds left by the server's clock.

    It may lag by one second. A busy machine looks late, and compares with the moments before and after the look.
    """
    right, end = set(), time.monotonic() + PATIENCE
    while len(right) < 2:
        most = math.ceil(_seconds_left(began_at, limit)) + 1
        words = face.text_content().strip()
        least = math.floor(_seconds_left(began_at, limit))
        minutes, _, seconds = words.partition(":")
        if least <= 60 * int(minutes) + int(seconds) <= most:
            right.add(words)
        assert time.monotonic() < end, f"the clock shows {words} where {least} to {most} seconds are left"
        face.page.wait_for_timeout(100)


def _seconds_left(began_at, limit):
    return (began_at + limit - datetime.now(UTC)).total_seconds()


class Visitor:
    """A person with a browser of their own, who notes anything wrong with the pages.

    One who `compares` looks at the colours of each page both in the light and in the dark.
    """

    def __init__(self, chromium, site, *, compares=False, **context):
        self.context = chromium.new_context(**context)
        self.page = self.context.new_page()
        self.site, self.wrong, self.was_offline, self.compares = site, [], False, compares
        self.page.on("console", self._hear)
        self.page.on("request", self._watch)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def sign_in_as(self, address):
        """Sign this browser in as the person who reads mail at `address`."""
        key = signed_in(address).cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.site}])

    def go_offline(self):
        """Take the network away. Requests that find none are not wrong, and may be heard of after it is back."""
        self.was_offline = True
        self.context.set_offline(True)

    def go_online(self):
        self.context.set_offline(False)

    def _hear(self, message):
        if self.was_offline and message.text.startswith(WITHOUT_A_NETWORK):
            return
        if message.type in {"error", "warning"} and not message.text.endswith(TOLD_IN_WORDS):
            self.wrong.append(message.text)

    def _watch(self, request):
        host = self.site.split("/meetings/")[0]
        stream = f"http://localhost:{settings.LIVE_PORT}/live/"
        if not request.url.startswith((host, "data:", stream)):
            self.wrong.append(f"request to {request.url}")

    def finds_nothing_wrong(self):
        """Ask axe about this page, and fail on anything noted so far, or on text that overflows the page."""
        self.page.locator("h1").first.wait_for(state="attached")
        self.page.wait_for_load_state()
        found = self._axe() + (self._axe_in_the_dark() if self.compares else [])
        overflow = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (found, self.wrong, overflow) == ([], [], 0), f"{self.page.url} {found} {self.wrong} {overflow}"

    def _axe(self, **options):
        """What axe finds, without fetching the style sheets again: that breaks on sheets that import others.

        It need not describe everything that is right as well: that took longer to hand over than to find.
        """
        options = {"preload": False, "resultTypes": ["violations"], **options}
        violations = Axe().run(self.page, options=options).response["violations"]
        return [(rule["id"], node["target"]) for rule in violations for node in rule["nodes"]]

    def _axe_in_the_dark(self):
        """What axe finds in the dark, where a page differs from itself in its colours only; they change at once."""
        self.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        found = self._axe(runOnly=["color-contrast"])
        self.page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        return found

    def press(self, name):
        self.page.get_by_role("main").get_by_role("button", name=name).click()
