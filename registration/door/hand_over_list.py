"""The signed list that a desk fetches before the network may go away.  R-54 R-55

It names nobody. Codes stand in it as salted hashes, and what a desk shows of a person is sealed with a key that is made
of the code: only whoever holds a voucher makes a device read the name on it. What becomes of a scan is written down by
the rule that judges scans (`judging`), so that a device alone says what the server would. A device believes the list
only with our signature, ECDSA over P-256 with SHA-256, which every browser checks without a network; see decision 0070.
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
from registration.door.scan_words import where_and_when
from registration.door.verdict import AFTER, Door
from registration.models import Scan, Voucher
from registration.models.scan import Mode, Outcome

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""How many points the curve P-256 has: a private key is smaller."""
COORDINATE = 32
"""Bytes of each half of a signature."""
KEPT_AFTER = timedelta(hours=1)
"""How long after the end of the meeting a device may still read its list; then it deletes it."""


def signed(meeting, *, at):
    """The list of the vouchers of `meeting` at its moment `at`: `text` (JSON), `signature` and `key`, base64.

    At most four statements. `good_until` in it is a real moment, for devices know no other; `after` says what becomes
    of a voucher that the device itself has called green since.
    """
    salt = secrets.token_bytes(16)
    vouchers = Voucher.objects.filter(representative__meeting=meeting)
    rows = vouchers.select_related("representative__request__organization", "representative__decision")
    door, exchanged = Door(meeting), _exchanged(meeting)
    content = {
        "meeting": meeting.slug,
        "made_at": moments.time_in_words(at, meeting),
        "good_until": (meeting.ends_at - meeting.clock_shift + KEPT_AFTER).isoformat(),
        "salt": salt.hex(),
        "after": AFTER,
        "vouchers": {_found_by(salt, row.code): _entry(salt, row, door, exchanged) for row in rows},
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {"text": text, "signature": _base64(_sign(text.encode())), "key": public_key()}


def public_key():
    """What signatures are checked with: the point of the curve, uncompressed, base64; the same in every process."""
    point = private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _base64(point)


def _entry(salt, voucher, door, exchanged):
    """What one voucher gets in each mode, and what a desk shows of its person, sealed: name, organization, before."""
    person = voucher.representative
    shown = [person.full_name, str(person.request.organization), exchanged.get(person.pk, "")]
    return {"says": {mode: door.of_voucher(voucher, mode) for mode in Mode}, "sealed": _seal(salt, voucher.code, shown)}


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
    first, second = decode_dss_signature(private_key().sign(data, ec.ECDSA(hashes.SHA256())))
    return first.to_bytes(COORDINATE, "big") + second.to_bytes(COORDINATE, "big")


@cache
def private_key():
    """Made of `SECRET_KEY`, so that there is nothing more to keep, and all processes sign alike."""
    seed = salted_hmac("registration.hand_over_list", "signature", algorithm="sha512").digest()
    return ec.derive_private_key(int.from_bytes(seed, "big") % (ORDER - 1) + 1, ec.SECP256R1())


def _base64(data):
    return base64.b64encode(data).decode()
