"""No rubbish makes a 500, from any visitor, at any place to send it to."""

import logging
from itertools import count, islice

import pytest
from django.db import connection

from tests.hostile import addresses, payloads, surface
from tests.hostile.sending import failure
from tests.hostile.visitors import PUBLIC, VISITORS, Browser

pytestmark = pytest.mark.django_db
TABLES = [payloads.TEXTS, payloads.HEADERS, payloads.BODIES, payloads.METHODS]
# Requests of each visitor in the small size, other ones on each database; and how many of each kind, beside the sharp
# ones, in the full size.
FEW, IN_TURN = 60, 2
SHOWN = 20


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
    """Each kind in each place: the sharp ones if the visitor may do everything there, and others in turn."""
    turns = {kind: count(VISITORS.index(visitor)) for table in TABLES for kind in table}
    for slot in slots:
        for kind, found in slot.table.items():
            sharp = found[: payloads.SHARP] if visitor in {*PUBLIC, "superuser"} else []
            in_turn = [payloads.in_turn(found, number) for number in islice(turns[kind], IN_TURN)]
            for number, payload in enumerate([*sharp, *in_turn]):
                yield slot, kind, payload, number


@pytest.mark.parametrize("visitor", VISITORS)
def test_whatever_is_sent_the_answer_is_no_error_of_the_server(slots, is_full_size, visitor):
    browser, failures = Browser(visitor), []

    for slot, kind, payload, number in (all_of if is_full_size else few)(slots, visitor):
        if words := failure(browser, slot.request(payload, number)):
            failures.append(f"{slot.name}, {kind}, {payload[:80]!r}: {words}")

    assert failures[:SHOWN] == []


def test_there_are_enough_payloads_of_each_kind():
    assert [name for table in TABLES for name, found in table.items() if len(found) < payloads.AT_LEAST] == []


def test_each_payload_is_sent_somewhere_in_the_full_size(slots):
    sent = {(kind, payload) for slot, kind, payload, _number in all_of(slots, "superuser")}

    assert {(kind, payload) for table in TABLES for kind, found in table.items() for payload in found} - sent == set()


def test_every_address_of_the_site_is_tried(slots):
    patterns = {slot.name.rpartition(" ")[0] for slot in slots}

    assert {pattern for _route, pattern in addresses.routes()} - patterns == set()
