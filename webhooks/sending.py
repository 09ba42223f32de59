"""Sending one event: a POST to the checked address, no redirect, nothing read but the status, ten seconds at most."""

import http.client
import json
import socket
import ssl
import threading
from contextlib import closing, suppress
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

import clock
from webhooks import addresses, signing
from webhooks.models import Webhook

# Seconds in which the receiver has to connect and to say its next word, and those that all of it may take.
SILENCE, IN_ALL = 5.0, 10.0
CERTIFICATE = gettext_noop("Its certificate is not valid: %(reason)s.")
CONNECTION = gettext_noop("The connection failed (%(error)s).")
STATUS = gettext_noop("It answered with the status %(status)d.")
SAID = (CERTIFICATE, CONNECTION, STATUS)


class NotDelivered(Exception):
    """The receiver did not take the event; `str()` says why, to staff, and `name` may be logged."""

    def __init__(self, words: str, name: str) -> None:
        super().__init__(words)
        self.name = name


def send(webhook: Webhook, event: dict[str, Any]) -> None:
    """Send `event` to `webhook`, signed. Raises `NotDelivered` unless the receiver answers with a status from 200 on.

    Any answer below 300 means that it has the event; it is sent again after every other, with the same identity.
    """
    body = json.dumps(event, ensure_ascii=False).encode()
    told = {
        "content-type": "application/json",
        "user-agent": f"speakers-list/{settings.VERSION}",
        **signing.headers(webhook, event["id"], body, at=clock.now()),
    }
    try:
        status = _post(addresses.resolve(webhook.url), body, told)
    except addresses.Forbidden as error:
        raise NotDelivered(str(error), "forbidden address") from error
    except (OSError, http.client.HTTPException) as error:
        raise NotDelivered(in_words(error), type(error).__name__) from error
    if not 200 <= status < 300:
        raise NotDelivered(_(STATUS) % {"status": status}, f"status {status}")


def _post(target, body, headers):
    """The status with which the `target` answers. Its answer is not read."""
    raw = socket.create_connection((target.address, target.port), timeout=SILENCE)
    with closing(raw), closing(raw.dup()) as line:
        ending = threading.Timer(IN_ALL, _hang_up, [line])  # a receiver that says a letter now and then
        ending.start()
        try:
            connection = http.client.HTTPConnection(target.host, target.port)
            connection.sock = _encrypted(raw, target.host) if target.is_encrypted else raw
            with closing(connection):
                connection.request("POST", target.path, body, headers | {"host": target.netloc})
                return connection.getresponse().status
        finally:
            ending.cancel()


def _encrypted(raw, host):
    """The connection `raw` with TLS, whose certificate is that of the `host`, whatever address it was looked up at."""
    return ssl.create_default_context().wrap_socket(raw, server_hostname=host)


def _hang_up(line):
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def in_words(error: Exception) -> str:
    """Why the connection to a receiver failed with that `error`, for staff."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _(CERTIFICATE) % {"reason": error.verify_message}
    if isinstance(error, TimeoutError):
        return _("It did not answer in time.")
    if isinstance(error, socket.gaierror):
        return _("Its host is not found.")
    return _(CONNECTION) % {"error": type(error).__name__}
