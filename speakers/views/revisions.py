"""Published revisions: frozen lists, public and permanent.  R-28 R-29"""

from itertools import pairwise

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from speakers import lists
from speakers.models import SpeakersList
from speakers.publishing import bump_chart, difference, division
from speakers.views import exporting


@require_safe
@cache_control(public=True, max_age=30)
def revisions(request: HttpRequest, slug: str, list_slug: str = "") -> HttpResponse:
    """All revisions of the list, newest first, and as a picture (3 statements)."""
    speakers_list = lists.at_address_or_404(slug, list_slug)
    meeting = speakers_list.meeting_at_hand
    found = list(speakers_list.revisions.defer("content").order_by("-number"))
    drawn = _to_draw(speakers_list)
    changes = [difference.between(one.rows, other.rows) for one, other in pairwise(drawn)]
    words = {each.number: difference.counted(made) for each, made in zip(drawn[1:], changes, strict=True)}
    context = {
        "meeting": meeting,
        "speakers_list": speakers_list,
        "revisions": [(each, words.get(each.number)) for each in found],
        "chart": bump_chart.of_revisions(drawn, changes, meeting),
        "left_out": len(found) - len(drawn),
    }
    return TemplateResponse(request, "speakers/revisions.html", context)


@require_safe
@cache_control(public=True, max_age=30)
def revision(request: HttpRequest, slug: str, number: int, list_slug: str = "") -> HttpResponse:
    """One revision: the changes since the last, the list under the headings of its bands, how to check it."""
    speakers_list = lists.at_address_or_404(slug, list_slug)
    found = {each.number: each for each in _around(speakers_list, number)}
    if number not in found:
        raise Http404
    shown, before = found[number], found.get(number - 1)
    changes = difference.between(before.rows, shown.rows) if before else []
    context = {
        "meeting": speakers_list.meeting_at_hand,
        "speakers_list": speakers_list,
        "revision": shown,
        "frozen_in": settings.LANGUAGE_CODE,
        "before": before,
        "after": found.get(number + 1),
        "shows_names": any("speaker" in row for row in shown.rows),
        "order": dict(SpeakersList.Policy.choices).get(shown.document["policy"], shown.document["policy"]),
        "changes": difference.under_headings(changes),
        "files": exporting.files_of("speakers:revision_as", *speakers_list.address, number),
        "parts": division.parts_of(
            shown.document, speakers_list.meeting, _with_places_before(shown.rows, before.rows if before else [])
        ),
    }
    return TemplateResponse(request, "speakers/revision.html", context)


def _to_draw(speakers_list):
    """The last revisions of `speakers_list` with their content, oldest first: as many as have room (1 statement)."""
    return list(reversed(speakers_list.revisions.order_by("-number")[: bump_chart.MOST]))


def _around(speakers_list, number):
    """The revision `number` of `speakers_list` and its neighbours, if they exist (1 statement)."""
    revisions = speakers_list.revisions.filter(number__gte=number - 1, number__lte=number + 1)
    for revision in revisions:
        revision.speakers_list = speakers_list
    return revisions


def _with_places_before(rows, before):
    """The `rows`, each with the place that it had among the rows `before`, or None."""
    places = {row["receipt_no"]: row["place"] for row in before}
    return [{**row, "place_before": places.get(row["receipt_no"])} for row in rows]
