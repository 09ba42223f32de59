"""The live list of speakers, as the public sees it.  R-29"""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

import clock
from acts.sharing import Shared
from dialogue.freshness import one_second_old
from dialogue.previews.linking import linked
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
@linked
def live_list(request: HttpRequest, slug: str, list_slug: str = "") -> HttpResponse:
    """The list as it stands, by sitting and band, with likely turns and a link to the newest revision.

    Each row has its name in the address, by which a delegation finds its own (`views/finding.py`).
    """
    return TemplateResponse(request, "speakers/list.html", read_list(slug, list_slug))


def read_list(slug: str, list_slug: str) -> dict[str, Any]:
    """What pages show of the live list, in the active language; `version` rises with each act. Raises `Http404`."""
    rows, at = clock.read_with(lists.with_acts(WITH_NEWEST_REVISION, slug).filter(slug=list_slug))
    if not rows:
        raise Http404
    speakers_list: Any = lists.read_with_sittings(rows)
    meeting = speakers_list.meeting
    at = meeting.moment(at)
    return {
        "meeting": meeting,
        "speakers_list": speakers_list,
        "version": speakers_list.acts.partition("/")[0],
        "as_at": at,
        "list_state": ListState.of(speakers_list, at),
        "is_drawn": policies.policy_named(speakers_list.policy).is_drawn,
        "files": exporting.files_of("speakers:list_as", *speakers_list.address),
        **_shown(speakers_list, at),
    }


def _shown(speakers_list, at):
    """What follows from the entries: how many there are, and the HTML of the rows. Worked out once a second at most."""
    key, second = (speakers_list.pk, get_language()), at.replace(microsecond=0)
    return ROWS.get(key, lambda: _work_out(speakers_list, at), stamp=(speakers_list.acts, second))


def _work_out(speakers_list, at):
    meeting, places = speakers_list.meeting, precedence.public_order(speakers_list)
    ahead = list_forecast.forecast_now(speakers_list, places, at=at)
    document = documents.live(speakers_list, at=at, places=places, ahead=ahead)
    rows, shows_turns = page.rows_of(document, places, ahead)
    parts = division.parts_of(document, meeting, rows)
    shown = {"before": None, "shows_names": speakers_list.shows_speaker_names, "shows_turns": shows_turns}
    return {
        "count": len(places),
        "has_begun": any(place.inscription.is_called for place in places),
        "shows_turns": shows_turns,
        "strip": page.strip_of(document, meeting),
        "rows": render_to_string("speakers/_parts.html", shown | {"parts": parts}) if parts else "",
    }


def with_newest_revision(lists: SpeakersListQuerySet) -> SpeakersListQuerySet:
    """The QuerySet `lists` with `newest_revision` (its number) and `newest_as_at`, both None if there is none."""
    newest = Revision.objects.filter(speakers_list=OuterRef("pk")).order_by("-number")
    return lists.annotate(
        newest_revision=Subquery(newest.values("number")[:1]), newest_as_at=Subquery(newest.values("as_at")[:1])
    )


# What was worked out for everyone, until the next act or the next second.
ROWS = Shared(seconds=1.0)
# Put together once, and not with each request.
WITH_NEWEST_REVISION = with_newest_revision(lists.WITH_HOURS)
