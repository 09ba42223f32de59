"""Published revisions: frozen lists, public and permanent.  R-28 R-29"""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dialogue.models import Band, Meeting
from speakers.publishing import difference
from speakers.views import exporting


@require_safe
@cache_control(public=True, max_age=30)
def revisions(request: HttpRequest, slug: str) -> HttpResponse:
    """All revisions of the list, newest first."""
    meeting = get_object_or_404(Meeting.objects.published(), slug=slug)
    context = {"meeting": meeting, "revisions": meeting.revisions.defer("content").order_by("-number")}
    return TemplateResponse(request, "speakers/revisions.html", context)


@require_safe
@cache_control(public=True, max_age=30)
def revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One revision: the changes since the last, the list under the headings of its bands, how to check it."""
    meeting = get_object_or_404(Meeting.objects.published(), slug=slug)
    found = {each.number: each for each in _around(meeting, number)}
    if number not in found:
        raise Http404
    shown, before = found[number], found.get(number - 1)
    changes = difference.between(before.rows, shown.rows) if before else []
    context = {
        "meeting": meeting,
        "revision": shown,
        "before": before,
        "after": found.get(number + 1),
        "shows_names": any("speaker" in row for row in shown.rows),
        "order": dict(Meeting.Policy.choices).get(shown.document["policy"], shown.document["policy"]),
        "changes": difference.under_headings(changes),
        "files": exporting.files_of("speakers:revision_as", meeting.slug, number),
        "bands": _under_headings(shown.rows, before.rows if before else []),
    }
    return TemplateResponse(request, "speakers/revision.html", context)


def _around(meeting, number):
    """The revision `number` of `meeting` and its neighbours, if they exist (1 statement)."""
    revisions = meeting.revisions.filter(number__gte=number - 1, number__lte=number + 1)
    for revision in revisions:
        revision.meeting = meeting
    return revisions


def _under_headings(rows, before):
    """The `rows` as (heading, rows), one for each run of a band; each row has its place `before`, if it had one."""
    places = {row["receipt_no"]: row["place"] for row in before}
    labels = dict(Band.Code.choices)
    shown = [{**row, "place_before": places.get(row["receipt_no"])} for row in rows]
    runs = groupby(shown, key=lambda row: row["band"])
    return [(labels.get(band, band), list(run)) for band, run in runs]
