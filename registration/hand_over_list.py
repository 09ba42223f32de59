"""The signed list that a desk fetches before the network may go away.  R-54 R-55

It names nobody. Codes stand in it as salted hashes, and what a desk shows of a person is sealed with a key that is made
of the code: only whoever holds a voucher makes a device read the name on it. A device believes the list only with our
signature, ECDSA over P-256 with SHA-256, which every browser checks without a network; see decision 0070.
"""

import base64
import hashlib
import json
import secrets
from datetime import timedelta
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.crypto import salted_hmac

from dialogue import moments
from registration.models import Scan, Voucher
from registration.models.representative import State
from registration.models.scan import Outcome
from registration.scan_words import where_and_when
from registration.vouchers import HOLDERS

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""How many points the curve P-256 has: a private key is smaller."""
COORDINATE = 32
"""Bytes of each half of a signature."""
KEPT_AFTER = timedelta(hours=1)
"""How long after the end of the meeting a device may still read its list; then it deletes it."""
READY, USED, REVOKED, STOPPED = "ready", "used", "revoked", "stopped"


def signed(meeting, *, at):
    """The list of the vouchers of `meeting` at its moment `at`: `text` (JSON), `signature` and `key`, base64.

    Three statements. `good_until` in it is a real moment, for devices know no other.
    """
    salt = secrets.token_bytes(16)
    vouchers = Voucher.objects.filter(representative__meeting=meeting)
    rows = vouchers.select_related("representative__request__organization", "representative__decision")
    exchanged = _exchanged(meeting)
    content = {
        "meeting": meeting.slug,
        "made_at": moments.time_in_words(at, meeting),
        "good_until": (meeting.ends_at - meeting.clock_shift + KEPT_AFTER).isoformat(),
        "salt": salt.hex(),
        "vouchers": {_found_by(salt, row.code): _entry(salt, row, exchanged) for row in rows},
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {"text": text, "signature": _base64(_sign(text.encode())), "key": public_key()}


def public_key():
    """What signatures are checked with: the point of the curve, uncompressed, base64; the same in every process."""
    point = _private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _base64(point)


def _entry(salt, voucher, exchanged):
    """State of one voucher, and what a desk shows of its person, sealed: name, organization, and what came before."""
    person = voucher.representative
    shown = [person.full_name, str(person.request.organization), exchanged.get(person.pk, "")]
    return {"state": _state(voucher, person), "sealed": _seal(salt, voucher.code, shown)}


def _state(voucher, person):
    if not voucher.is_good:
        return REVOKED
    if person.state == State.HANDED_OVER:
        return USED
    return READY if person.state in [*HOLDERS, State.NO_SHOW] and not person.awaits_release else STOPPED


def _exchanged(meeting):
    """Where and when tickets were handed over, by representative."""
    scans = Scan.objects.filter(meeting=meeting, outcome=Outcome.HANDED_OVER).select_related("meeting")
    return {scan.representative_id: where_and_when(scan) for scan in scans}


def _found_by(salt, code):
    return hashlib.sha256(b"find" + salt + code.encode()).hexdigest()


def _seal(salt, code, shown):
    """`shown` as JSON under AES-GCM, the number used once before it, base64."""
    key = hashlib.sha256(b"read" + salt + code.encode()).digest()
    once = secrets.token_bytes(12)
    return _base64(once + AESGCM(key).encrypt(once, json.dumps(shown, ensure_ascii=False).encode(), None))


def _sign(data):
    """The signature as browsers read it: two numbers of 32 bytes each."""
    first, second = decode_dss_signature(_private_key().sign(data, ec.ECDSA(hashes.SHA256())))
    return first.to_bytes(COORDINATE, "big") + second.to_bytes(COORDINATE, "big")


@cache
def _private_key():
    """Made of `SECRET_KEY`, so that there is nothing more to keep, and all processes sign alike."""
    seed = salted_hmac("registration.hand_over_list", "signature", algorithm="sha512").digest()
    return ec.derive_private_key(int.from_bytes(seed, "big") % (ORDER - 1) + 1, ec.SECP256R1())


def _base64(data):
    return base64.b64encode(data).decode()
