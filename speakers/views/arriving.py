"""The steps every submission goes through: stamp its arrival, read its body, know whom its page names.

R-03 R-09
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from dialogue.models import Contact
from speakers import lists
from speakers.views import outage


class Arrival(HttpRequest):
    """A request that bears the stamp of its arrival, and the role of the officer to whom its page points."""

    arrived_at: datetime
    officer: Contact.Role


def arriving(
    view: Callable[..., HttpResponse] | None = None, *, officer: Contact.Role = Contact.Role.INSCRIPTION
) -> Callable[..., Any]:
    """Call `view(request, meeting, …)` for `…/<slug>/…`, with `request.arrived_at` read before anything else.  R-03

    The stamp (the one clock, real time) is read with the published meeting of that slug (404 if there is none), which
    knows the list at that address as its `speakers_list`, and before the body: the CSRF check, which reads the body, is
    skipped in the middleware and made afterwards. If the body cannot be read, or the database refuses
    (`config/errors.py`), the page says that nothing was recorded (R-09) and names the meeting's `officer` of that role.
    Answers are never cached. Can also be used as `@arriving(officer=…)`.
    """
    if view is None:
        return partial(arriving, officer=officer)
    protected = csrf_protect(view)

    @never_cache
    @wraps(view)
    def stamped(request, slug, list_slug="", **rest):
        request.officer = officer
        try:
            speakers_list, request.arrived_at = lists.published_or_404(slug, list_slug)
            meeting = speakers_list.meeting_at_hand
            if _is_too_long(request):
                return outage.unreadable(request, slug, status=413)
            if request.method in {"GET", "HEAD"}:
                outage.remember(meeting, officer)
            return protected(request, meeting, **rest)
        except RequestDataTooBig:
            return outage.unreadable(request, slug, status=413)
        except outage.UNREADABLE:
            return outage.unreadable(request, slug, status=400)

    return checking_itself(stamped)


def checking_itself(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The `view`, exempt from the check against request forgery in the middleware because it makes that check later."""
    view.checks_forgery = True  # type: ignore[attr-defined]
    return csrf_exempt(view)


def _is_too_long(request):
    """Does the request announce a body longer than any form of ours?"""
    return int(request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
