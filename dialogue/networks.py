"""Which network a request comes from, by which requests of strangers are counted.  R-60"""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def network_of(request: HttpRequest) -> str:
    """The network of `request` as text: an IPv4 address, or an IPv6 /64; empty if it is unknown.  R-60"""
    return network_at(request.META.get("REMOTE_ADDR", ""), forwarded=request.META.get("HTTP_X_FORWARDED_FOR", ""))


def network_at(peer: str, *, forwarded: str) -> str:
    """The network of a request from the address `peer`, whose header `X-Forwarded-For` says `forwarded`.  R-60

    The header is believed only as far as `settings.TRUSTED_PROXIES` hops, counted from this server.
    """
    try:
        address = ipaddress.ip_address(_outermost_trusted(forwarded) or peer)
    except ValueError:
        return ""
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _outermost_trusted(forwarded):
    """The address that the outermost trusted proxy reports; empty if none is trusted."""
    hops = [hop.strip() for hop in forwarded.split(",")]
    if not settings.TRUSTED_PROXIES or len(hops) < settings.TRUSTED_PROXIES:
        return ""
    return hops[-settings.TRUSTED_PROXIES]
