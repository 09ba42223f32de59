"""The public chain of the journal: only hashes, so that a receipt’s witness can be found in it.  R-08 R-58"""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dialogue.models import Meeting
from journal import chain_file
from speakers.views.caching import answer, tag_of


@require_safe
@cache_control(public=True, max_age=10)
def journal_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The hash of every act recorded for the meeting, oldest first; nothing about what was done or by whom."""
    meeting = get_object_or_404(Meeting.objects.published(), slug=slug)
    content = chain_file.document(meeting.journal_stream, chain_file.hashes_of(meeting.journal_stream))
    name = f"{meeting.slug}-journal.json"
    return answer(
        request, lambda: json.dumps(content), "application/json", tag=tag_of(content), filename=name, is_download=True
    )
