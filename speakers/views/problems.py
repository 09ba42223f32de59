"""What a program is told that asked for what it cannot have: a problem in JSON (RFC 9457)."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse


def problem(status: int, detail: str, more: dict[str, Any] | None = None, /, **headers: Any) -> HttpResponse:
    """An answer with that `status`, which says `detail`, and the facts in `more` beside it."""
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    text = json.dumps(content | (more or {}))
    return HttpResponse(text, status=status, content_type="application/problem+json", headers=headers)
