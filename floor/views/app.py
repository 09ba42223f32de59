"""The page In the room as an app of the telephone: its manifest, and the worker beside it.  R-45"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from floor import standings

# The colours of the page in the light: see `static/css/tokens.css`.
PAPER, BLUE = "#faf8f4", "#0b4878"
ICONS = [("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any")]
ICONS += [("icon-maskable.png", "512x512", "maskable")]


@require_safe
@cache_control(public=True, max_age=60)
def manifest(_request: HttpRequest, slug: str) -> HttpResponse:
    """What a telephone needs to install the page: name, icons of this site, and where it begins. Nothing personal."""
    floor, _at = standings.read_published(slug)
    page = reverse("floor:now", args=[slug])
    icons = [{"src": static(f"img/{name}"), "sizes": sizes, "purpose": purpose} for name, sizes, purpose in ICONS]
    said: dict[str, Any] = {
        "id": page,
        "start_url": page,
        "scope": reverse("speakers:meeting", args=[slug]),
        "name": _("In the room: %(meeting)s") % {"meeting": floor.meeting},
        "short_name": _("In the room"),
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": BLUE,
        "icons": [icon | {"type": "image/png"} for icon in icons],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_safe
@cache_control(public=True, max_age=60)
def worker(_request: HttpRequest, slug: str) -> HttpResponse:
    """The worker beside the page: served from its address, because a worker serves only what lies below its own."""
    standings.read_published(slug)
    return HttpResponse(f'importScripts("{static("js/room-worker.js")}");\n', content_type="text/javascript")
