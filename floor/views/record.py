"""During the meeting and after it: the record, as a page and as files, and the statistics."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import clock
from dialogue import moments
from dialogue.models import Meeting
from floor.access import reader
from floor.record import bars, record, statistics, tables
from floor.record.files import FORMATS
from floor.views import recordings
from printing import PrintingFailed

logger = logging.getLogger(__name__)


@require_safe
@reader
def page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Who spoke, when, how long; who did not; interruptions, suspensions, what was said about time."""
    at = meeting.moment(clock.now())
    found = record.of(meeting, at=at)
    context = {
        "meeting": meeting,
        "as_at": moments.in_words(at, meeting),
        "record": found,
        "statements": tables.statements(found, meeting),
        "others": tables.others(found),
        "interruptions": tables.interruptions(found, meeting),
        "remarks": tables.remarks(found, meeting),
        "in_all": statistics.in_all(found),
        "files": FORMATS,
        **recordings.rows_of(meeting),
    }
    return TemplateResponse(request, "floor/record.html", context)


@require_safe
@reader
def file(_request: HttpRequest, meeting: Meeting, extension: str) -> HttpResponse:
    """The record as a file with this `extension`; 503 in words if paper cannot be printed."""
    if (kind := FORMATS.get(extension)) is None:
        raise Http404
    try:
        content = kind.write(record.of(meeting, at=meeting.moment(clock.now())), meeting)
    except PrintingFailed as failure:
        logger.error("The record of %s could not be printed: %s", meeting.slug, failure)
        words = _("The file cannot be made now. Choose another format, or try again in a minute.")
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    return attachment(content, kind.media_type, f"{meeting.slug}-record.{extension}")


def attachment(content: bytes, media_type: str, name: str) -> HttpResponse:
    """The bytes `content` as a file called `name`."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
@reader
def figures(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """How the time was shared, as tables and as charts of the same figures."""
    at = meeting.moment(clock.now())
    found = record.of(meeting, at=at)
    kinds = [
        (_("By part of the meeting"), statistics.by_part(found)),
        (_("By region"), statistics.by_region(found)),
        (_("By level"), statistics.by_level(found)),
        (_("By capacity"), statistics.by_capacity(found)),
    ]
    context = {
        "meeting": meeting,
        "as_at": moments.in_words(at, meeting),
        "in_all": statistics.in_all(found),
        "shares": [{"title": title, "rows": rows, "bars": bars.of_shares(rows)} for title, rows in kinds if rows],
        "lengths": bars.of_lengths(found),
    }
    return TemplateResponse(request, "floor/statistics.html", context)
