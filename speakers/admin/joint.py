"""How staff confirm a joint statement or take a name off it, as a delegation tells them by other means.  R-12"""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.admin.acting import Act, ActForm, reason_field
from speakers.entries import joining
from speakers.models import Inscription, Joining


class NameForm(ActForm):
    """Which of those that the entry names, and why."""

    name_of = forms.ModelChoiceField(
        Joining.objects.none(), label=_("Delegation"), empty_label=_("choose a delegation")
    )
    reason = reason_field(help_text=_("It is kept in the journal."))

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["name_of"])
        named = self.offered(subject).select_related("delegation")
        field.queryset = named
        field.choices = [("", field.empty_label), *((each.pk, each.delegation) for each in named)]

    @staticmethod
    def offered(inscription: Inscription) -> Any:
        """Those that `inscription` names."""
        return inscription.joinings.named()


class AskedForm(NameForm):
    """Which of those that were asked and have not answered, and why."""

    @staticmethod
    def offered(inscription: Inscription) -> Any:
        """Those that `inscription` asks."""
        return inscription.joinings.filter(state=Joining.State.ASKED)


def _take_back(_inscription, typed, by, at):
    joining.take_back(typed["name_of"], reason=typed["reason"], by=by, at=at)
    return _("The delegation is no longer named. Both sides are being notified.")


def _confirm(_inscription, typed, by, at):
    joining.join(typed["name_of"], reason=typed["reason"], by=by, at=at)
    return _("The delegation joins the statement. Both sides are being notified.")


CONFIRM_A_NAME = Act(
    name="confirm-name",
    label=_("Confirm that a delegation joins"),
    guidance=_("For a delegation that was asked to join and has confirmed by letter or by telephone."),
    form=AskedForm,
    perform=_confirm,
    permission="speakers.change_inscription",
    is_possible=lambda inscription, _at: inscription.is_active and AskedForm.offered(inscription).exists(),
)
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
