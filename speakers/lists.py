"""Finding a list of speakers by its address, with its meeting, in one statement.  R-62"""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

import clock
from acts.questions import Question
from dialogue import programmes
from dialogue.models import MEETINGS, Meeting, ProgrammeVersion, Sitting
from journal import position
from speakers.models import SpeakersList

# The letter of a meeting, which its own page alone shows.
LETTER = ("from", "dated_on", "salutation", "closing", "signature", "addressees")
OTHERS = SpeakersList.objects.filter(meeting=OuterRef("meeting")).exclude(pk=OuterRef("pk"))
# Put together once, and not with each request. `is_one_of_several` says whether the meeting has other lists.
WITH_LETTER = programmes.with_sittings(
    SpeakersList.objects.of_published().annotate(is_one_of_several=Exists(OTHERS)), "meeting__"
)
FOR_STAFF = programmes.with_sittings(
    SpeakersList.objects.select_related("meeting").annotate(is_one_of_several=Exists(OTHERS)), "meeting__"
)
WITH_HOURS = WITH_LETTER.defer("meeting__invitation", *(f"meeting__letter_{part}" for part in LETTER))


@Question
def at_address(slug: Any, list_slug: Any) -> QuerySet[Any]:
    """The list at that address with its meeting, a row for each sitting, and the moment."""
    found = WITH_HOURS.filter(meeting__slug=slug, slug=list_slug)
    return found.annotate(read_at=clock.as_expression())


def for_staff_or_404(slug: str, list_slug: str = "") -> SpeakersList:
    """The list at `list_slug` of the meeting at `slug`, published or not, with the hours of that (one statement).

    Raises `Http404`.
    """
    rows = list(FOR_STAFF.filter(meeting__slug=slug, slug=list_slug))
    if not rows:
        raise Http404
    return read_with_sittings(rows)


def at_address_or_404(slug: str, list_slug: str = "") -> SpeakersList:
    """The list at `list_slug` (the main one without) of the published meeting at `slug`, with the hours of that.

    One statement. Raises `Http404`.
    """
    rows = list(WITH_HOURS.filter(meeting__slug=slug, slug=list_slug))
    if not rows:
        raise Http404
    return read_with_sittings(rows)


def published_or_404(slug: str, list_slug: str = "") -> tuple[SpeakersList, datetime]:
    """The list at `list_slug` (the main one without) of the published meeting at `slug`, and the real moment.  R-03

    Its meeting has its `hours`. One statement. Raises `Http404`.
    """
    rows = at_address.ask(slug=slug, list_slug=list_slug)
    if not rows:
        raise Http404
    return read_with_sittings(rows), rows[0].read_at


def all_published_or_404(slug: str) -> tuple[list[Any], datetime]:
    """All lists of the published meeting at `slug`, the main one first, and the real moment (one statement).  R-62

    Their one meeting has its `hours`, and its main list at hand; for `acts`, see `with_acts`. Raises `Http404`.
    """
    rows, at = clock.read_with(with_acts(WITH_LETTER, slug).order_by("slug", *programmes.IN_ORDER))
    if not rows:
        raise Http404
    main = read_with_sittings([row for row in rows if not row.slug])
    lists = {row.slug: row for row in rows} | {"": main}
    for each in lists.values():
        each.meeting = main.meeting
    return list(lists.values()), at


def with_acts(found: Any, slug: str) -> Any:
    """Those of the lists `found` that are of the meeting at `slug`, with `acts`: what the journal tells of it so far.

    What follows from the journal is the same as long as that is.
    """
    stream = Meeting(slug=slug).journal_stream
    return found.filter(meeting__slug=slug).annotate(acts=position.as_expression(stream, among=MEETINGS))


def read_with_sittings(rows: list[SpeakersList]) -> SpeakersList:
    """The one list in `rows`, which were read by `programmes.with_sittings`; its meeting knows it and its hours."""
    meeting = rows[0].meeting_at_hand
    meeting.hours = programmes.sittings_in(rows, meeting)
    return rows[0]


def choice_of(speakers_list: SpeakersList) -> str:
    """How the addresses of pages of staff name `speakers_list`: by its meeting's key and its own short name, if any."""
    return "/".join(filter(None, [str(speakers_list.meeting_id), speakers_list.slug]))


def programme_as_json(
    speakers_list: SpeakersList, sittings: list[Sitting], slots: list[Any], version: ProgrammeVersion | None = None
) -> dict[str, Any]:
    """The programme of the list's meeting as programs read it (see `dialogue.programmes.as_json`), with its dates."""
    meeting = speakers_list.meeting
    dates = {"inscription_opens_at": speakers_list.opens_at, "inscription_closes_at": speakers_list.closes_at}
    local = {name: at.astimezone(meeting.zone).isoformat() for name, at in dates.items()}
    return programmes.as_json(meeting, sittings, slots, version) | local
