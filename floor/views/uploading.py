"""What every upload goes through: its length is checked before any of it is read."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from dialogue.models import Meeting
from speakers.views.arriving import checking_itself
from uploads.receiving import LARGEST

# Bytes of a request in addition to the file itself.
ROOM_FOR_THE_FORM = 64 * 1024


def uploading(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call `view(request, meeting, …)` for a published meeting; 413, unread, if the upload is too long.

    The check against request forgery reads the body, so it runs after the check of the length, not in the middleware.
    """
    protected = csrf_protect(view)

    @never_cache
    @wraps(view)
    def measured(request, slug, **rest):
        meeting = get_object_or_404(Meeting.objects.published(), slug=slug)
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST + ROOM_FOR_THE_FORM:
            context = {"meeting": meeting, "size": LARGEST // 1024**2}
            return render(request, "floor/too_large.html", context, status=413)
        return protected(request, meeting, **rest)

    return checking_itself(measured)
