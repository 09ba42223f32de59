"""Refusing, before any page, a request that no page and no database can read.

No address, query or cookie of this site holds the character NUL, which PostgreSQL cannot even compare, and a length is
written in digits. No link of this site is longer than a line that gunicorn reads; a page whose every link repeats a
query of a million characters would keep a process busy for a minute. What forms hold is checked by their fields.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from config import errors
from languages import choosing

LENGTH = re.compile(r"[0-9]{0,15}")
LONGEST_QUERY = 4094


def only_readable(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware: status 400 for a NUL in the address or in a cookie, a query too long, a length that is none.

    It says so in the language of the reader.
    """
    refused = choosing.in_the_language_of_the_reader(errors.unreadable)

    def answer(request):
        query = request.META.get("QUERY_STRING", "")
        is_readable = LENGTH.fullmatch(request.META.get("CONTENT_LENGTH", "")) and len(query) <= LONGEST_QUERY
        return get_response(request) if is_readable and not _holds_nul(request, query) else refused(request)

    return answer


def _holds_nul(request, query):
    return "%00" in query or any("\0" in text for text in (request.path_info, query, *request.COOKIES.values()))
