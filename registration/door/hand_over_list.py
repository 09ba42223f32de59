"""The signed list that a desk fetches in case the network fails.  R-54 R-55

It contains no names in the clear. Codes are stored as salted hashes, and what a desk shows of a person is sealed with a
key derived from the code: a device can read a name only when it scans that person's voucher. The outcomes are computed
by the rule that judges scans (`verdict`), so that an offline device says what the server would. A device trusts the
list only with our signature, ECDSA over P-256 with SHA-256, which every browser can check offline; see decision 0070.
"""

import base64
import hashlib
import json
import secrets
from datetime import datetime, timedelta
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.crypto import salted_hmac

from dialogue import moments
from dialogue.models import Meeting
from registration.door.scan_words import where_and_when
from registration.door.verdict import AFTER, Door
from registration.models import Representative, Scan, Voucher
from registration.models.scan import Mode, Outcome

# The order of the curve P-256: a private key is smaller.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# Bytes of each half of a signature.
COORDINATE = 32
# How long after the end of the meeting a device may still read its list before it deletes it.
KEPT_AFTER = timedelta(hours=1)


def signed(meeting: Meeting, *, at: datetime) -> dict[str, str]:
    """The list of the vouchers of `meeting` at its moment `at`: `text` (JSON), `signature` and `key`, base64.

    At most four queries. `good_until` is a real moment, because devices know no other; `after` gives the outcome for a
    voucher that the device itself has since shown green.
    """
    salt = secrets.token_bytes(16)
    vouchers = Voucher.objects.filter(representative__meeting=meeting)
    rows = vouchers.select_related("representative__request__organization", "representative__decision")
    door, exchanged = Door(meeting), _exchanged(meeting)
    content = {
        "meeting": meeting.slug,
        "made_at": moments.clock_in_words(at, meeting),
        "good_until": (meeting.ends_at - meeting.clock_shift + KEPT_AFTER).isoformat(),
        "salt": salt.hex(),
        "after": AFTER,
        "vouchers": {_found_by(salt, row.code): _entry(salt, row, door, exchanged) for row in rows},
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {"text": text, "signature": _base64(_sign(text.encode())), "key": public_key()}


def public_key() -> str:
    """The public key for checking signatures: an uncompressed point, in base64; the same in every process."""
    point = private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _base64(point)


def _entry(salt, voucher, door, exchanged):
    """The outcome of a voucher in each mode, and, sealed, what a desk shows: name, organization, earlier hand-over."""
    person = voucher.representative
    shown = [person.name_for_security, str(person.request.organization), exchanged.get(person.pk, "")]
    return {"says": {mode: door.of_voucher(voucher, mode) for mode in Mode}, "sealed": _seal(salt, voucher.code, shown)}


def _exchanged(meeting):
    """Where and when the tickets that are out were handed over last, by representative."""
    is_out = {"outcome": Outcome.HANDED_OVER, "representative__state": Representative.State.HANDED_OVER}
    oldest_first = Scan.objects.filter(meeting=meeting, **is_out).select_related("meeting").reverse()
    return {scan.representative_id: where_and_when(scan) for scan in oldest_first}


def _found_by(salt, code):
    return hashlib.sha256(b"find" + salt + code.encode()).hexdigest()


def _seal(salt, code, shown):
    """`shown` as JSON, encrypted with AES-GCM and preceded by the nonce, in base64."""
    key = hashlib.sha256(b"read" + salt + code.encode()).digest()
    once = secrets.token_bytes(12)
    return _base64(once + AESGCM(key).encrypt(once, json.dumps(shown, ensure_ascii=False).encode(), None))


def _sign(data):
    """The signature in the form that browsers read: two numbers of 32 bytes each."""
    first, second = decode_dss_signature(private_key().sign(data, ec.ECDSA(hashes.SHA256())))
    return first.to_bytes(COORDINATE, "big") + second.to_bytes(COORDINATE, "big")


@cache
def private_key() -> ec.EllipticCurvePrivateKey:
    """The signing key, derived from `SECRET_KEY` so that all processes share it and nothing else has to be kept."""
    seed = salted_hmac("registration.hand_over_list", "signature", algorithm="sha512").digest()
    return ec.derive_private_key(int.from_bytes(seed, "big") % (ORDER - 1) + 1, ec.SECP256R1())


def _base64(data):
    return base64.b64encode(data).decode()
