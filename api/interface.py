"""The addresses under `/api/v1/`. Each takes at most four statements, whatever the number of rows."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from ninja import NinjaAPI

import clock
from api import in_the_room, shapes
from api.answering import WRONG, ListSlug, Number, Slug, as_json, written
from api.problems import HANDLERS
from dialogue import programmes
from speakers import lists
from speakers.limits import OF_CAPACITIES
from speakers.list_state import ListState
from speakers.models import Revision, SpeakersList
from speakers.publishing import documents
from speakers.views.caching import tag_of
from speakers.views.public import with_newest_revision


class Interface(NinjaAPI):
    """The API class of django-ninja, except that the description says which type of JSON a problem is."""

    def get_openapi_schema(self, **named: Any) -> Any:
        described = super().get_openapi_schema(**named)
        for methods in described["paths"].values():
            for operation in methods.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        response["content"] = {"application/problem+json": response["content"]["application/json"]}
        return described


api = Interface(
    title="List of speakers",
    version="1",
    description="Meetings, programmes, lists of speakers and their published revisions, open to everyone.",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
)
for kind, handler in HANDLERS.items():
    api.add_exception_handler(kind, handler)
api.add_router("meetings", in_the_room.router)


@api.get(
    "meetings",
    response={200: shapes.Meetings, 400: shapes.Problem, 503: shapes.Problem},
    summary="All published meetings",
)
def meetings(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    at = clock.now()
    found = with_newest_revision(SpeakersList.objects.of_published().filter(slug="")).order_by("meeting")
    return as_json(request, {"meetings": [_meeting(each, at) for each in found]}, max_age=30)


@api.get("meetings/{slug}", response={200: shapes.Meeting, **WRONG}, summary="One meeting")
def meeting(request: HttpRequest, slug: Slug) -> HttpResponse:
    """The facts of the meeting, and whether its list is open."""
    at = clock.now()
    found = get_object_or_404(with_newest_revision(SpeakersList.objects.of_published()), meeting__slug=slug, slug="")
    return as_json(request, _meeting(found, at), max_age=30)


@api.get("meetings/{slug}/programme", response={200: shapes.Programme, **WRONG}, summary="The programme")
def programme(request: HttpRequest, slug: Slug) -> HttpResponse:
    """Sittings, and the lines of the programme in order, as last released."""
    found, _at = lists.published_or_404(slug)
    with translation.override(settings.LANGUAGE_CODE):
        version, sittings, slots = programmes.released(found.meeting)
        content = lists.programme_as_json(found, sittings, slots, version)
    return as_json(request, content, max_age=30)


@api.get("meetings/{slug}/list", response={200: shapes.List, **WRONG}, summary="The list as it stands")
def live_list(request: HttpRequest, slug: Slug) -> HttpResponse:
    """Provisional. The ETag changes when the list changes, not with the moment `as_at`."""
    return _live_list(request, slug)


@api.get("meetings/{slug}/revisions", response={200: shapes.Revisions, **WRONG}, summary="All published revisions")
def revisions(request: HttpRequest, slug: Slug) -> HttpResponse:
    """Newest first, each with its hash and the hash of the previous revision."""
    return _revisions(request, slug)


@api.get("meetings/{slug}/revisions/{number}", response={200: shapes.Revision, **WRONG}, summary="One revision")
def revision(request: HttpRequest, slug: Slug, number: Number) -> HttpResponse:
    """The canonical text that was hashed, byte for byte; the ETag is its SHA-256."""
    return _revision(request, slug, number)


@api.get("meetings/{slug}/lists", response={200: shapes.Lists, **WRONG}, summary="All lists of a meeting")
def lists_of_meeting(request: HttpRequest, slug: Slug) -> HttpResponse:
    """The main list, which has no short name, comes first; most meetings have no other."""
    at = clock.now()
    found = with_newest_revision(SpeakersList.objects.of_published().filter(meeting__slug=slug)).order_by("slug")
    if not (content := [_list(each, at) for each in found]):
        raise Http404
    return as_json(request, {"meeting": slug, "lists": content}, max_age=30)


@api.get("meetings/{slug}/lists/{list_slug}", response={200: shapes.OneList, **WRONG}, summary="Another list")
def other_list(request: HttpRequest, slug: Slug, list_slug: ListSlug) -> HttpResponse:
    """The title of a list beside the main one, and whether it is open."""
    at = clock.now()
    published = with_newest_revision(SpeakersList.objects.of_published())
    return as_json(request, _list(get_object_or_404(published, meeting__slug=slug, slug=list_slug), at), max_age=30)


@api.get(
    "meetings/{slug}/lists/{list_slug}/list",
    response={200: shapes.List, **WRONG},
    summary="Another list as it stands",
)
def other_live_list(request: HttpRequest, slug: Slug, list_slug: ListSlug) -> HttpResponse:
    """As the main list; it also names the list."""
    return _live_list(request, slug, list_slug)


@api.get(
    "meetings/{slug}/lists/{list_slug}/revisions",
    response={200: shapes.Revisions, **WRONG},
    summary="All published revisions of another list",
)
def other_revisions(request: HttpRequest, slug: Slug, list_slug: ListSlug) -> HttpResponse:
    """As those of the main list; each list numbers its own from 1."""
    return _revisions(request, slug, list_slug)


@api.get(
    "meetings/{slug}/lists/{list_slug}/revisions/{number}",
    response={200: shapes.Revision, **WRONG},
    summary="One revision of another list",
)
def other_revision(request: HttpRequest, slug: Slug, list_slug: ListSlug, number: Number) -> HttpResponse:
    """The canonical text that was hashed, byte for byte; the ETag is its SHA-256."""
    return _revision(request, slug, number, list_slug)


def _live_list(request, slug, list_slug=""):
    at = clock.now()
    found = lists.at_address_or_404(slug, list_slug)
    with translation.override(settings.LANGUAGE_CODE):
        content = documents.live(found, at=found.meeting.moment(at))
    tag = "W/" + tag_of({name: value for name, value in content.items() if name != "as_at"})
    return as_json(request, content, max_age=10, tag=tag)


def _revisions(request, slug, list_slug=""):
    found = lists.at_address_or_404(slug, list_slug)
    fields = ["number", "kind", "as_at", "comment", "sha256", "previous_sha256"]
    rows = [{**row, "as_at": row["as_at"].isoformat()} for row in found.revisions.order_by("-number").values(*fields)]
    named = {"meeting": slug, "list": list_slug} if list_slug else {"meeting": slug}
    return as_json(request, {**named, "revisions": rows}, max_age=30)


def _revision(request, slug, number, list_slug=""):
    found = get_object_or_404(
        Revision,
        speakers_list__meeting__is_published=True,
        speakers_list__meeting__slug=slug,
        speakers_list__slug=list_slug,
        number=number,
    )
    return written(request, lambda: found.content, tag=f'"{found.sha256}"', max_age=3600)


def _meeting(speakers_list, at):
    """A meeting with its main list as the interface returns it; `at` is the moment of the one clock."""
    found = speakers_list.meeting
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "slug": found.slug,
            "title": str(found.title),
            "theme": str(found.theme),
            "venue": str(found.venue),
            "time_zone": found.time_zone,
            "starts_at": _local(found.starts_at, found),
            "ends_at": _local(found.ends_at, found),
            "is_rehearsal": found.is_rehearsal,
            "inscription": _inscription(speakers_list, at),
            "limits": _limits(speakers_list),
            "newest_revision": speakers_list.newest_revision,
        }


def _list(speakers_list, at):
    """One list of a meeting as the interface returns it; `at` is the moment of the one clock."""
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "meeting": speakers_list.meeting.slug,
            "list": speakers_list.slug,
            "title": str(speakers_list.title),
            "open_to": speakers_list.open_to,
            "is_heard": speakers_list.is_heard,
            "inscription": _inscription(speakers_list, at),
            "limits": _limits(speakers_list),
            "newest_revision": speakers_list.newest_revision,
        }


def _inscription(speakers_list, at):
    meeting = speakers_list.meeting
    return {
        "state": ListState.of(speakers_list, meeting.moment(at)).code,
        "opens_at": _local(speakers_list.opens_at, meeting),
        "closes_at": _local(speakers_list.closes_at, meeting),
        "closes_when_announced": speakers_list.closes_when_announced,
        "seats_by_selection": speakers_list.seats_by_selection,
    }


def _limits(speakers_list):
    capacities = {name.replace("limit", "seconds"): getattr(speakers_list, name) for name in OF_CAPACITIES}
    seconds = {name: int(limit.total_seconds()) for name, limit in capacities.items()}
    return seconds | {"special": speakers_list.limits}


def _local(at, meeting):
    return at.astimezone(meeting.zone).isoformat()
