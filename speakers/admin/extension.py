"""Personal extensions: granted on the meeting's page, read and ended here.  R-27"""

from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import clock
from dialogue import moments
from dialogue.admin.acting import Act, ActForm, WithActs, moment_field, reason_field
from dialogue.admin.base import DeskAdmin, ReadOnly
from speakers.entries import extensions
from speakers.forms.choices import OneDelegation
from speakers.models import Delegation, Extension


class ExtensionForm(ActForm):
    """Which delegation, until when, and why."""

    delegation = OneDelegation(label=_("Delegation"))
    until = moment_field(
        label=_("May inscribe until"), help_text=_("The delegation may inscribe until just before this moment.")
    )
    reason = reason_field(help_text=_("The delegation will read it, and it is kept in the journal."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cast(OneDelegation, self.fields["delegation"]).offer(lambda: Delegation.objects.filter(is_active=True))


class EndForm(ActForm):
    reason = reason_field(help_text=_("The delegation will read it."))


def _grant(meeting, typed, by, at):
    extension = extensions.grant(meeting.speakers_list, **typed, by=by, at=at)
    facts = {"delegation": extension.delegation, "moment": moments.in_words(extension.until, meeting)}
    if not extension.delegation.focal_points.filter(is_active=True).exists():
        words = _("%(delegation)s may inscribe until %(moment)s. No focal point is on record: inform the mission.")
        return words % facts
    return _("%(delegation)s may inscribe until %(moment)s. Its focal points are being notified.") % facts


def _end(extension, typed, by, at):
    extensions.end(extension, reason=typed["reason"], by=by, at=at)
    return _("The extension is over. The delegation is being notified.")


def _standing_extensions(meeting, at):
    """Beside the form: the deadline, and the extensions in force."""
    words = _("%(delegation)s, until %(moment)s")
    lines = [
        words % {"delegation": extension.delegation, "moment": moments.in_words(extension.until, meeting)}
        for extension in meeting.speakers_list.extensions.standing().select_related("delegation")
        if extension.holds_at(at)
    ]
    deadline = {"moment": moments.in_words(meeting.speakers_list.closes_at, meeting)}
    return [
        {"heading": _("The deadline"), "lines": [_("For all other delegations: %(moment)s.") % deadline]},
        {"heading": _("Extensions now"), "lines": lines, "none": _("None.")},
    ]


EXTENSION_ACTS = (
    Act(
        name="extend",
        label=_("Extend for one delegation"),
        guidance=_(
            "The deadline for all others stays. The delegation inscribes as it would before closing: with a receipt, "
            "and not marked late."
        ),
        form=ExtensionForm,
        perform=_grant,
        permission="speakers.add_extension",
        is_possible=lambda meeting, at: at < meeting.starts_at,
        beside=_standing_extensions,
    ),
)


@admin.register(Extension)
class ExtensionAdmin(WithActs, ReadOnly, DeskAdmin):
    acts = (
        Act(
            name="end",
            label=_("End the extension"),
            guidance=_("Entries inscribed within it stay."),
            form=EndForm,
            perform=_end,
            permission="speakers.change_extension",
            is_possible=lambda extension, at: extension.holds_at(at),
        ),
    )
    list_display = ["delegation", "meeting", "until_in_words", "reason", "ended"]
    list_filter = ["speakers_list"]
    list_select_related = ["speakers_list__meeting", "delegation"]
    fieldsets = [
        (
            None,
            {
                "description": _("Granted with the button on the meeting’s page."),
                "fields": ["meeting", "delegation", "until_in_words", "reason", "granted", "ended"],
            },
        )
    ]

    def zone_of(self, request: HttpRequest, obj: Extension | None) -> ZoneInfo:
        return obj.meeting.zone if obj else timezone.get_default_timezone()

    def moment_of(self, obj: Extension) -> datetime:
        return obj.meeting.moment(clock.now())

    @admin.display(description=_("until"), ordering="until")
    def until_in_words(self, extension: Extension) -> str:
        return moments.in_words(extension.until, extension.meeting)

    @admin.display(description=_("granted at"))
    def granted(self, extension: Extension) -> str:
        return moments.in_words(extension.granted_at, extension.meeting)

    @admin.display(description=_("ended at"))
    def ended(self, extension: Extension) -> str:
        return moments.in_words(extension.ended_at, extension.meeting) if extension.ended_at else "–"
