"""Answers that a cache may keep: each has an ETag, and a client that already has it gets a 304."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag


def tag_of(content: str | list[Any] | dict[str, Any]) -> str:
    """The ETag of plain `content`, a text or data that JSON can hold."""
    text = content if isinstance(content, str) else json.dumps(content, sort_keys=True, default=str)
    return quote_etag(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())


def answer(
    request: HttpRequest,
    write: Callable[..., Any],
    content_type: str,
    *,
    tag: str,
    filename: str = "",
    is_download: bool = False,
) -> HttpResponse:
    """What `write()` returns, under `tag` (see `tag_of`); 304, without writing, if the client already has it.

    With a `filename` it is saved under that name; a download is never shown in the browser.
    """
    if (known := get_conditional_response(request, etag=tag)) is not None:
        known["ETag"] = tag
        return known
    response = HttpResponse(write(), content_type=content_type, headers={"ETag": tag})
    if filename:
        kind = "attachment" if is_download else "inline"
        response["Content-Disposition"] = f'{kind}; filename="{filename}"'
    return response
