"""No rubbish makes a 500, from any visitor, at any place to send it to."""

import logging
from itertools import count

import pytest
from django.db import connection

from tests.hostile import addresses, payloads, surface
from tests.hostile.sending import failure
from tests.hostile.visitors import PUBLIC, VISITORS, Browser

pytestmark = pytest.mark.django_db
TABLES = [payloads.TEXTS, payloads.HEADERS, payloads.BODIES, payloads.METHODS]
# Requests of each visitor in the small size, other ones on each database.
FEW = 60
SHOWN = 100


@pytest.fixture(scope="module")
def slots(scene):
    """Every place to send something: as a superuser and as those without an account see the pages."""
    browsers = [Browser("superuser"), *map(Browser, PUBLIC)]
    return surface.of(addresses.every(), browsers)


@pytest.fixture(autouse=True)
def quiet():
    """Refusals are expected by the thousand: none is logged."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def few(slots, visitor):
    """Some of all there is, others for each visitor and database, always the same: (slot, kind, payload, number)."""
    pairs = [(slot, kind) for slot in slots for kind in slot.table]
    step = len(pairs) / FEW
    shift = (VISITORS.index(visitor) + len(VISITORS) * (connection.vendor == "sqlite")) / (2 * len(VISITORS))
    for number in range(FEW):
        slot, kind = pairs[int((number + shift) * step)]
        yield slot, kind, payloads.in_turn(slot.table[kind], number), number


def all_of(slots, visitor):
    """Something to every place: (slot, kind, payload, number).

    The superuser sends each kind to every place; the public to its own pages, with the sharp ones beside one in turn,
    but in headers. Wherever they are sent away, and groups of staff, who may do less: one kind after the other.
    """
    turns = {kind: count(VISITORS.index(visitor) * payloads.AT_LEAST) for table in TABLES for kind in table}
    numbers, places = count(), count(VISITORS.index(visitor))
    for slot in slots:
        is_own = visitor in PUBLIC and not slot.name.startswith(addresses.OF_STAFF)
        kinds = list(slot.table)
        for kind in kinds if is_own or visitor == "superuser" else [kinds[next(places) % len(kinds)]]:
            found = slot.table[kind]
            sharp = found[: payloads.SHARP] if is_own and slot.table is not payloads.HEADERS else []
            for payload in [*sharp, payloads.in_turn(found, next(turns[kind]))]:
                yield slot, kind, payload, next(numbers)


@pytest.mark.parametrize("visitor", VISITORS)
def test_whatever_is_sent_the_answer_is_no_error_of_the_server(slots, is_full_size, visitor):
    browser, failures = Browser(visitor), []

    for slot, kind, payload, number in (all_of if is_full_size else few)(slots, visitor):
        if words := failure(browser, slot.request(payload, number)):
            failures.append(f"{slot.name}, {kind}, {payload[:80]!r}, {number}: {words}")

    assert "\n".join(failures[:SHOWN]) == ""


def test_there_are_enough_payloads_of_each_kind():
    assert [name for table in TABLES for name, found in table.items() if len(found) < payloads.AT_LEAST] == []


def test_each_payload_is_sent_somewhere_in_the_full_size(slots):
    sent = {(kind, payload) for each in VISITORS for _slot, kind, payload, _number in all_of(slots, each)}

    assert {(kind, payload) for table in TABLES for kind, found in table.items() for payload in found} - sent == set()


def test_every_address_of_the_site_is_tried(slots):
    patterns = {slot.name.rpartition(" ")[0] for slot in slots}

    assert {pattern for _route, pattern in addresses.routes()} - patterns == set()
