"""Where something can be sent: parameters, queries, fields, headers, bodies and methods of every address."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.hostile import payloads
from tests.hostile.forms import Forms

FORM = "application/x-www-form-urlencoded"
# What an address takes in its query and no link of ours names: of the admin, then of our own pages.
QUERIES = {
    r"_changelist$": ["q", "o", "p", "all", "e", "_to_field", "_popup", "_facets", "meeting"],
    r"_(add|change)$": ["_to_field", "_popup", "_changelist_filters", "meeting"],
    r"_history$|user_list": ["p"],
    r"admin:autocomplete": ["term", "app_label", "model_name", "field_name"],
    r"admin:login|sign_in": ["next", "back", "receipt"],
    r"board_news": ["since"],
    r"_write$": ["chosen"],
    r"hand_over$": ["shell"],
    r"floor:limits": ["national_limit", "first_reply_limit"],
}
# What an address takes that is on no page of the scene: what a device sends, and a second step.
FIELDS = {
    r"registration:scan": ["code_digest", "told", "device_at"],
    r"hand_over_to": ["nonce", "desk"],
    r"delegation_import$": ["sealed", "file"],
    r"_changelist$": ["action", "index", "select_across", "_selected_action"],
}
# The number of a row of a table, and that of a language: fields that differ in these alone are one place.
ROW = re.compile(r"(?<=-)(\d+|__prefix__)(?=-)|(?<=_)\d+$")
HEADERS = [
    "Host",
    "Origin",
    "Referer",
    "Cookie",
    "Content-Type",
    "Content-Length",
    "Accept",
    "Accept-Language",
    "Range",
]
HEADERS += ["X-Forwarded-For", "X-Forwarded-Proto", "If-None-Match", "If-Modified-Since", "X-CSRFToken", "User-Agent"]
HEADERS += ["Authorization", "X-Request-ID", "Sec-Fetch-Site"]


@dataclass(frozen=True)
class Slot:
    """One place to send something: its `name`, what it is given, and how a payload makes a request.

    `request(payload, number)` returns the arguments of `Client.generic`; the `number` decides among variants.
    """

    name: str
    table: dict
    request: Callable


def of(found, browsers):
    """Every `Slot` of the addresses `found` and of their pages as the `browsers` read them; each once."""
    slots = {}
    for address in found:
        pages = [browser for browser in browsers if not (address.is_of_staff and browser.is_public)]
        for slot in [*_of_address(address), *(slot for each in pages for slot in _of_page(address, each))]:
            slots.setdefault(slot.name, slot)
    return list(slots.values())


def _of_address(address):
    for name, _value in address.arguments:
        yield Slot(f"{address.pattern} <{name}>", payloads.TEXTS, _in_path(address, name))
    if address.is_slow:
        return
    for name in _named(QUERIES, address.route):
        yield Slot(f"{address.pattern} ?{name}", payloads.TEXTS, _in_query(address.path, {}, name))
    for name in _named(FIELDS, address.route):
        yield Slot(f"{address.pattern} {name}=", payloads.TEXTS, _in_field(address.path, {}, {}, [name]))
    for name in HEADERS:
        yield Slot(f"{address.pattern} {name}:", payloads.HEADERS, _in_header(address.path, name))
    yield Slot(f"{address.pattern} body", payloads.BODIES, _as_body(address.path))
    yield Slot(f"{address.pattern} method", payloads.METHODS, _by_method(address.path))


def _named(table, route):
    return [name for pattern, names in table.items() if re.search(pattern, route) for name in names]


def forms_on(page, address):
    """The forms on the `page` at `address`, each with the path to which it is sent."""
    return [(urlsplit(urljoin(address.path, form.action)).path, form) for form in Forms(page).found]


def page_at(address, browser):
    """The text of the page at `address`; empty if it is none."""
    answer = None if address.is_slow else browser.get(address.path)
    is_page = answer and answer.status_code == 200 and "html" in answer["Content-Type"]
    return answer.content.decode() if is_page else ""


def _of_page(address, browser):
    """The fields of the forms on the page at `address`, and the queries of its links."""
    page = page_at(address, browser)
    for path, form in forms_on(page, address):
        for place, names in alike(form.filled).items():
            make = _in_field if form.method == "POST" else _in_filled_query
            yield Slot(f"{pattern_of(path)} {place}=", payloads.TEXTS, make(path, form.shown, form.filled, names))
    for link in re.findall(r'href="([^"#]*\?[^"#]+)', page):
        path, query = urlsplit(urljoin(address.path, unescape(link)))[2:4]
        for name, _value in parse_qsl(query):
            yield Slot(f"{pattern_of(path)} ?{name}", payloads.TEXTS, _in_query(path, dict(parse_qsl(query)), name))


def alike(names):
    """The `names` of fields by place: in every row of a table and in every language a field is the same."""
    places = {}
    for name in names:
        places.setdefault(ROW.sub("#", name), []).append(name)
    return places


def pattern_of(path):
    """The pattern of the route that `path` leads to."""
    try:
        return resolve(path).route
    except Resolver404:
        return path


def _in_path(address, name):
    return lambda payload, _number: {"method": "GET", "path": address.with_argument(name, quote(payload, safe=""))}


def _in_query(path, others, name):
    return lambda payload, _number: {"method": "GET", "path": path, "QUERY_STRING": urlencode(others | {name: payload})}


def _in_filled_query(path, _shown, filled, names):
    return _in_query(path, filled, names[0])


def _in_field(path, shown, filled, names):
    """In each of the fields alike in turn, among the others as they are shown, or as they could be filled in."""

    def request(payload, number):
        others = {other: value for other, value in (shown if number % 2 else filled).items() if value is not None}
        name = names[number // 2 % len(names)]
        return {"method": "POST", "path": path, "data": urlencode(others | {name: payload}), "content_type": FORM}

    return request


def _in_header(path, name):
    key = name.upper().replace("-", "_")
    key = key if key.startswith("CONTENT") else f"HTTP_{key}"

    def request(payload, number):
        value = payload.decode("latin-1")
        if key == "CONTENT_LENGTH" and value.strip().isdecimal():
            value = f"-{value}"  # the test’s own server cannot announce more than it sends
        sent = {"method": "POST", "data": "a=b", "content_type": FORM} if number % 2 else {"method": "GET"}
        return sent | {"path": path, key: value}

    return request


def _as_body(path):
    return lambda payload, _number: {"method": "POST", "path": path, "content_type": payload[0], "data": payload[1]}


def _by_method(path):
    return lambda payload, _number: {"method": payload[0], "path": path, "content_type": payload[1], "data": payload[2]}
