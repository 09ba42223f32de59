"""The public values of a draw, for anyone to see and recompute.  R-21"""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dialogue.models import Meeting
from speakers import recomputing
from speakers.order import policies


@require_safe
@cache_control(public=True, max_age=10)
def draw(request: HttpRequest, slug: str) -> HttpResponse:
    """The commitment, the public value, the secret once it is revealed, the result, and how to recompute it."""
    meeting = _meeting(slug)
    is_window = meeting.policy == Meeting.Policy.OPENING_WINDOW
    context = {"meeting": meeting, "draw": _draw_of(meeting), "is_window": is_window}
    return TemplateResponse(request, "speakers/draw.html", context)


@require_safe
@cache_control(public=True, max_age=10)
def draw_json(_request: HttpRequest, slug: str) -> HttpResponse:
    """The values of the draw as JSON; `manage.py verify_draw` recomputes them."""
    found = _draw_of(_meeting(slug))
    if found is None:
        raise Http404
    return JsonResponse(recomputing.public_values(found))


def _meeting(slug):
    """The published meeting `slug`, if a draw decides its order."""
    meeting = get_object_or_404(Meeting.objects.published(), slug=slug)
    if not policies.policy_named(meeting.policy).is_drawn:
        raise Http404
    return meeting


def _draw_of(meeting):
    """The draw of the meeting's policy, or None if there is none yet."""
    found = meeting.draws.filter(kind=meeting.policy).first()
    if found is not None:
        found.meeting = meeting
    return found
