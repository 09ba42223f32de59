"""How each address answers, and the names in the addresses."""

import json
from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from ninja import Path

from api import shapes
from speakers.views.caching import answer, tag_of

Slug = Annotated[
    str, Path(pattern="^[-a-zA-Z0-9_]{1,60}$", description="The meeting's short name.", examples=["r2p-2016"])
]
ListSlug = Annotated[
    str, Path(pattern="^[-a-zA-Z0-9_]{1,40}$", description="The list's short name in its meeting.", examples=["panel"])
]
Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="The revision's number.", examples=[1])]
WRONG = dict.fromkeys((400, 404, 422, 503), shapes.Problem)


def as_json(request: HttpRequest, content: Any, *, max_age: int, tag: str | None = None) -> HttpResponse:
    """Plain `content` as JSON, with an ETag of its own if none is given; see `written`."""
    text = json.dumps(content, ensure_ascii=False)
    return written(request, lambda: text, tag=tag or tag_of(text), max_age=max_age)


def written(request: HttpRequest, write: Callable[[], str], *, tag: str, max_age: int) -> HttpResponse:
    """What `write()` returns as JSON, cacheable for `max_age` seconds; 304 if the client already has it."""
    response = answer(request, write, "application/json", tag=tag)
    patch_cache_control(response, public=True, max_age=max_age)
    return response
