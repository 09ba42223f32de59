"""What staff do to one representative: each act is a form and the rule that it calls."""

from datetime import datetime
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

import clock
from dialogue.admin.acting import Act, ActForm, PlainForm, reason_field
from outbox import desk
from registration import states
from registration.admin.fields import words_field
from registration.decisions import deciding, releasing, selecting
from registration.forms.representative import RepresentativeFields
from registration.models import Representative, TicketRequest
from registration.models.representative import LET_IN, Selection, State
from registration.refusals import Refusal
from registration.requests import amending, ending
from speakers.models import Inscription


def moment_of(subject: Representative | TicketRequest) -> datetime:
    """Now, as a moment of the meeting of `subject`.  R-03"""
    return subject.meeting.moment(clock.now())


class WordsForm(ActForm):
    words = words_field(required=False)


class MandatoryWordsForm(ActForm):
    words = words_field()


class ReasonForm(ActForm):
    reason = reason_field(help_text=_("Kept in the journal."))


class ThemeForm(ActForm):
    """Free words, so that no theme has to be created beforehand; those in use are listed beside the form."""

    theme = forms.CharField(
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


class GrantForm(ActForm):
    """How many of the request's undecided representatives receive a seat, and what becomes of the others.  R-46"""

    seats = forms.IntegerField(label=_("Seats to grant"), min_value=0, max_value=1000)
    others = forms.ChoiceField(
        label=_("The others"),
        choices=[
            (State.CONFIRMED, _("stay under review")),
            (State.WAITLISTED, _("go on the waiting list")),
            (State.DECLINED, _("are declined, with the words below")),
        ],
    )
    words = words_field(required=False)


def _approve(representative, typed, by):
    decided = deciding.approve(representative, by=by, at=moment_of(representative), words=typed["words"])
    if decided.state == State.WAITLISTED:
        return _("No seat is free: put on the waiting list. The mail is a draft until you release it.")
    return _("Approved. The mail is a draft until you release it.")


def _waitlist(representative, typed, by):
    deciding.waitlist(representative, by=by, at=moment_of(representative), words=typed["words"])
    return _("On the waiting list. The mail is a draft until you release it.")


def _decline(representative, typed, by):
    deciding.decline(representative, words=typed["words"], by=by, at=moment_of(representative))
    return _("Declined. The mail is a draft until you release it.")


def _release(representative, _typed, by):
    released = releasing.release(representative, by=by, at=moment_of(representative))
    return _("Released: %(number)d mails.") % {"number": released}


def _reconsider(representative, typed, by):
    deciding.reconsider(representative, reason=typed["reason"], by=by, at=moment_of(representative))
    return _("Under review again.")


def _amend(representative, typed, by):
    changes = {name: typed[name] for name in RepresentativeFields.base_fields}
    amending.amend(representative, changes, by=by, arrived_at=moment_of(representative))
    return _("Amended. A changed name or grounds pass is under review again.")


def _cancel(representative, typed, by):
    ending.cancel(representative, by=by, at=moment_of(representative), reason=typed["reason"])
    return _("Cancelled. The representative and the focal point are notified; the seat goes to the next in line.")


def _assign_theme(representative, typed, by):
    selecting.assign_theme(representative, typed["theme"], by=by, at=moment_of(representative))
    return _("The theme is saved.")


def _themes_in_use(representative):
    return [{"heading": _("In use"), "lines": selecting.themes(representative.meeting), "none": _("none yet")}]


def _short_list(representative, _typed, by):
    selecting.short_list(representative, by=by, at=moment_of(representative))
    return _("On the short list.")


def _take_off(representative, _typed, by):
    selecting.take_off_short_list(representative, by=by, at=moment_of(representative))
    return _("Off the short list.")


def _select(representative, typed, by):
    selected = selecting.select(representative, by=by, at=moment_of(representative), words=typed["words"])
    words = _("Selected, with receipt %(number)d on the list of speakers. The mail is a draft until you release it.")
    return words % {"number": cast(Inscription, selected.inscription).receipt_no}


def _take_back(representative, typed, by):
    selecting.take_back(representative, reason=typed["reason"], by=by, at=moment_of(representative))
    return _("The selection is taken back; the entry on the list is withdrawn.")


def _grant(request, typed, by):
    decided = deciding.grant(request, **typed, by=by, at=moment_of(request))
    number = sum(each.state == State.APPROVED for each in decided)
    return _("Seats granted: %(number)d. The mails are drafts until you release them.") % {"number": number}


def _is_undecided(representative):
    return representative.state in deciding.UNDECIDED


def _may_be_considered(representative):
    is_open = representative.selection not in [Selection.SELECTED, Selection.SHORT_LISTED]
    return representative.wishes_to_speak and representative.is_active and is_open


def _act(name, label, guidance, form, perform, is_possible, **more):
    refusals, permission = (Refusal, desk.DeskRefused), "registration.change_representative"
    return Act(name, label, guidance, form, perform, permission, refusals, is_possible, **more)


REPRESENTATIVE_ACTS = (
    _act(
        "approve",
        _("Approve"),
        _("Gives a seat and a voucher. If no seat is free, the person goes on the waiting list instead."),
        WordsForm,
        _approve,
        _is_undecided,
    ),
    _act(
        "waitlist",
        _("Waiting list"),
        _("The place depends on when the address was confirmed, not on when you decide."),
        WordsForm,
        _waitlist,
        lambda representative: representative.state == State.CONFIRMED,
    ),
    _act(
        "decline",
        _("Decline"),
        _("In your own words, which the representative and the focal point read."),
        MandatoryWordsForm,
        _decline,
        lambda representative: _is_undecided(representative) or representative.state == State.APPROVED,
    ),
    _act(
        "release",
        _("Release the mail"),
        _("Sends the drafts about this representative. From then on the person also sees the decision on the pages."),
        PlainForm,
        _release,
        lambda representative: releasing.drafts_of([representative]).exists(),
    ),
    _act(
        "reconsider",
        _("Reconsider"),
        _("Reverses a refusal: the request is under review again, in its old turn."),
        ReasonForm,
        _reconsider,
        lambda representative: representative.state == State.DECLINED,
    ),
    _act(
        "theme",
        _("Theme"),
        _("For your counts: different wordings of one theme are counted together. No one is notified."),
        ThemeForm,
        _assign_theme,
        lambda representative: representative.wishes_to_speak and representative.is_active,
        beside=_themes_in_use,
    ),
    _act(
        "short-list",
        _("Short-list"),
        _("For the office only: no one is notified."),
        PlainForm,
        _short_list,
        _may_be_considered,
    ),
    _act(
        "take-off",
        _("Take off the short list"),
        _("For the office only: no one is notified."),
        PlainForm,
        _take_off,
        lambda representative: representative.selection == Selection.SHORT_LISTED,
    ),
    _act(
        "select",
        _("Select to speak"),
        _("Creates an entry with a receipt on the list of speakers, in the civil society band."),
        WordsForm,
        _select,
        lambda representative: (
            representative.wishes_to_speak
            and representative.state in LET_IN
            and representative.selection != Selection.SELECTED
        ),
    ),
    _act(
        "take-back",
        _("Take the selection back"),
        _("Withdraws the entry on the list of speakers; its contact is notified."),
        ReasonForm,
        _take_back,
        lambda representative: representative.selection == Selection.SELECTED,
    ),
    _act(
        "amend",
        _("Amend"),
        _("On behalf of the organization. A changed name or grounds pass returns an approval to review."),
        AmendForm,
        _amend,
        lambda representative: not representative.has_ended and representative.state not in amending.FIXED,
    ),
    _act(
        "cancel",
        _("Cancel"),
        _("On behalf of the organization. The voucher is revoked for good; the seat goes to the next in line."),
        ReasonForm,
        _cancel,
        lambda representative: states.may_become(representative, State.CANCELLED),
    ),
)

REQUEST_ACTS = (
    _act(
        "grant",
        _("Grant m of n"),
        _("Grants a number of seats in the order of confirmation. You also choose what becomes of the others."),
        GrantForm,
        _grant,
        lambda request: request.representatives.filter(state__in=deciding.UNDECIDED).exists(),
    ),
)
