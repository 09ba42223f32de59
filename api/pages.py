"""The page about the interface for people, built from the same description as the OpenAPI document."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@require_safe
@cache_control(public=True, max_age=300)
def index(request: HttpRequest) -> HttpResponse:
    """Show what can be read at which address, and how to poll it sparingly."""
    from api.interface import api  # noqa: PLC0415  with the first request that wants it: `urls.py` says why

    described = api.get_openapi_schema()
    addresses = [
        {"path": path, "summary": get["summary"], "description": get.get("description", "")}
        for path, methods in described["paths"].items()
        for get in [methods["get"]]
    ]
    return TemplateResponse(request, "api/index.html", {"addresses": addresses})
