"""Letting a page read the live streams from a port of their own: in the embedded mode, which has no proxy."""

from collections.abc import Callable
from functools import wraps

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpResponse


def may_stream(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Add the streams' address to the content security policy of `view`, and of no other page."""

    @wraps(view)
    def permitted(request, *args, **kwargs):
        answer = csp_update({"connect-src": origins()})(view) if settings.LIVE_PORT else view
        return answer(request, *args, **kwargs)

    return permitted


def origins() -> list[str]:
    """The addresses of the streams, one for each host name of this site."""
    named = [host for host in settings.ALLOWED_HOSTS if not host.startswith("[")]
    return [f"http://{host}:{settings.LIVE_PORT}" for host in named]
