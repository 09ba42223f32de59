"""Refusing, before any page, a request that no page and no database can read.

No address, query or cookie of this site holds the character NUL, which PostgreSQL cannot even compare, and a length is
written in digits. What forms hold is checked by their fields.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from config import errors

LENGTH = re.compile(r"[0-9]{0,15}")


def only_readable(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware: a NUL in the address or in a cookie, or a length that is none, is answered with status 400."""

    def answer(request):
        is_readable = LENGTH.fullmatch(request.META.get("CONTENT_LENGTH", "")) and not _holds_nul(request)
        return get_response(request) if is_readable else errors.unreadable(request)

    return answer


def _holds_nul(request):
    query = request.META.get("QUERY_STRING", "")
    return "%00" in query or any("\0" in text for text in (request.path_info, query, *request.COOKIES.values()))
