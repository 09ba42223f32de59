"""How staff take a name off a joint statement, when a delegation tells them so by other means.  R-12"""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.admin.acting import Act, ActForm, reason_field
from speakers.entries import joining
from speakers.models import Joining


class NameForm(ActForm):
    """Which of those that the entry names, and why."""

    name_of = forms.ModelChoiceField(
        Joining.objects.none(), label=_("Delegation"), empty_label=_("choose a delegation")
    )
    reason = reason_field(help_text=_("It is kept in the journal."))

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["name_of"])
        named = subject.joinings.named().select_related("delegation")
        field.queryset = named
        field.choices = [("", field.empty_label), *((each.pk, each.delegation) for each in named)]


def _take_back(_inscription, typed, by, at):
    joining.take_back(typed["name_of"], reason=typed["reason"], by=by, at=at)
    return _("The delegation is no longer named. Both sides are being notified.")


TAKE_A_NAME_OFF = Act(
    name="take-name-off",
    label=_("Take a name off the joint statement"),
    guidance=_(
        "The delegation is no longer named, on the list or in the room. To be named again, it has to confirm again."
    ),
    form=NameForm,
    perform=_take_back,
    permission="speakers.change_inscription",
    is_possible=lambda inscription, _at: inscription.is_active and inscription.joinings.named().exists(),
)
