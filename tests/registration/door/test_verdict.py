"""One rule judges a voucher: an offline desk says what the server would say.  R-54 R-55 R-52"""

import hashlib
import itertools
import json

import pytest
from django.db import transaction

from registration.decisions import deciding, releasing
from registration.door import hand_over_list, scanning, verdict
from registration.models import Manifest
from registration.models.scan import GREEN, Mode
from registration.requests import amending, ending
from tests.factories import OPEN, STAFF
from tests.registration.factories import make_representative, make_ticketing

pytestmark = pytest.mark.django_db
numbers = itertools.count(1)


@pytest.fixture
def meeting():
    return make_ticketing().meeting


def code_of(person):
    return person.vouchers.latest("pk").code


def scan(person, mode, code=None):
    attempt = scanning.Attempt(f"n{next(numbers)}", code or code_of(person), mode=mode)
    return scanning.scan(person.meeting, attempt, by=STAFF, at=OPEN).outcome


def in_state(state, **changes):
    return lambda meeting: make_representative(meeting, state, **changes)


def not_told(meeting):
    person = make_representative(meeting)
    deciding.approve(person, by=STAFF, at=OPEN)
    return person


def cancelled(meeting):
    person = make_representative(meeting, "approved")
    ending.cancel(person, by=STAFF, at=OPEN)
    return person


def declined_and_not_told(meeting):
    person = make_representative(meeting, "approved")
    deciding.decline(person, words="No seat is left.", by=STAFF, at=OPEN)
    return person


def declined_and_told(meeting):
    person = declined_and_not_told(meeting)
    releasing.release(person, by=STAFF, at=OPEN)
    return person


def amended(meeting):
    person = make_representative(meeting, "approved")
    amending.amend(person, {"last_name": "Byron"}, by=STAFF, arrived_at=OPEN)
    return person


def scanned(*modes):
    def scan_in_turn(meeting):
        person = make_representative(meeting, "on_manifest")
        for mode in modes:
            scan(person, mode)
        return person

    return scan_in_turn


KINDS = {
    "approved without a pass": in_state("approved"),
    "approved with a pass": in_state("approved", has_grounds_pass=True),
    "on the manifest": in_state("on_manifest"),
    "collected": in_state("collected"),
    "did not come": in_state("no_show"),
    "approved and not told": not_told,
    "cancelled": cancelled,
    "declined and not told": declined_and_not_told,
    "declined and told": declined_and_told,
    "amended": amended,
    "handed over": scanned(Mode.HAND_OVER),
    "outside": scanned(Mode.HAND_OVER, Mode.OUT),
    "back": scanned(Mode.HAND_OVER, Mode.OUT, Mode.IN),
}


def listed(person):
    """What the signed list makes a device say of the voucher of `person`, by mode."""
    content = json.loads(hand_over_list.signed(person.meeting, at=OPEN)["text"])
    found_by = hashlib.sha256(b"find" + bytes.fromhex(content["salt"]) + code_of(person).encode()).hexdigest()
    return content["vouchers"][found_by]["says"]


def said(person):
    """What the server says of the voucher of `person`, by mode; each scan is rolled back."""
    answers = {}
    for mode in Mode.values:
        with transaction.atomic():
            answers[mode] = scan(person, mode)
            transaction.set_rollback(True)
    return answers


@pytest.mark.parametrize("has_manifest", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_the_signed_list_says_of_every_kind_of_voucher_what_the_server_says(meeting, kind, has_manifest):
    person = KINDS[kind](meeting)
    if has_manifest:
        Manifest.objects.create(meeting=meeting, number=1, frozen_at=OPEN, added=1, withdrawn=0, sha256="0" * 64)

    assert listed(person) == said(person)


def test_the_list_knows_the_frozen_manifest(meeting):
    missing = make_representative(meeting, "approved")
    before = listed(missing)["hand_over"]

    Manifest.objects.create(meeting=meeting, number=1, frozen_at=OPEN, added=1, withdrawn=0, sha256="0" * 64)

    assert (before, listed(missing)["hand_over"]) == ("handed_over", "not_on_manifest")


@pytest.mark.parametrize("modes", [["hand_over"], ["hand_over", "out"], ["hand_over", "out", "in"]])
def test_after_a_green_scan_an_offline_device_says_of_the_next_what_the_server_says(meeting, modes):
    person = scanned(*modes)(meeting)
    last = {"hand_over": "handed_over", "out": "went_out", "in": "came_back"}[modes[-1]]

    assert verdict.AFTER[last] == said(person)


def test_the_outcomes_after_a_green_scan_are_complete(meeting):
    content = json.loads(hand_over_list.signed(meeting, at=OPEN)["text"])

    assert set(verdict.AFTER) == set(GREEN)
    assert content["after"] == verdict.AFTER
    assert {frozenset(answers) for answers in verdict.AFTER.values()} == {frozenset(Mode.values)}


def test_a_scan_kept_as_a_digest_finds_its_voucher_and_is_no_second_scan(meeting):
    person = make_representative(meeting, "approved")
    code = code_of(person)
    kept = {"code_digest": hashlib.sha256(code.encode()).hexdigest(), "told": "green", "device_at": OPEN}

    first = scanning.scan(meeting, scanning.Attempt("same", code), by=STAFF, at=OPEN)
    again = scanning.scan(meeting, scanning.Attempt("same", **kept), by=STAFF, at=OPEN)
    other = scanning.scan(meeting, scanning.Attempt("other", **kept), by=STAFF, at=OPEN)

    assert (again.pk, other.outcome) == (first.pk, "already")
