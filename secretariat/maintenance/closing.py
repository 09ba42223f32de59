"""The middleware of a site under maintenance."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from secretariat.maintenance import announcing
from speakers.views import outage


def closed(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """During maintenance, 503 for every address but `/healthz`, without the database: nothing is carried out.  R-09"""

    def answer(request: HttpRequest) -> HttpResponse:
        maintenance = announcing.announced()
        if maintenance is None or request.path == reverse("healthz"):
            return get_response(request)
        response = _for_programs(maintenance) if request.path.startswith("/api/") else _for_people(request, maintenance)
        response["Retry-After"] = str(maintenance.seconds_left(announcing.now()))
        response["Cache-Control"] = "no-store"
        return response

    return answer


@csrf_protect
def _for_people(request, maintenance):
    """The page with the form to send again, unless another site sent that form."""
    more = announcing.context(maintenance)
    return outage.closed(request, _slug(request), announcing.TEMPLATE, officers=maintenance.officers, **more)


def _for_programs(maintenance):
    words = _("The site is under maintenance. Nothing is recorded.")
    return JsonResponse({"detail": words, "until": maintenance.until}, status=503)


def _slug(request):
    """The short name of the meeting whose page was asked for; empty if it is of none."""
    try:
        return resolve(request.path_info).kwargs.get("slug", "")
    except Resolver404:
        return ""
