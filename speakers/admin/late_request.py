"""Late requests at the desk: accepted at the end of the band, or declined with an answer.  R-27"""

from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import clock
from dialogue import moments
from dialogue.admin.acting import Act, ActForm, WithActs, reason_field
from dialogue.admin.base import DeskAdmin, ReadOnly
from speakers.admin import beside
from speakers.admin.columns import name_of_speaker
from speakers.entries import late_requests
from speakers.models import LateRequest
from speakers.refusals import Refusal


class AcceptanceForm(ActForm):
    reason = reason_field(help_text=_("It is kept with the entry, in the journal."))


class AnswerForm(ActForm):
    answer = forms.CharField(
        label=_("Text"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=_("The delegation will read it."),
    )


def _now(late):
    return late.meeting.moment(clock.now())


def _accept(late, typed, by):
    entry = late_requests.accept(late, reason=typed["reason"], by=by, at=_now(late))
    return _("Accepted as %(entry)s. The delegation is being sent its receipt and place.") % {"entry": entry}


def _decline(late, typed, by):
    late_requests.decline(late, answer=typed["answer"], by=by, at=_now(late))
    return _("Declined. The delegation is being sent your answer.")


def _beside(late):
    return [
        beside.filer(late),
        beside.official_addresses(late),
        beside.what_was_filed(late),
        beside.others_of_the_delegation(late),
        beside.place_if_accepted(late),
    ]


def _act(name, label, guidance, form, perform, other):
    return Act(
        name,
        label,
        guidance,
        form,
        perform,
        "speakers.change_laterequest",
        (Refusal,),
        lambda late: late.is_waiting,
        _beside,
        (other,),
    )


LATE_ACTS = (
    _act(
        "accept",
        _("Accept"),
        _(
            "The delegation gets a receipt and stands at the end of its band, marked late; it displaces no one who was "
            "in time. If the address is not on record, accept only if the mission has confirmed the request to you."
        ),
        AcceptanceForm,
        _accept,
        "decline",
    ),
    _act(
        "decline",
        _("Decline"),
        _("Write an answer that the delegation can pass on, for instance that the time of the meeting is fully taken."),
        AnswerForm,
        _decline,
        "accept",
    ),
)


@admin.register(LateRequest)
class LateRequestAdmin(WithActs, ReadOnly, DeskAdmin):
    """Requests that still wait come first."""

    acts = LATE_ACTS
    list_display = ["delegation_name", "state", "arrived", "filed_by_email", "is_on_record", "level"]
    list_filter = ["meeting", "state", "is_on_record"]
    list_select_related = ["meeting", "delegation", "level"]
    ordering = ["-arrived_at"]
    search_fields = ["delegation__sort_name", "delegation__code", "filed_by_email", "contact_name", "speaker_name"]
    fieldsets = [
        (
            None,
            {
                "description": _("A late request has no receipt number and takes no place until it is accepted."),
                "fields": ["meeting", "delegation", "state", "answer", "decided", "inscription"],
            },
        ),
        (_("Who filed it"), {"fields": ["filed_by_email", "is_on_record", "arrived"]}),
        (
            _("What was filed"),
            {"fields": ["capacity", "group_name", "group_size", "group_members", "speaker", "speaker_title", "level"]},
        ),
        (
            _("Contact"),
            {"fields": ["language", "contact_name", "contact_email", "contact_telephone", "copied_to", "note"]},
        ),
    ]

    def zone_of(self, request: HttpRequest, obj: LateRequest | None) -> ZoneInfo:
        return obj.meeting.zone if obj else timezone.get_default_timezone()

    @admin.display(description=_("delegation"), ordering="delegation__sort_name")
    def delegation_name(self, late: LateRequest) -> str:
        return str(late.delegation)

    @admin.display(description=_("arrived at"), ordering="arrived_at")
    def arrived(self, late: LateRequest) -> str:
        return moments.stamp_in_words(late.arrived_at, late.meeting)

    @admin.display(description=_("decided at"))
    def decided(self, late: LateRequest) -> str:
        return moments.in_words(late.decided_at, late.meeting) if late.decided_at else "–"

    @admin.display(description=_("speaker"))
    def speaker(self, late: LateRequest) -> str:
        return name_of_speaker(late)

    @admin.display(description=_("copies to"))
    def copied_to(self, late: LateRequest) -> str:
        return ", ".join(late.copies) or "–"
