"""Checking receipts, chains, revisions and draws without this software: in a browser, here or from a saved page.  R-77

Files are read where they are dropped and sent nowhere. The site itself is asked only where a witness stands (R-59).
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

import clock
from dialogue.networks import network_of
from journal import canonical, chain
from speakers.publishing import witness
from speakers.views.refusing import add_refusal
from spelling.typed import Line

# What the saved page holds: the style sheets and the modules of the page, each after those that it imports.
STYLES = ("css/tokens.css", "css/site.css", "css/components.css", "css/verify.css", "css/verify-saved.css")
MODULES = ("js/strict-json.js", "js/verify-kinds.js", "js/verify-files.js", "js/verify.js")
IMPORT, EXPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE), re.compile(r"^export ", re.MULTILINE)
NAMED_FILE = re.compile(r"^.*url\(.*\n", re.MULTILINE)


class WitnessForm(forms.Form):
    """A witness as it is printed on a receipt, with any spaces and dashes."""

    witness = Line(label=gettext_lazy("The witness on your receipt"), max_length=200)

    def clean_witness(self) -> str:
        """The digits of the witness; refused, in words, if they cannot be one."""
        typed = self.cleaned_data["witness"]
        if not canonical.is_hash(chain.digits(typed)):
            raise forms.ValidationError(chain.why_unwitnessed(typed))
        return chain.digits(typed)


# The page sets no cookie, so its form has no token: asking changes nothing but the count of the network.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The page that checks files where it is read; and where a `witness` sent to it stands in the public chains.

    Not found or no witness: 422; asked too often: 429.  R-60
    """
    form = WitnessForm(request.POST if request.method == "POST" else None)
    found, wait = _ask(form, network_of(request)) if form.is_valid() else (None, 0)
    chain_page = found and reverse("speakers:revisions", args=found.speakers_list.address)
    context = {"form": form, "standing": found, "chain_page": chain_page}
    status = 429 if wait else 422 if form.errors else 200
    answer = render(request, "speakers/verify.html", context, status=status)
    if wait:
        answer["Retry-After"] = str(wait)
    if form.is_bound:
        patch_cache_control(answer, private=True, no_store=True)
    else:
        patch_cache_control(answer, public=True, max_age=300)
    return answer


def _ask(form, network):
    """Where the witness of `form` stands, or None with words on the form, and the seconds to wait."""
    try:
        found = witness.ask(form.cleaned_data["witness"], network=network, at=clock.now())
    except witness.AskedTooOften as refusal:
        add_refusal(form, refusal)
        return None, refusal.seconds
    if found is None:
        form.add_error("witness", _("This witness stands in no public chain of this site."))
    return found, 0


@require_safe
@cache_control(public=True, max_age=300)
def saved(request: HttpRequest) -> HttpResponse:
    """The page of checks as one file, in the language of the reader, that works without a network."""
    style, script = parts()
    context = {
        "style": element("style", style),
        "script": element('script type="module"', script),
        "policy": f"default-src 'none'; style-src {_source(style)}; script-src {_source(script)}; base-uri 'none'; "
        "form-action 'none'",
        "site": settings.SITE_URL,
        "version": settings.VERSION,
        "at": clock.now(),
    }
    page = render_to_string("speakers/verify_saved.html", context, request)
    return HttpResponse(page, headers={"Content-Disposition": 'attachment; filename="verify.html"'})


@cache
def parts() -> tuple[str, str]:
    """The style and the script of the saved page: the files of the page itself, one behind the other."""
    style = NAMED_FILE.sub("", "".join(map(_text, STYLES)))
    return style, EXPORT.sub("", IMPORT.sub("", "".join(map(_text, MODULES))))


def _text(name):
    return Path(settings.BASE_DIR, "static", name).read_text()


def _source(text):
    """The name by which a content security policy allows the inline `text`, and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def element(tag: str, text: str) -> SafeString:
    """The element `tag` around our own `text`, which must not end it."""
    name = tag.split()[0]
    if f"</{name}" in text:
        raise ValueError(f"The text of a {name} cannot hold its end.")
    return format_html("<{}>{}</{}>", mark_safe(tag), mark_safe(text), name)  # noqa: S308  both are our own files
