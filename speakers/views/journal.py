"""The public chain of the journal: only hashes, so that a receipt’s witness can be found in it.  R-08 R-58"""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

import clock
from journal import canonical, chain_file
from speakers import lists
from speakers.views.caching import answer, tag_of


@require_safe
@cache_control(public=True, max_age=10)
def journal_json(request: HttpRequest, slug: str, list_slug: str = "") -> HttpResponse:
    """The hash of every act recorded for the list, oldest first; nothing about what was done or by whom."""
    speakers_list = lists.at_address_or_404(slug, list_slug)
    stream = speakers_list.journal_stream
    content = chain_file.document(stream, chain_file.hashes_of(stream))
    name = f"{'-'.join(speakers_list.address)}-journal.json"

    def write():
        return json.dumps({**content, "as_at": canonical.moment(clock.now())})

    return answer(request, write, "application/json", tag=tag_of(content), filename=name, is_download=True)
