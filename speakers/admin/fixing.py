"""How staff fix an entry to a sitting, and release it.  R-64"""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.admin.acting import Act, PlainForm, reason_field
from dialogue.models import Sitting
from speakers.admin import planned
from speakers.admin.moving import MoveForm
from speakers.models import Inscription
from speakers.moves import fixing


class FixingForm(MoveForm):
    """To which sitting and why, with a confirmation if it is full."""

    sitting = forms.ModelChoiceField(Sitting.objects.none(), label=_("Sitting"), empty_label="–")
    reason = reason_field(help_text=_("It is shown with the entry, to the delegation and to all staff."))
    seen = forms.CharField(label=_("Yes, although there is no room"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, initial={"sitting": subject.fixed_sitting_id}, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["sitting"])
        field.queryset = Sitting.objects.filter(meeting=subject.speakers_list.meeting_id)
        field.choices = [("", "–"), *((each.pk, str(each)) for each in subject.speakers_list.hours)]


def _fix(inscription, typed, by, at):
    fixing.fix(inscription, **typed, by=by, at=at)
    return _("The entry is fixed to the sitting; its place stays. The delegation is being notified.")


def _release(inscription, _typed, by, at):
    fixing.release(inscription, by=by, at=at)
    return _("The entry is called by its place on the list again. The delegation is being notified.")


def _is_possible(inscription: Inscription, _at: Any) -> bool:
    speakers_list = inscription.speakers_list
    is_waiting = inscription.is_standing and not inscription.is_called
    return is_waiting and len(speakers_list.hours) > 1


def _may_be_released(inscription, at):
    return inscription.fixed_sitting_id is not None and _is_possible(inscription, at)


def _act(**facts: Any) -> Act:
    return Act(permission="speakers.change_inscription", **facts)


FIXING_ACTS = (
    _act(
        name="fix-sitting",
        label=_("Fix to a sitting"),
        guidance=_(
            "For a delegation that can speak in one sitting only. Its place on the list stays, and in that sitting it "
            "is called in the order of the list; others may speak earlier or later than foreseen. The delegation is "
            "notified by mail, with your reason."
        ),
        form=FixingForm,
        perform=_fix,
        is_possible=_is_possible,
        beside=planned.beside_an_entry,
    ),
    _act(
        name="release-from-sitting",
        label=_("Release from its sitting"),
        guidance=_("The entry is called by its place on the list again. The delegation is notified by mail."),
        form=PlainForm,
        perform=_release,
        is_possible=_may_be_released,
        beside=planned.beside_an_entry,
    ),
)
