"""A list as handed out on paper.  R-30

Typeset by `printing/` in a separate process, with our own fonts, so that Arabic and Chinese names come out right.
"""

import hashlib
from datetime import datetime
from functools import partial
from typing import Any, cast

from django.conf import settings
from django.core.cache import caches
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

import printing
from speakers.models import SpeakersList
from speakers.publishing import division, documents
from speakers.publishing.exports.characters import printable

# The cache, in the memory of each web process, in which a printed list is kept, and for how many seconds.
CACHE, HOUR = "paper", 60 * 60


def write(document: dict[str, Any], speakers_list: SpeakersList) -> bytes:
    """The list in `document`, a state of `speakers_list`, as PDF, bytes. Raises `printing.PrintingFailed`.

    A page that many people want at once is printed once an hour. It is kept in memory, never on the disk of a machine,
    which the erasure of personal data would not reach (R-57).
    """
    html = page(document, speakers_list)
    key = hashlib.sha256(html.encode("utf-8", "replace")).hexdigest()
    return cast(bytes, caches[CACHE].get_or_set(key, partial(printing.pdf, html), HOUR))


def page(document: dict[str, Any], speakers_list: SpeakersList) -> str:
    """The page to print, as HTML: only what the public may see."""
    rows = [{name: _printable(value) for name, value in row.items()} for row in document["speakers"]]
    as_at = datetime.fromisoformat(document["as_at"])
    meeting = speakers_list.meeting
    context = {
        "meeting": meeting,
        "speakers_list": speakers_list,
        "title": printable(str(speakers_list)),
        "venue": printable(speakers_list.venue),
        "document": document,
        "state": documents.state_in_words(document, speakers_list, as_at),
        "comment": printable(document.get("comment", "")),
        "parts": division.parts_of(document, meeting, rows),
        "count": len(rows),
        "shows_names": any("speaker" in row for row in rows),
        "address": settings.SITE_URL + _path(document, speakers_list),
        "language": translation.get_language(),
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
    }
    return render_to_string("speakers/paper/list.html", context)


def _printable(value):
    if isinstance(value, list):
        return [printable(each) for each in value]
    return printable(value) if isinstance(value, str) else value


def _path(document, speakers_list):
    """The path of this list on the site."""
    if document["provisional"]:
        return reverse("speakers:list", args=speakers_list.address)
    return reverse("speakers:revision", args=[*speakers_list.address, document["number"]])
