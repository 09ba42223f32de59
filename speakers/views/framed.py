"""The public list for the pages of other sites, which show it in a frame if this site allows them to.  R-29"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from dialogue.freshness import one_second_old
from speakers.forms import FramedForm
from speakers.views import public


def framed_by_allowed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the hosts in `settings.FRAMED_BY` show the page of `view` in a frame; no one if there are none.

    All other pages of the site are never shown in a frame, and this one by no other host.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (hosts := settings.FRAMED_BY):
            return view(request, *args, **kwargs)
        allowed = csp_replace({"frame-ancestors": hosts})(xframe_options_exempt(view))
        return allowed(request, *args, **kwargs)  # type: ignore[call-arg, return-value]  # csp types views of a request alone

    return answered


@require_safe
@framed_by_allowed
@one_second_old
def framed_list(request: HttpRequest, slug: str, list_slug: str = "") -> HttpResponse:
    """The list as it stands, with nothing round it: no navigation, no cookie. Its links leave the frame.

    With `?language=fr` in that language, and with `?colours=light` or `dark` in those colours.
    """
    chosen = FramedForm.chosen(request.GET)
    with translation.override(chosen["language"]):
        context = public.read_list(slug, list_slug) | {"colours": chosen["colours"]}
        answer = render(request, "speakers/framed.html", context)
    answer["Content-Language"] = chosen["language"]
    return answer
