"""The moderator's script, on a screen or on paper."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import clock
from dialogue import moments
from dialogue.models import Meeting
from floor import standings
from floor.access import officer
from floor.acts import noting
from floor.forms import NoteForm, RemarkForm, WhichForm
from floor.script import script
from floor.views.typed_acts import is_done


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def moderator(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What is read aloud, in order; POST keeps a remark about time, or the private notes."""
    floor, sent = standings.read(meeting), WhichForm.sent(request.POST)
    remark = RemarkForm(request.POST if sent == "remark" else None)
    note = NoteForm(request.POST if sent == "note" else None, initial={"note": floor.room.note})
    for form, do in ((remark, _remark), (note, _note)):
        if form.is_valid() and is_done(request, meeting, form, partial(do, meeting, form)):
            return redirect("floor:script", meeting.slug)
    at = meeting.moment(clock.now())
    context = {
        "meeting": meeting,
        "lines": script.lines(floor),
        "remarks": [
            {"at": moments.clock_in_words(said.said_at, meeting), "words": said.words}
            for said in meeting.time_remarks.all()
        ],
        "suggestions": script.suggestions(floor),
        "remark_form": remark,
        "note_form": note,
        "as_at": moments.in_words(at, meeting),
    }
    return TemplateResponse(request, "floor/script.html", context, status=422 if remark.errors or note.errors else 200)


def _remark(meeting, form, **who):
    noting.said_about_time(meeting, form.cleaned_data["words"], **who)
    return _("Saved, with the time at which it was said.")


def _note(meeting, form, **who):
    noting.note_meeting(meeting, form.cleaned_data["note"], **who)
    return _("The notes are saved.")
