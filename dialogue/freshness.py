"""How old a public page with a running countdown may be: one second, wherever it is kept."""

from functools import wraps

from django.views.decorators.cache import cache_control, cache_page, never_cache

SECOND = 1
# Its name in the settings: each web process keeps its own, so no other server has to be asked or may fail.
CACHE = "pages"
# The same for what hardly ever changes and every inscription asks for (`reading_ahead.py`).
FACTS = "facts"


def one_second_old(view):
    """Let the page of `view` be kept for one second, by browsers and proxies (`max-age`) and by this process.

    For a public page that is the same for everybody. In the last minutes before a deadline all missions look at it
    together, and the processor is for those who inscribe. Whoever is told something on it has a page of his own.
    """
    kept = cache_page(SECOND, cache=CACHE)(cache_control(public=True)(view))
    own = never_cache(view)

    @wraps(view)
    def fresh(request, *args, **kwargs):
        return (own if request.COOKIES.get("messages") else kept)(request, *args, **kwargs)

    return fresh
