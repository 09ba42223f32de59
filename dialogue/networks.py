"""Which network a request comes from, by which requests of strangers are counted.  R-60"""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def network_of(request: HttpRequest) -> str:
    """The network of `request` as text: an IPv4 address, or an IPv6 /64; empty if it is unknown.  R-60

    `X-Forwarded-For` is believed only as far as `settings.TRUSTED_PROXIES` hops, counted from this server.
    """
    given = _forwarded_for(request) or request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return ""
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _forwarded_for(request):
    """The address that the outermost trusted proxy reports; empty if none is trusted."""
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if not settings.TRUSTED_PROXIES or len(hops) < settings.TRUSTED_PROXIES:
        return ""
    return hops[-settings.TRUSTED_PROXIES]
