"""Where an event may go: https, to a public address, and nowhere inside unless the settings name the host.

The name is resolved right before each connection, which then goes to the very address that was checked: a name that
resolves to another one a moment later leads nowhere else.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# Addresses that carry one of IPv4 inside, which might be internal: NAT64, 6to4 and Teredo.
CARRIERS = [ipaddress.ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]
PORTS = {"https": 443, "http": 80}
INSIDE = gettext_noop("%(host)s is an address inside a network. The settings do not allow it.")
LEADS_INSIDE = gettext_noop("%(host)s leads to an address inside a network. The settings do not allow it.")
SAID = (INSIDE, LEADS_INSIDE)


class Forbidden(Exception):
    """No event goes to that address; `str()` says why, to staff."""


@dataclass(frozen=True)
class Target:
    """The checked `address` of a `host`, and what is asked for there."""

    is_encrypted: bool
    host: str
    port: int
    netloc: str
    path: str
    address: str


def validate_url(url: str) -> None:
    """Refuse an address that no event may go to, as far as it can be read from the address itself."""
    if words := objection(url):
        raise ValidationError(words)


def objection(url: str) -> str:
    """Why no event may go to `url`, as a sentence; empty if one may, once its name is resolved."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or port == 0 or not url.isascii() or not url.isprintable() or " " in url:
        return _("Write an address of the form https://host/path, in plain letters.")
    if parts.scheme not in _schemes():
        return _("Write an address that begins with https://.")
    if "@" in parts.netloc or parts.fragment:
        return _("Write the address without a name, a password, or a part after #.")
    if _is_number(host) and not _is_allowed(ipaddress.ip_address(host), host):
        return _(INSIDE) % {"host": host}
    return ""


def resolve(url: str) -> Target:
    """The `Target` of `url`, looked up now. Raises `Forbidden`; `OSError` if the name is not found."""
    if words := objection(url):
        raise Forbidden(words)
    parts = urlsplit(url)
    host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        _check(ipaddress.ip_address(address), parts)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return Target(parts.scheme == "https", host, port, parts.netloc, path, found[0])


def _check(address, parts: SplitResult):
    if not _is_allowed(address, parts.hostname):
        raise Forbidden(_(LEADS_INSIDE) % {"host": parts.hostname})
    if parts.scheme == "http" and not address.is_loopback:
        raise Forbidden(_("Without encryption, events go to this machine alone."))


def _schemes():
    return {"https", "http"} if settings.WEBHOOK_PLAIN_HTTP else {"https"}


def _is_allowed(address, host):
    """Is `address` one of the public Internet, or the `host` one that the settings name?"""
    if host in settings.WEBHOOK_INTERNAL_HOSTS:
        return True
    address = getattr(address, "ipv4_mapped", None) or address
    is_odd = address.is_multicast or address.is_reserved or address.is_unspecified
    return address.is_global and not is_odd and not any(address in each for each in CARRIERS)


def _is_number(host):
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
