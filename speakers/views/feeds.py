"""Published revisions as Atom feeds: of one list, and of all meetings.  R-28"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from acts.sharing import Shared
from speakers import lists
from speakers.models import Revision
from speakers.publishing import feed
from speakers.views.caching import answer, tag_of

# Seconds for which a feed is kept while it holds the same revisions.
FEEDS = Shared(seconds=60.0)


@require_safe
def of_list(request: HttpRequest, slug: str, list_slug: str = "") -> HttpResponse:
    """The newest revisions of one list, each with what changed since the one before."""
    speakers_list = lists.at_address_or_404(slug, list_slug)
    title = _("Revisions of the list of speakers: %(meeting)s") % {"meeting": speakers_list}
    address, own = (reverse(f"speakers:{name}", args=speakers_list.address) for name in ("revisions", "revisions_atom"))
    return _atom(request, speakers_list.revisions.all(), title=title, address=address, own_address=own)


@require_safe
def of_all(request: HttpRequest) -> HttpResponse:
    """The newest revisions of the lists of all meetings, but for rehearsals."""
    found = Revision.objects.filter(
        speakers_list__meeting__is_published=True, speakers_list__meeting__is_rehearsal=False
    )
    return _atom(
        request,
        found,
        title=_("Revisions of the lists of speakers"),
        address=reverse("speakers:meetings"),
        own_address=reverse("speakers:all_revisions_atom"),
        names_list=True,
    )


def _atom(request: HttpRequest, revisions: Any, **named: Any) -> HttpResponse:
    """The newest of the `revisions` as a feed, whose tag changes with the next one; see `feed.atom`."""
    facts = feed.newest(revisions)
    tag = tag_of([get_language(), named["title"], facts])
    key = (get_language(), named["own_address"])

    def write():
        return FEEDS.get(key, lambda: feed.atom(feed.with_contents(facts), **named), stamp=tag)

    response = answer(request, write, "application/atom+xml; charset=utf-8", tag=tag)
    patch_cache_control(response, public=True, max_age=60)
    return response
