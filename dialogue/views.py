"""Public pages of meetings: they set no cookie and cost at most four statements each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

import clock
from dialogue import programmes
from dialogue.documents import enclosing, serving
from dialogue.models import DocumentFile

FRESH = cache_control(public=True, max_age=30)


@require_safe
@FRESH
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme as it is printed."""
    meeting, version, sittings, slots = programmes.released_or_404(slug)
    context = {"meeting": meeting, "version": version, "sittings": sittings, "slots": slots}
    return render(request, "dialogue/programme.html", context)


@require_safe
@FRESH
def programme_ics(_request: HttpRequest, slug: str) -> HttpResponse:
    """The sittings as a calendar file, to be imported or subscribed to.  R-30"""
    meeting, version, sittings, slots = programmes.released_or_404(slug)
    from dialogue import calendar  # noqa: PLC0415  icalendar takes two MiB, which only subscribers need

    text = calendar.of(meeting, sittings, slots, at=clock.now(), sequence=version.number if version else 0)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{meeting.slug}.ics"'
    return response


@require_safe
def document(request: HttpRequest, slug: str, sha256: str) -> HttpResponseBase:
    """The file of a document, to be saved; its address holds its hash, so what is there never changes.

    Of a meeting that is not published, for staff alone.
    """
    files = DocumentFile.objects.filter(document__meeting__slug=slug, sha256=sha256)
    found = files.select_related("document__meeting").defer("content").order_by("pk").first()
    if found is None or not (found.document.meeting.is_published or _may_see_drafts(request)):
        raise Http404
    name = enclosing.download_name(slug, found.document.symbol, str(found.document.title))
    kept = DocumentFile.objects.filter(pk=found.pk)
    answer = serving.attachment(request, kept, size=found.size, media_type=enclosing.PDF, name=name)
    is_public = found.document.meeting.is_published
    answer["Cache-Control"] = "public, max-age=86400, immutable" if is_public else "private, no-store"
    return answer


def _may_see_drafts(request):
    return request.user.is_active and request.user.is_staff and request.user.has_perm("dialogue.view_document")
