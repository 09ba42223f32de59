"""The addresses of what happens in the room, and of what was said: only what public pages show.  R-29 R-40"""

from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from ninja import Query, Router

from api import room_shapes
from api.answering import WRONG, ListSlug, Slug, as_json
from floor import standings, state
from floor.statements import public
from speakers import lists
from speakers.views.caching import tag_of

# How many statements an answer holds at most.
AT_MOST = 200
After = Annotated[
    int, Query(ge=0, le=2**31 - 1, description="Only what comes after this position: see `next_after`.", examples=[0])
]
router = Router()


@router.get("/{slug}/room", response={200: room_shapes.Room, **WRONG}, summary="The state of the room")
def room(request: HttpRequest, slug: Slug) -> HttpResponse:
    """Who has the floor, who is next, the clock. The ETag does not change while nothing but the clock does."""
    with translation.override(settings.LANGUAGE_CODE):
        content = state.of_floor(*standings.read_published(slug))
    return as_json(request, content, max_age=1, tag="W/" + tag_of(list(state.steady(content))))


@router.get("/{slug}/record", response={200: room_shapes.Record, **WRONG}, summary="The record")
def record(request: HttpRequest, slug: Slug, after: After = 0) -> HttpResponse:
    """Who made a statement, when, how long it took, in which capacity; and who filed one in lieu of delivery."""
    return _record(request, slug, after=after)


@router.get("/{slug}/statements", response={200: room_shapes.Statements, **WRONG}, summary="The texts of statements")
def statements(request: HttpRequest, slug: Slug, after: After = 0) -> HttpResponse:
    """The texts that anyone may read, with the addresses of their files. One is under embargo until it is delivered."""
    return _statements(request, slug, after=after)


@router.get(
    "/{slug}/lists/{list_slug}/record",
    response={200: room_shapes.Record, **WRONG},
    summary="The record of a list",
)
def other_record(request: HttpRequest, slug: Slug, list_slug: ListSlug, after: After = 0) -> HttpResponse:
    """Of the record of the meeting, only the entries of that list."""
    return _record(request, slug, list_slug, after=after)


@router.get(
    "/{slug}/lists/{list_slug}/statements",
    response={200: room_shapes.Statements, **WRONG},
    summary="The texts of a list",
)
def other_statements(request: HttpRequest, slug: Slug, list_slug: ListSlug, after: After = 0) -> HttpResponse:
    """Of the texts of the meeting, only those of that list."""
    return _statements(request, slug, list_slug, after=after)


def _record(request, slug, list_slug="", *, after):
    rows = [{name: row[name] for name in row if name != "texts"} for row in _read(slug, list_slug)]
    return _answer(request, slug, list_slug, rows, after)


def _statements(request, slug, list_slug="", *, after):
    rows = [{name: row[name] for name in room_shapes.OF_TEXTS} for row in _read(slug, list_slug) if row["texts"]]
    return _answer(request, slug, list_slug, rows, after)


def _read(slug: str, list_slug: str) -> list[dict[str, Any]]:
    """What was said at the published meeting, or on one list of it. Raises `Http404`."""
    found, _at = lists.all_published_or_404(slug)
    among = next((each for each in found if each.slug == list_slug), None) if list_slug else None
    if list_slug and among is None:
        raise Http404
    with translation.override(settings.LANGUAGE_CODE):
        return public.of(found, among=among)


def _answer(request, slug, list_slug, rows, after):
    """The next of the `rows`, and after which position those that are left come."""
    left = [row for row in rows if row["position"] > after]
    page, more = left[:AT_MOST], len(left) > AT_MOST
    named = {"meeting": slug, **({"list": list_slug} if list_slug else {})}
    content = {**named, "statements": page, "next_after": page[-1]["position"] if more else None}
    return as_json(request, content, max_age=30)
