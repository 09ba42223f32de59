"""What staff do to one representative: each act is a form and the rule that it calls."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.admin.acting import Act, ActForm, PlainForm, reason_field
from registration import states
from registration.admin import decision_acts
from registration.decisions import deciding, selecting
from registration.forms.representative import RepresentativeFields
from registration.models.representative import LET_IN, Selection, State
from registration.refusals import TicketRefused
from registration.requests import amending, ending
from speakers.models import Inscription
from spelling.typed import Line


class ReasonForm(ActForm):
    reason = reason_field(help_text=_("Kept in the journal."))


class ThemeForm(ActForm):
    """Free words, so that no theme has to be created beforehand; those in use are listed beside the form."""

    theme = Line(
        label=_("Theme"),
        max_length=80,
        required=False,
        help_text=_("Use the same words for all topics of one theme. Leave empty for no theme."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class AmendForm(ActForm, RepresentativeFields):
    """The fields of the private page, cleaned in the same way."""

    def __init__(self, *args, subject, **kwargs):
        initial = {name: getattr(subject, name) for name in RepresentativeFields.base_fields}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)


def _reconsider(representative, typed, by, at):
    deciding.reconsider(representative, reason=typed["reason"], by=by, at=at)
    return _("Under review again.")


def _amend(representative, typed, by, at):
    changes = {name: typed[name] for name in RepresentativeFields.base_fields}
    amended = amending.amend(representative, changes, by=by, arrived_at=at)
    if amended.state != representative.state:
        return _("Amended. The request is under review again, because the name or the grounds pass has changed.")
    if all(getattr(representative, name) == value for name, value in changes.items()):
        return _("Nothing was changed.")
    return _("Amended. The decision stays as it is.")


def _cancel(representative, typed, by, at):
    ending.cancel(representative, by=by, at=at, reason=typed["reason"])
    if not representative.holds_seat:
        return _("Cancelled, and a mail says so. No seat was held.")
    return _("Cancelled, and a mail says so. The seat is free for the next in line.")


def _assign_theme(representative, typed, by, at):
    selecting.assign_theme(representative, typed["theme"], by=by, at=at)
    return _("The theme is saved.")


def _themes_in_use(representative, _at):
    return [{"heading": _("In use"), "lines": selecting.themes(representative.meeting), "none": _("none yet")}]


def _short_list(representative, _typed, by, at):
    selecting.short_list(representative, by=by, at=at)
    return _("On the short list.")


def _take_off(representative, _typed, by, at):
    selecting.take_off_short_list(representative, by=by, at=at)
    return _("Off the short list.")


def _select(representative, typed, by, at):
    _done, refused = decision_acts.select([representative], typed, by, at)
    if refused:
        raise TicketRefused(refused[0])
    representative.refresh_from_db(fields=["inscription"])
    words = _("Selected, with receipt %(number)d on the list of speakers. The mail is a draft until you release it.")
    return words % {"number": cast(Inscription, representative.inscription).receipt_no}


def _take_back(representative, typed, by, at):
    selecting.take_back(representative, reason=typed["reason"], by=by, at=at)
    return _("The selection is taken back; the entry on the list is withdrawn.")


def _may_be_considered(representative, _at):
    is_open = representative.selection not in [Selection.SELECTED, Selection.SHORT_LISTED]
    return representative.wishes_to_speak and representative.is_active and is_open


def _act(**facts):
    return Act(permission="registration.change_representative", **facts)


REPRESENTATIVE_ACTS = (
    *decision_acts.DECISION_ACTS,
    _act(
        name="reconsider",
        label=_("Reconsider"),
        guidance=_("Reverses a refusal: the request is under review again, in its old turn."),
        form=ReasonForm,
        perform=_reconsider,
        is_possible=lambda representative, _at: representative.state == State.DECLINED,
    ),
    _act(
        name="theme",
        label=_("Theme"),
        guidance=_("For your counts: different wordings of one theme are counted together. No one is notified."),
        form=ThemeForm,
        perform=_assign_theme,
        is_possible=lambda representative, _at: representative.wishes_to_speak and representative.is_active,
        beside=_themes_in_use,
    ),
    _act(
        name="short-list",
        label=_("Short-list"),
        guidance=_("For the office only: no one is notified."),
        form=PlainForm,
        perform=_short_list,
        is_possible=_may_be_considered,
    ),
    _act(
        name="take-off",
        label=_("Take off the short list"),
        guidance=_("For the office only: no one is notified."),
        form=PlainForm,
        perform=_take_off,
        is_possible=lambda representative, _at: representative.selection == Selection.SHORT_LISTED,
    ),
    _act(
        name="select",
        label=_("Select to speak"),
        guidance=_("Creates an entry with a receipt on the list of speakers, in the civil society band."),
        form=decision_acts.SelectionForm,
        perform=_select,
        is_possible=lambda representative, _at: (
            representative.wishes_to_speak
            and representative.state in LET_IN
            and representative.selection != Selection.SELECTED
        ),
    ),
    _act(
        name="take-back",
        label=_("Take the selection back"),
        guidance=_("Withdraws the entry on the list of speakers; its contact is notified."),
        form=ReasonForm,
        perform=_take_back,
        is_possible=lambda representative, _at: representative.selection == Selection.SELECTED,
    ),
    _act(
        name="amend",
        label=_("Amend"),
        guidance=_("On behalf of the organization. A changed name or grounds pass returns an approval to review."),
        form=AmendForm,
        perform=_amend,
        is_possible=lambda representative, _at: (
            not representative.has_ended and representative.state not in amending.FIXED
        ),
    ),
    _act(
        name="cancel",
        label=_("Cancel"),
        guidance=_(
            "On behalf of the organization. The voucher is revoked for good; the seat goes to the next in line."
        ),
        form=ReasonForm,
        perform=_cancel,
        is_possible=lambda representative, _at: states.may_become(representative, State.CANCELLED),
    ),
)
