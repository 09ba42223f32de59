"""The signed list of a desk: it bears our signature, and reveals no name without the voucher.  R-54 R-55"""

import base64
import hashlib
import json
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from registration.decisions import deciding
from registration.door import hand_over_list, scanning, taking_back
from registration.requests import ending
from tests.factories import OPEN, STAFF, make_meeting
from tests.registration.factories import make_representative, make_ticketing

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return make_ticketing().meeting


def check(made, text=None):
    """Check the signature as a browser does; raises `InvalidSignature`."""
    point = base64.b64decode(made["key"])
    signature = base64.b64decode(made["signature"])
    numbers = (int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    key.verify(encode_dss_signature(*numbers), (text or made["text"]).encode(), ec.ECDSA(hashes.SHA256()))


def found(made, code):
    """The entry of `code` as a device reads it: the outcome, and the unsealed contents."""
    content = json.loads(made["text"])
    salt = bytes.fromhex(content["salt"])
    entry = content["vouchers"][hashlib.sha256(b"find" + salt + code.encode()).hexdigest()]
    sealed = base64.b64decode(entry["sealed"])
    key = hashlib.sha256(b"read" + salt + code.encode()).digest()
    return entry["says"]["hand_over"], json.loads(AESGCM(key).decrypt(sealed[:12], sealed[12:], None))


def test_the_list_bears_our_signature_and_a_changed_one_does_not(meeting):
    make_representative(meeting, "approved")

    made = hand_over_list.signed(meeting, at=OPEN)

    check(made)
    with pytest.raises(InvalidSignature):
        check(made, made["text"].replace("handed_over", "already"))


def test_another_installation_signs_with_another_key(meeting, settings):
    ours = hand_over_list.public_key()
    hand_over_list.private_key.cache_clear()
    settings.SECRET_KEY = "another-secret-of-another-installation"

    theirs = hand_over_list.public_key()

    hand_over_list.private_key.cache_clear()
    assert ours != theirs


def test_it_holds_no_code_and_no_name_until_the_voucher_is_scanned(meeting):
    person = make_representative(meeting, "approved", first_name="小明", last_name="王")
    code = person.vouchers.get().code

    made = hand_over_list.signed(meeting, at=OPEN)

    assert code not in made["text"]
    assert "小明" not in made["text"]
    assert found(made, code) == ("handed_over", ["小明 王", str(person.request.organization), ""])


def test_it_tells_used_revoked_and_unreleased_apart(meeting):
    used, revoked, held = (make_representative(meeting, state) for state in ["approved", "approved", "confirmed"])
    deciding.approve(held, by=STAFF, at=OPEN)
    codes = [person.vouchers.get().code for person in (used, revoked, held)]
    scanning.scan(meeting, scanning.Attempt("n1", codes[0], desk="Desk 1"), by=STAFF, at=OPEN)
    ending.cancel(revoked, by=STAFF, at=OPEN)

    made = hand_over_list.signed(meeting, at=OPEN)

    assert [found(made, code)[0] for code in codes] == ["already", "revoked", "not_told"]
    assert found(made, codes[0])[1][2] == "at 1:00 p.m., Desk 1, by officer"


def test_it_names_the_last_hand_over_and_none_that_was_taken_back(meeting):
    person = make_representative(meeting, "approved")
    code = person.vouchers.get().code

    def hand_over(desk, minutes):
        at = OPEN + timedelta(minutes=minutes)
        return scanning.scan(meeting, scanning.Attempt(desk, code, desk=desk), by=STAFF, at=at)

    def shown():
        return found(hand_over_list.signed(meeting, at=OPEN), code)[1][2]

    for minutes, desk in enumerate(["Desk 1", "Desk 2"]):
        scan = hand_over(desk, 2 * minutes)
        assert desk in shown()
        taking_back.take_back(person, seen=scan.pk, reason="Error", by=STAFF, at=OPEN + timedelta(minutes=1))
        assert shown() == ""
    hand_over("Desk 3", 5)
    assert "Desk 3" in shown()


def test_it_is_for_one_meeting_until_one_hour_after_its_end(meeting):
    other = make_ticketing(make_meeting("other")).meeting
    make_representative(other, "approved")

    content = json.loads(hand_over_list.signed(meeting, at=OPEN)["text"])

    assert (content["meeting"], content["vouchers"]) == ("dialogue", {})
    assert content["good_until"] == "2016-09-06T23:00:00+00:00"


def test_it_takes_as_many_queries_for_one_voucher_as_for_five(meeting, django_assert_num_queries):
    make_representative(meeting, "approved")
    with django_assert_num_queries(3):
        hand_over_list.signed(meeting, at=OPEN)
    for _ in range(4):
        make_representative(meeting, "approved")

    with django_assert_num_queries(3):
        hand_over_list.signed(meeting, at=OPEN)
