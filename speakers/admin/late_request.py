"""Late requests at the desk: accepted at the end of the band, or declined with an answer.  R-27"""

from datetime import datetime
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
from speakers.admin.columns import name_of_speaker, recording_of
from speakers.admin.registering import GroupChoice, group_and_reason
from speakers.entries import late_requests
from speakers.models import InAlphabet, LateRequest
from spelling.listing import in_a_row
from spelling.typed import Paragraphs


class AcceptanceForm(GroupChoice, ActForm):
    reason = reason_field(help_text=_("It is kept with the entry, in the journal."))

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        self.ask_for_group(subject, is_asked=bool(beside.unregistered_group(subject)))


class AnswerForm(ActForm):
    answer = Paragraphs(
        label=_("Text"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=_("The delegation will read it."),
    )


def _accept(late, typed, by, at):
    entry = late_requests.accept(late, **{"reason": typed["reason"], **group_and_reason(typed)}, by=by, at=at)
    return _("Accepted as %(entry)s. The delegation is being sent its receipt and place.") % {"entry": entry}


def _decline(late, typed, by, at):
    late_requests.decline(late, answer=typed["answer"], by=by, at=at)
    return _("Declined. The delegation is being sent your answer.")


def _beside(late, _at):
    return [
        beside.filer(late),
        *beside.unregistered_group(late),
        beside.official_addresses(late),
        beside.what_was_filed(late),
        beside.others_of_the_delegation(late),
        beside.place_if_accepted(late),
    ]


def _act(*, other, **facts):
    return Act(
        permission="speakers.change_laterequest",
        is_possible=lambda late, _at: late.is_waiting,
        beside=_beside,
        others=(other,),
        **facts,
    )


LATE_ACTS = (
    _act(
        name="accept",
        label=_("Accept"),
        guidance=_(
            "The delegation gets a receipt and stands at the end of its band, marked late; it displaces no one who was "
            "in time. If the address is not on record, accept only if the mission has confirmed the request to you."
        ),
        form=AcceptanceForm,
        perform=_accept,
        other="decline",
    ),
    _act(
        name="decline",
        label=_("Decline"),
        guidance=_(
            "Write an answer that the delegation can pass on, for instance that the time of the meeting is fully taken."
        ),
        form=AnswerForm,
        perform=_decline,
        other="accept",
    ),
)


@admin.register(LateRequest)
class LateRequestAdmin(WithActs, ReadOnly, DeskAdmin):
    """Requests that still wait come first."""

    acts = LATE_ACTS
    list_display = ["delegation_told", "state", "arrived_in_short", "filed_by_email", "is_on_record", "level"]
    list_filter = ["speakers_list", "state", "is_on_record"]
    list_select_related = ["speakers_list__meeting", "delegation", "level"]
    ordering = ["-arrived_at"]
    search_fields = ["delegation__search_words", "delegation__code", "filed_by_email", "contact_name", "speaker_name"]
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
            {
                "fields": [
                    "capacity",
                    "group_name",
                    "group_size",
                    "group_members",
                    "speaker",
                    "speaker_title",
                    "recording",
                    "level",
                ]
            },
        ),
        (
            _("Contact"),
            {"fields": ["language", "contact_name", "contact_email", "contact_telephone", "copied_to", "note"]},
        ),
    ]

    def zone_of(self, request: HttpRequest, obj: LateRequest | None) -> ZoneInfo:
        return obj.meeting.zone if obj else timezone.get_default_timezone()

    def moment_of(self, obj: LateRequest) -> datetime:
        return obj.meeting.moment(clock.now())

    @admin.display(description=_("delegation"), ordering=InAlphabet("delegation__"))
    def delegation_told(self, late: LateRequest) -> str:
        return str(late.delegation)

    @admin.display(description=_("arrived at"))
    def arrived(self, late: LateRequest) -> str:
        return moments.stamp_in_words(late.arrived_at, late.meeting)

    @admin.display(description=_("arrived"), ordering="arrived_at")
    def arrived_in_short(self, late: LateRequest) -> str:
        return moments.in_short_with_zone(late.arrived_at, late.meeting)

    @admin.display(description=_("decided at"))
    def decided(self, late: LateRequest) -> str:
        return moments.in_words(late.decided_at, late.meeting) if late.decided_at else "–"

    @admin.display(description=_("speaker"))
    def speaker(self, late: LateRequest) -> str:
        return name_of_speaker(late)

    @admin.display(description=_("recorded video"))
    def recording(self, late: LateRequest) -> str:
        return recording_of(late) or "–"

    @admin.display(description=_("copies to"))
    def copied_to(self, late: LateRequest) -> str:
        return in_a_row(late.copies) or "–"
