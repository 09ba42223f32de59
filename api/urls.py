"""The addresses of the interface. Its code is loaded by the first request for data, not with the site.

django-ninja and pydantic take fifteen MiB in each process, and nearly all requests come from people. Every public page
links to the page about the interface, so that page has its name here; `serving` handles all other addresses.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from api import pages


@csrf_exempt
def read(request: HttpRequest, address: str) -> HttpResponse:
    """The answer of the interface for `address`, the part of the path after `/api/v1/`."""
    from api import serving  # noqa: PLC0415  ninja and pydantic, for the first request alone

    return serving.answer(request, address)


app_name = "api"
urlpatterns = [
    path("", pages.index, name="api-root"),
    path("openapi.json", read, {"address": "openapi.json"}, name="openapi-json"),
    re_path(r"^(?P<address>(?s:.+))", read),
]
