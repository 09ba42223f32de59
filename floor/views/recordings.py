"""The recordings of a meeting: the officer's page, and their files, for staff and, once published, for everyone."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clock
from acts.refusals import Refusal
from dialogue import moments, programmes
from dialogue.models import Meeting
from floor.access import actor, officer, reader
from floor.models import Recording
from floor.proceedings import debate
from floor.record import chapters, heard, recordings, seconds
from floor.views.recording_forms import RecordingForm
from speakers.views.caching import answer, tag_of

# The files of a recording by the name in their addresses: the media type, and what writes the parts.
FILES: dict[str, tuple[str, Callable[..., bytes]]] = {
    "vtt": ("text/vtt", lambda parts, **_named: chapters.as_webvtt(parts)),
    "csv": ("text/csv", seconds.as_table),
}
DEBATE = "application/akn+xml"
LANGUAGES = dict(settings.LANGUAGES)


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The recordings by sitting, and what is missing; POST takes one in."""
    form = RecordingForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if form.is_valid() and _is_kept(form, partial(recordings.add, meeting, **_who_and_when(request, meeting))):
        messages.success(request, _("The recording is taken in. Its files are on the page of the record."))
        return redirect("floor:recordings", meeting.slug)
    context = {"meeting": meeting, "form": form, **rows_of(meeting)}
    return TemplateResponse(request, "floor/recordings.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def correct(request: HttpRequest, meeting: Meeting, public_id: UUID) -> HttpResponse:
    """Put the facts of one recording right."""
    found = _recording(meeting, public_id)
    form = RecordingForm.filled_from(found, meeting)
    if request.method == "POST":
        form = RecordingForm(request.POST, meeting=meeting)
        if form.is_valid() and _is_kept(form, partial(recordings.correct, found, **_who_and_when(request, meeting))):
            messages.success(request, _("The recording is corrected. Its files have changed with it."))
            return redirect("floor:recordings", meeting.slug)
    context = {"meeting": meeting, "form": form, "recording": found}
    return TemplateResponse(request, "floor/recording.html", context, status=422 if form.errors else 200)


@require_POST
@officer
def remove(request: HttpRequest, meeting: Meeting, public_id: UUID) -> HttpResponse:
    """Remove one recording."""
    try:
        recordings.remove(_recording(meeting, public_id), **_who_and_when(request, meeting))
        messages.success(request, _("The recording is removed, with its files."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("floor:recordings", meeting.slug)


@require_safe
def public_file(request: HttpRequest, slug: str, public_id: UUID, language: str, extension: str) -> HttpResponse:
    """One file of a recording for everyone, without the names that the meeting does not show (four queries)."""
    meeting, _at = programmes.published_or_404(slug)
    return _file(request, meeting, public_id, language, extension, for_staff=False)


@require_safe
@reader
def staff_file(request: HttpRequest, meeting: Meeting, public_id: UUID, language: str, extension: str) -> HttpResponse:
    """One file of a recording for staff, with the names of the speakers."""
    return _file(request, meeting, public_id, language, extension, for_staff=True)


@require_safe
def public_debate(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The debate for everyone, without the names that the meeting does not show (eight queries at most)."""
    meeting, _at = programmes.published_or_404(slug)
    return _debate(request, meeting, language, for_staff=False)


@require_safe
@reader
def staff_debate(request: HttpRequest, meeting: Meeting, language: str) -> HttpResponse:
    """The debate for staff, with the names of the speakers."""
    return _debate(request, meeting, language, for_staff=True)


def rows_of(meeting: Meeting) -> dict[str, Any]:
    """What pages show of the recordings: each with its sitting and times; the sittings without one (two queries)."""
    found = recordings.with_ends(meeting)
    in_words = partial(moments.seconds_in_words, meeting=meeting)
    rows = [
        {
            "recording": each,
            "sitting": recordings.sitting_of(each, meeting.hours),
            "day": moments.date_in_words(each.starts_at, meeting),
            "begins": in_words(each.starts_at),
            "ends": in_words(until) if until else "",
        }
        for each, until in found
    ]
    missing = recordings.without_one(meeting, [each for each, _until in found])
    return {"recordings": rows, "without_recording": missing, "languages": LANGUAGES}


def _file(request, meeting, public_id, language, extension, *, for_staff):
    if extension not in FILES or language not in LANGUAGES:
        raise Http404
    media_type, write = FILES[extension]
    of_meeting = recordings.with_ends(meeting)
    found, until = next((pair for pair in of_meeting if pair[0].public_id == public_id), (None, None))
    if found is None:
        raise Http404
    with translation.override(language):
        content = write(seconds.of(found, until, heard.of(meeting)), for_staff=for_staff)
    number = [each for each, _until in of_meeting].index(found) + 1
    return _answer(request, content, media_type, f"{meeting.slug}-recording-{number}-{language}.{extension}", language)


def _debate(request, meeting, language, *, for_staff):
    if language not in LANGUAGES:
        raise Http404
    with translation.override(language):
        content = debate.of(meeting, for_staff=for_staff)
    return _answer(request, content, DEBATE, f"{meeting.slug}-debate-{language}.xml", language)


def _answer(request, content, media_type, name, language):
    """The file, which a cache asks for again each time: it changes when a moment is put right."""
    found = answer(
        request,
        lambda: content,
        media_type,
        tag=tag_of(content.decode()),
        filename=name,
        is_download=True,
    )
    patch_cache_control(found, no_cache=True)
    found["Content-Language"] = language
    return found


def _recording(meeting, public_id):
    found = get_object_or_404(Recording, meeting=meeting, public_id=public_id)
    found.meeting = meeting
    return found


def _is_kept(form, perform):
    """Did the rule take what was typed? The words of a refusal go to their field."""
    try:
        perform(**form.cleaned_data)
    except Refusal as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return False
    return True


def _who_and_when(request, meeting):
    return {"by": actor(request), "at": meeting.moment(clock.now())}
