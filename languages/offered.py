"""The languages that this site offers: `SITE_LANGUAGES`, in the order of the organization."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language, get_language_info

# The query by which an address asks for one language: for search engines, and for links from elsewhere.
ASKED = "lang"
# What programs read is in English.
FOR_PROGRAMS = "/api/"


class AskedForm(forms.Form):
    """The language that an address asks for, as “?lang=fr”."""

    lang = forms.CharField(max_length=10)


def is_offered(language: str | None) -> bool:
    """Does the site offer the language with this code?"""
    return language in settings.SITE_LANGUAGES


def asked_for(request: HttpRequest) -> str:
    """The code of the offered language that the address of the page asks for; empty if it asks for none."""
    query = _query(request)
    if ASKED not in query:
        return ""
    form = AskedForm(query)
    language = form.cleaned_data["lang"] if form.is_valid() else ""
    return language if is_offered(language) else ""


def in_this_language(address: str) -> str:
    """The `address` of a feed or file, which programs fetch without a cookie, with the active language if not English.

    What is under `/api/` is in English, and its address stays as it is.
    """
    language = get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE or address.startswith(FOR_PROGRAMS):
        return address
    return f"{address}?{urlencode({ASKED: language})}"


def for_templates(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the languages of the bar, and the address of the page without the language it asks for."""
    return {"site_languages": in_order(), "language_back": _here(request)}


def in_order() -> list[dict[str, Any]]:
    """Each offered language: its code, its name in itself, and whether it is written from right to left."""
    names = dict(settings.LANGUAGES)
    return [
        {"code": code, "name": names[code], "is_rtl": get_language_info(code)["bidi"]}
        for code in settings.SITE_LANGUAGES
    ]


def _query(request):
    """The query of the address; empty if it has more fields than are read."""
    try:
        return request.GET
    except TooManyFieldsSent:
        return QueryDict()


def _here(request):
    if ASKED not in _query(request):
        return request.get_full_path()
    query = QueryDict(request.META["QUERY_STRING"], mutable=True)
    query.pop(ASKED)
    return f"{request.path}?{query.urlencode()}" if query else request.path
