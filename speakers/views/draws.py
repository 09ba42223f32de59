"""The public values of a draw, for anyone to see and recompute.  R-21"""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from speakers import lists, recomputing
from speakers.models import SpeakersList
from speakers.order import policies


@require_safe
@cache_control(public=True, max_age=10)
def draw(request: HttpRequest, slug: str, list_slug: str = "") -> HttpResponse:
    """The commitment, the public value, the secret once it is revealed, the result, and how to recompute it."""
    speakers_list = _drawn(slug, list_slug)
    is_window = speakers_list.policy == SpeakersList.Policy.OPENING_WINDOW
    context = {"meeting": speakers_list.meeting_at_hand, "draw": _draw_of(speakers_list), "is_window": is_window}
    return TemplateResponse(request, "speakers/draw.html", context)


@require_safe
@cache_control(public=True, max_age=10)
def draw_json(_request: HttpRequest, slug: str, list_slug: str = "") -> HttpResponse:
    """The values of the draw as JSON; `manage.py verify_draw` recomputes them."""
    speakers_list = _drawn(slug, list_slug)
    found = _draw_of(speakers_list)
    if found is None:
        raise Http404
    name = f"{'-'.join(speakers_list.address)}-draw.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return JsonResponse(recomputing.public_values(found), headers=headers)


def _drawn(slug, list_slug):
    """The list at that address, if a draw decides its order."""
    speakers_list = lists.at_address_or_404(slug, list_slug)
    if not policies.policy_named(speakers_list.policy).is_drawn:
        raise Http404
    return speakers_list


def _draw_of(speakers_list):
    """The draw of the list's policy, or None if there is none yet."""
    found = speakers_list.draws.filter(kind=speakers_list.policy).first()
    if found is not None:
        found.speakers_list = speakers_list
    return found
