"""How staff correct an entry on behalf of its delegation: contact, language, note, group.  R-67"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.admin.acting import Act, reason_field
from speakers.admin.moving import MoveForm
from speakers.entries import correcting
from speakers.forms.changes import CorrectionFields, initial_correction
from speakers.forms.choices import Suggesting
from speakers.forms.contact import ContactFields
from speakers.forms.delivery import DeliveryFields
from speakers.forms.inscription import suggest_groups
from speakers.forms.recording import RecordingFields
from speakers.forms.statement import StatementFields
from speakers.models import Inscription
from spelling.typed import Line, Paragraphs


class CorrectingForm(MoveForm):
    """What is recorded of the entry `subject`, hidden in `seen`; its box appears if a colleague was faster."""

    def __init__(self, *args, subject, initial, **kwargs):
        initial = {**initial, "seen": correcting.version(subject)}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)
        self.fields["seen"].label = _("I have read this and want what I typed")


class CorrectionForm(CorrectingForm, CorrectionFields):
    """The delegation's own fields, checked in the way its own page checks them."""

    field_order = [*StatementFields.base_fields, *DeliveryFields.base_fields]
    field_order += [*RecordingFields.base_fields, *ContactFields.base_fields]

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, initial=initial_correction(subject), **kwargs)
        self.suit(subject, takes_videos=True)


class GroupForm(CorrectingForm):
    group_name = Line(
        label=_("Name of the group"),
        max_length=160,
        widget=Suggesting,
        help_text=_("A group on the register of this list; an entry that waits may have another name."),
    )
    group_size = forms.IntegerField(label=_("Number of members"), required=False, min_value=2, max_value=1000)
    group_members = Paragraphs(
        label=_("Members"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = reason_field(help_text=_("It is kept in the journal."))

    def __init__(self, *args, subject, **kwargs):
        initial = {name: getattr(subject, name) for name in correcting.OF_THE_GROUP}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)
        suggest_groups(self.fields["group_name"], subject.speakers_list)


def _correct(inscription, typed, by, at):
    correcting.correct(inscription, typed, seen=typed["seen"], by=by, at=at)
    return _("The correction is recorded; the place stays. The former and the new addresses are being notified.")


def _correct_group(inscription, typed, by, at):
    correcting.correct_group(inscription, typed, reason=typed["reason"], seen=typed["seen"], by=by, at=at)
    return _("The group is corrected; the place stays. The delegation is being notified.")


def _speaks_for_a_group(inscription, _at):
    return inscription.is_active and inscription.capacity == Inscription.Capacity.GROUP


def _act(**facts: Any) -> Act:
    return Act(permission="speakers.change_inscription", **facts)


CORRECTING_ACTS = (
    _act(
        name="correct",
        label=_("Correct contact, language, recording or note"),
        guidance=_(
            "On behalf of the delegation. The place stays. The present addresses are notified by mail, and so is each "
            "one that you replace."
        ),
        form=CorrectionForm,
        perform=_correct,
        is_possible=lambda inscription, _at: inscription.is_active,
    ),
    _act(
        name="correct-group",
        label=_("Correct the group"),
        guidance=_("The place stays. One entry stands for a group on a list; the delegation is notified by mail."),
        form=GroupForm,
        perform=_correct_group,
        is_possible=_speaks_for_a_group,
    ),
)
