"""The addresses of the interface. Its machinery is loaded by the first request that reads from it, not with the site.

django-ninja and pydantic take fifteen MiB in each process, and nearly all requests are of people. Every public page
links the page about the interface, so that one has its name here; whatever else is asked is told apart in `serving`.
"""

from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from api import pages


@csrf_exempt
def read(request, address):
    """What the interface has at `address`, which is as it stands after `/api/v1/`."""
    from api import serving

    return serving.answer(request, address)


app_name = "api"
urlpatterns = [
    path("", pages.index, name="api-root"),
    path("openapi.json", read, {"address": "openapi.json"}, name="openapi-json"),
    re_path(r"^(?P<address>(?s:.+))", read),
]
