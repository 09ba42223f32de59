"""The live list of speakers, as the public sees it.  R-29"""

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

import clock
from dialogue.freshness import one_second_old
from speakers import lists
from speakers.forecast import list_forecast
from speakers.list_state import ListState
from speakers.models import Revision
from speakers.models.speakers_list import SpeakersListQuerySet
from speakers.order import policies, precedence
from speakers.publishing import division, documents, page
from speakers.views import exporting


@require_safe
@one_second_old
def live_list(request: HttpRequest, slug: str, list_slug: str = "") -> HttpResponse:
    """The list as it stands, by sitting and band, with likely turns and a link to the newest revision.

    It is worked out once a second for everyone; each row has its name in the address, by which a delegation finds its
    own (`views/finding.py`).
    """
    rows, at = clock.read_with(WITH_NEWEST_REVISION.filter(meeting__slug=slug, slug=list_slug))
    if not rows:
        raise Http404
    speakers_list = lists.read_with_sittings(rows)
    meeting = speakers_list.meeting
    places = precedence.public_order(speakers_list)
    ahead = list_forecast.forecast_now(speakers_list, places, at=meeting.moment(at))
    document = documents.live(speakers_list, at=meeting.moment(at), places=places, ahead=ahead)
    rows, shows_turns = page.rows_of(document, places, ahead)
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
        "shows_turns": shows_turns,
        "strip": page.strip_of(document, meeting),
        "parts": division.parts_of(document, meeting, rows),
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
WITH_NEWEST_REVISION = with_newest_revision(lists.WITH_HOURS)
