"""Lists as files: the live one and every revision, in each format, public.  R-29 R-30"""

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import clock
from printing import PrintingFailed
from speakers import lists
from speakers.models import Revision
from speakers.publishing import documents
from speakers.publishing.exports.formats import FORMATS
from speakers.views.caching import answer, tag_of

LABELS = {
    "pdf": gettext_lazy("PDF, for printing"),
    "txt": gettext_lazy("Text, in the style of the Journal"),
    "xlsx": gettext_lazy("Workbook (XLSX)"),
    "csv": gettext_lazy("Table (CSV)"),
    "json": gettext_lazy("JSON, for programs"),
}
logger = logging.getLogger(__name__)


@require_safe
def live_list(request: HttpRequest, slug: str, extension: str, list_slug: str = "") -> HttpResponse:
    """The live list as a file. The tag changes when the list does, not every minute."""
    kind = _format_or_404(extension)
    at = clock.now()
    speakers_list = lists.at_address_or_404(slug, list_slug)
    meeting = speakers_list.meeting
    document = documents.live(speakers_list, at=meeting.moment(at))
    content = {name: value for name, value in document.items() if name != "as_at"}
    tag = "W/" + tag_of([content, *_printed_facts(speakers_list, extension)])
    name = f"{'-'.join(speakers_list.address)}-list-of-speakers.{extension}"
    response = _file(request, document, speakers_list, kind, tag=tag, name=name)
    patch_cache_control(response, public=True, max_age=10)
    return response


@require_safe
def revision(request: HttpRequest, slug: str, number: int, extension: str, list_slug: str = "") -> HttpResponse:
    """A revision as a file. As JSON it is the canonical text that was hashed, byte for byte.  R-28"""
    kind = _format_or_404(extension)
    found = get_object_or_404(
        Revision.objects.select_related("speakers_list__meeting"),
        speakers_list__meeting__is_published=True,
        speakers_list__meeting__slug=slug,
        speakers_list__slug=list_slug,
        number=number,
    )
    speakers_list = found.speakers_list
    name = f"{'-'.join(speakers_list.address)}-revision-{number}.{extension}"
    if extension == "json":
        response = answer(request, lambda: found.content, kind.content_type, tag=f'"{found.sha256}"', filename=name)
    else:
        tag = tag_of([found.sha256, *_printed_facts(speakers_list, extension)])
        response = _file(request, found.document, speakers_list, kind, tag=tag, name=name)
    patch_cache_control(response, public=True, max_age=60)
    return response


def files_of(name: str, *args: Any) -> list[tuple[str | Promise, str]]:
    """The files of the list at the URL `name`, as pairs (label, address)."""
    return [(label, reverse(name, args=[*args, extension])) for extension, label in LABELS.items()]


def _printed_facts(speakers_list, extension):
    """The facts a file shows beside its list: if they change, the file changes."""
    meeting = speakers_list.meeting
    told = [str(speakers_list), speakers_list.venue, meeting.starts_at, meeting.ends_at, meeting.time_zone]
    return [extension, get_language(), *told, speakers_list.is_established]


def _format_or_404(extension):
    if (kind := FORMATS.get(extension)) is None:
        raise Http404
    return kind


def _file(request, document, speakers_list, kind, *, tag, name):
    """The `document` as a file of that `kind` called `name`; if it cannot be printed, a 503 with an explanation."""
    try:
        return answer(
            request,
            lambda: kind.write(document, speakers_list),
            kind.content_type,
            tag=tag,
            filename=name,
            is_download=kind.is_download,
        )
    except PrintingFailed:
        logger.exception("The list %s could not be printed", name)
        words = _("The list cannot be printed just now. Please try again in a minute, or choose another format.")
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"})
