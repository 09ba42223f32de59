"""How old a public page with a running countdown may be: one second, wherever it is kept."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.views.decorators.cache import cache_control, cache_page, never_cache

SECOND = 1
# The cache's name in the settings: each web process keeps its own, so no other server is asked or can fail.
CACHE = "pages"
# A cache for plain values that hardly ever change and that everybody asks for in the last minute.
FACTS = "facts"


def one_second_old(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the page of `view` be kept for one second, by browsers and proxies (`max-age`) and by this process.

    For a public page that is the same for everyone. In the last minutes before a deadline all missions look at it
    together, and the processor is for those who inscribe. A visitor to whom a message is shown gets a page of their
    own.
    """
    kept = cache_page(SECOND, cache=CACHE)(cache_control(public=True)(view))
    own = never_cache(view)

    @wraps(view)
    def fresh(request, *args, **kwargs):
        return (own if request.COOKIES.get("messages") else kept)(request, *args, **kwargs)

    return fresh
