"""Inscribing on a delegation's behalf: an ordinary entry while the list is open, a late one after closing.  R-27"""

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from acts.refusals import Refusal
from dialogue import moments
from dialogue.admin.acting import reason_field
from dialogue.admin.base import staff
from speakers import lists
from speakers.admin.filters import chosen_list
from speakers.entries import late_entries
from speakers.forms import InscriptionForm
from speakers.forms.inscription import ORDER
from speakers.list_state import closing_sentence


class OnBehalfForm(InscriptionForm):
    """What a delegation asked for by telephone, letter or mail, and why staff enter it."""

    field_order = ["reason", *ORDER]
    # Staff enter a recorded statement on any list.
    takes_videos = True
    reason = reason_field(
        help_text=_("How the request reached you, and why you enter it now. It is kept in the journal.")
    )

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, meeting=meeting, delegations=[], address="", **kwargs)
        self.fields["group_name"].help_text = _(
            "A group on the register of this list. Put another on it first, by the button on the page of the meeting."
        )
        self.order_fields(self.field_order)


def page(model_admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """GET shows the form, POST asks the rule; a refusal shows the reason and keeps everything typed."""
    now = clock.now()
    meeting = _chosen_meeting(request, now)
    form = OnBehalfForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if form.is_valid():
        try:
            entered = _enter(form, by=staff(request), at=meeting.moment(now))
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            words = _("Entered as %(entry)s. The delegation is being sent its receipt and place.")
            messages.success(request, words % {"entry": entered})
            return redirect("admin:speakers_inscription_change", entered.pk)
    return TemplateResponse(request, "admin/act.html", _context(model_admin, request, form, at=meeting.moment(now)))


def _chosen_meeting(request, now):
    """The meeting whose list the address names, or the one staff work on now. Raises `Http404` if there is none."""
    meeting = chosen_list(request, now)
    if meeting is None:
        raise Http404
    return meeting


def _enter(form, *, by, at):
    typed, inscription = form.cleaned_data, form.to_inscription()
    return late_entries.admit_late(
        inscription, reason=typed["reason"], by=by, at=at, key=str(typed["key"]), digest=form.digest()
    )


def _context(model_admin, request, form, *, at):
    meeting = form.meeting
    now = _("It is now %(moment)s.") % {"moment": moments.in_words(at, meeting)}
    return {
        **model_admin.admin_site.each_context(request),
        "title": _("Enter on behalf of a delegation"),
        "subtitle": meeting.speakers_list,
        "guidance": _(
            "While the list is open, this is an ordinary entry with the next receipt. After the deadline it is marked "
            "late and stands at the end of its band; it displaces no one who was in time."
        ),
        "beside": [{"heading": meeting.speakers_list, "lines": [now, closing_sentence(meeting.speakers_list)]}],
        "form": form,
        "media": model_admin.media + form.media,
        "opts": model_admin.opts,
        "back": reverse(
            "admin:speakers_inscription_changelist", query={"meeting": lists.choice_of(meeting.speakers_list)}
        ),
    }
