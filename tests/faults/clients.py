"""Visitors of the site: real requests over HTTP, with cookies, forms and their marks, as a browser sends them."""

import http.client
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

from tests.faults.arrivals import HEADER
from tests.faults.scenery import PATH

FORM = "application/x-www-form-urlencoded"
# Seconds after which a request counts as hung.
TIMEOUT = 120
TYPED = {
    "capacity": "national",
    "speaker_prefix": "H.E. Ms.",
    "speaker_name": "Name of the Speaker",
    "speaker_title": "Permanent Representative",
    "level": "PR",
    "language": "en",
    "contact_name": "First Secretary",
}


@dataclass
class Answer:
    """What came back, and how long it took; status 0 if nothing came back."""

    status: int
    text: str = ""
    location: str = ""
    seconds: float = 0.0
    arrived_at: datetime | None = None

    @property
    def is_recorded(self):
        """Was the browser sent to a receipt?"""
        return self.status == 302 and "/inscriptions/" in self.location

    @property
    def receipt(self):
        """The public id of the receipt that the browser was sent to."""
        return self.location.rstrip("/").rpartition("/")[2]


@dataclass
class Visitor:
    """One browser: an address, and its cookies. It makes a new connection for each request."""

    port: int
    address: str = ""
    cookies: dict = field(default_factory=dict)
    host: str = "127.0.0.1"

    def get(self, path):
        return self._request("GET", path)

    def post(self, path, fields):
        return self._request("POST", path, urlencode(fields), {"Content-Type": FORM})

    def sign_in_from(self, database):
        """A function that signs in with the code that was posted into the outbox of `database`."""
        return partial(self._sign_in, database)

    def form(self, **typed):
        """The fields of the form of inscription, fetched now and filled in."""
        answer = self.get(f"{PATH}inscribe/")
        assert answer.status == 200, answer
        return marks(answer.text) | TYPED | {"contact_email": self.address} | typed

    def inscribe(self, fields):
        return self.post(f"{PATH}inscribe/", fields)

    def _sign_in(self, database):
        page = self.get(f"{PATH}sign-in/")
        asked = self.post(f"{PATH}sign-in/", marks(page.text) | {"email": self.address})
        assert asked.status == 302, asked
        page = self.get(asked.location)
        answer = self.post(asked.location, marks(page.text) | {"code": database.mailed_code(self.address)})
        assert answer.status == 302, answer

    def _request(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Host": f"localhost:{self.port}", "Cookie": cookies, "Connection": "close", **(headers or {})}
        begun = time.monotonic()
        try:
            connection.request(method, urlsplit(path).path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            return Answer(0, f"{type(error).__name__}: {error}", seconds=time.monotonic() - begun)
        finally:
            connection.close()
        self._keep_cookies(response)
        arrived_at = response.headers.get(HEADER)
        return Answer(
            response.status,
            text,
            response.headers.get("Location", ""),
            time.monotonic() - begun,
            datetime.fromisoformat(arrived_at) if arrived_at else None,
        )

    def _keep_cookies(self, response):
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, value = re.match(r"([^=]+)=([^;]*)", cookie).groups()
            self.cookies[name] = value


class Marks(HTMLParser):
    """Collects the hidden fields of the one form in the main part of a page."""

    def __init__(self):
        super().__init__()
        self.found = {}

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "input" and attributes.get("type") == "hidden" and "name" in attributes:
            self.found[attributes["name"]] = attributes.get("value") or ""


def marks(page):
    """The hidden fields of the forms of a page: the mark against forgery, the form's own key, the sealed officer."""
    parser = Marks()
    parser.feed(page)
    return parser.found


def at_once(calls, *, side_by_side=None):
    """Call all, each in a thread of its own, at the same moment, or so many `side_by_side`. Returns their results."""
    start = threading.Barrier(len(calls)) if side_by_side is None else None

    def begin(call):
        if start:
            start.wait()
        return call()

    with ThreadPoolExecutor(side_by_side or len(calls)) as pool:
        return list(pool.map(begin, calls))
