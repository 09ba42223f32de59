"""In which language pages are shown to a reader.

What the address asks for comes first, and holds for that page; then the choice on the bar, kept in a cookie; then what
the browser prefers; then English. A person who signs in brings along the language that was chosen under that address.
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from languages import remembering
from languages.offered import FOR_PROGRAMS, asked_for, is_offered

COOKIE, KEPT_FOR = settings.LANGUAGE_COOKIE_NAME, timedelta(days=365)


def in_the_language_of_the_reader(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: the page is in the reader's language and says so, to the reader and to what keeps pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.LANGUAGE_CODE = language = _language_for(request)  # the key of kept pages has it
        with translation.override(language):
            response = get_response(request)
        if response.streaming or response.has_header("Content-Language"):
            return response  # a stored file or a stream; or a page whose address alone says its language
        response.headers["Content-Language"] = language
        if not request.path.startswith(FOR_PROGRAMS):
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
        if brought := getattr(request, "language_brought", ""):
            keep(response, brought)
        return response

    return middleware


def chosen(request: HttpRequest) -> str:
    """The language chosen on the bar in this browser; empty if none was that the site still offers."""
    language = request.COOKIES.get(COOKIE, "")
    return language if is_offered(language) else ""


def keep(response: HttpResponse, language: str) -> None:
    """Keep `language` in the browser that gets the `response`, for a year."""
    response.set_cookie(COOKIE, language, KEPT_FOR, secure=settings.HTTPS, httponly=True, samesite="Lax")


def sign_in(request: HttpRequest, address: str) -> None:
    """The person behind `request` has just proved `address`: bring the language chosen under it, or remember this one.

    English that was not chosen is not remembered: most browsers ask for it, whatever their people read.
    """
    own, stored = chosen(request), remembering.language_of(address)
    if not own and stored:
        request.language_brought = stored  # type: ignore[attr-defined]
    elif own or translation.get_language() != settings.LANGUAGE_CODE:
        remembering.remember(own or translation.get_language() or "", [address])


def _language_for(request):
    if request.path.startswith(FOR_PROGRAMS):
        return settings.LANGUAGE_CODE
    return asked_for(request) or chosen(request) or _preferred(request) or settings.LANGUAGE_CODE


def _preferred(request):
    """The first language that the browser asks for and the site offers: for “fr-CA” French, for “zh-TW” Chinese."""
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            found = get_supported_language_variant(wanted)
        except LookupError:
            continue
        if is_offered(found):
            return found
    return ""
