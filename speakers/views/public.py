"""The live list of speakers, as the public sees it.  R-29"""

from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

import clock
from speakers.list_state import ListState
from speakers.models import Band, Revision, SpeakersList
from speakers.models.speakers_list import SpeakersListQuerySet
from speakers.order import policies, precedence
from speakers.publishing import revisions
from speakers.views import exporting


@require_safe
@cache_control(public=True, max_age=10)
def live_list(request: HttpRequest, slug: str, list_slug: str = "") -> HttpResponse:
    """The list as it stands, under the headings of its bands, with a link to the newest revision."""
    at = clock.now()
    speakers_list = get_object_or_404(WITH_NEWEST_REVISION, meeting__slug=slug, slug=list_slug)
    meeting = speakers_list.meeting_at_hand
    places = precedence.public_order(speakers_list)
    context = {
        "meeting": meeting,
        "speakers_list": speakers_list,
        "as_at": meeting.moment(at),
        "list_state": ListState.of(speakers_list, meeting.moment(at)),
        "count": len(places),
        "is_drawn": policies.policy_named(speakers_list.policy).is_drawn,
        "has_begun": any(place.inscription.is_called for place in places),
        "before": None,
        "shows_names": speakers_list.shows_speaker_names,
        "bands": under_headings(revisions.public_rows(places, shows_names=speakers_list.shows_speaker_names)),
        "files": exporting.files_of("speakers:list_as", *speakers_list.address),
    }
    return TemplateResponse(request, "speakers/list.html", context)


def with_newest_revision(lists: SpeakersListQuerySet) -> SpeakersListQuerySet:
    """The QuerySet `lists` with `newest_revision` (its number) and `newest_as_at`, both None if there is none."""
    newest = Revision.objects.filter(speakers_list=OuterRef("pk")).order_by("-number")
    return lists.annotate(
        newest_revision=Subquery(newest.values("number")[:1]), newest_as_at=Subquery(newest.values("as_at")[:1])
    )


# Put together once, and not with each request.
WITH_NEWEST_REVISION = with_newest_revision(SpeakersList.objects.of_published())


def under_headings(rows: list[dict[str, Any]]) -> list[tuple[str | Promise, list[dict[str, Any]]]]:
    """The public `rows` in speaking order as (heading, rows), one for each run of a band; a pin may split a band."""
    labels = dict(Band.choices)
    return [(labels.get(band, band), list(run)) for band, run in groupby(rows, key=itemgetter("band"))]
