"""The secret of a webhook, and the signature of an event, by the convention of Standard Webhooks.

The database holds a random half; the secret is its hash by the site's secret key, so that who reads the database alone
can sign nothing. While `SECRET_KEY` is being replaced, events are signed by the former key too.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from acts.keyed_hashes import possible_hashes
from webhooks.models import Webhook

PURPOSE = "webhooks.secret"
PREFIX = "whsec_"


def new_half() -> str:
    """A random half, of 128 bits, from which a secret follows."""
    return secrets.token_hex(16)


def secret_of(half: str) -> str:
    """The secret that follows from `half`, as the receiver keeps it."""
    return PREFIX + base64.b64encode(_keys(half)[0]).decode()


def headers(webhook: Webhook, identity: str, body: bytes, *, at: datetime) -> dict[str, str]:
    """The headers of an event with that `identity` and `body`, signed at the real moment `at`.

    While a secret is being replaced there is a signature by each, so that the receiver may know either.
    """
    timestamp = str(int(at.timestamp()))
    content = b".".join([identity.encode(), timestamp.encode(), body])
    signatures = [f"v1,{_signature(key, content)}" for half in webhook.halves(at) for key in _keys(half)]
    return {"webhook-id": identity, "webhook-timestamp": timestamp, "webhook-signature": " ".join(signatures)}


def _signature(key, content):
    return base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()


def _keys(half):
    """The keys that follow from `half`, by the site's present secret key first."""
    return [bytes.fromhex(each) for each in possible_hashes(PURPOSE, half)]
