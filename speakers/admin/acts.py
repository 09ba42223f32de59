"""What staff can do to one entry of the list: for each act, a form and the rule it calls."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.admin.acting import Act, ActForm, PlainForm, reason_field
from speakers import chronicle
from speakers.admin import beside
from speakers.admin.correcting import CORRECTING_ACTS
from speakers.admin.fixing import FIXING_ACTS
from speakers.admin.joint import CONFIRM_A_NAME, TAKE_A_NAME_OFF
from speakers.admin.moving import MoveForm
from speakers.admin.registering import GroupChoice, group_and_reason
from speakers.entries import changing, verifying, withdrawing
from speakers.forms.choices import OneOf
from speakers.forms.speaker import SpeakerFields, initial_speaker
from speakers.models import Inscription, Level
from speakers.moves import pinning
from speakers.order import precedence
from spelling.typed import Line


class WithdrawalForm(MoveForm):
    """A reason. The page shows what the withdrawal does, and the form says so; if that has changed, it asks again."""

    reason = reason_field(help_text=_("It is kept in the journal."))

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, initial={"seen": withdrawing.move_of(subject).shown}, **kwargs)


class VerificationForm(GroupChoice, ActForm):
    """A single button, a box to put the address on record at the same time, and the group if the entry waits for it."""

    as_focal_point = forms.BooleanField(label=_("Also enter this address as a focal point"), required=False)

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        self.ask_for_group(subject, is_asked=subject.awaits_group)
        if not subject.awaits_sender:
            del self.fields["as_focal_point"]
            return
        words = _(
            "From then on %(address)s may inscribe, change and withdraw for %(delegation)s without being verified. "
            "Tick this only if the mission has given you the address."
        )
        facts = {"address": subject.filed_by_email, "delegation": subject.delegation}
        self.fields["as_focal_point"].help_text = words % facts


class RefusalForm(ActForm):
    reason = reason_field(help_text=_("The person who filed the entry will read it."))


class PinForm(MoveForm):
    """Before which entry and why, with a confirmation if the move crosses bands.  R-20"""

    before = forms.ModelChoiceField(
        Inscription.objects.none(),
        label=_("Right before"),
        help_text=_("The list in its present order. The entry is placed right before the one you choose."),
    )
    reason = reason_field(help_text=_("It is shown with the entry, to the delegation and to all staff."))
    seen = forms.CharField(label=_("Yes, across bands"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        places = [
            place for place in precedence.speaking_order(subject.speakers_list) if place.inscription.pk != subject.pk
        ]
        words = _("%(number)d. %(delegation)s")
        field = cast(forms.ModelChoiceField, self.fields["before"])
        field.queryset = Inscription.objects.standing().filter(speakers_list=subject.speakers_list_id)
        field.choices = [("", "–")] + [
            (place.inscription.pk, words % {"number": place.number, "delegation": chronicle.named(place.inscription)})
            for place in places
        ]


class SpeakerForm(ActForm, SpeakerFields):
    """The delegation's own fields for the speaker, checked in the way its own page checks them."""

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, initial=initial_speaker(subject), **kwargs)

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        return typed if self.errors else {**typed, "speaker": self.speaker()}


class LevelForm(MoveForm):
    level = OneOf(
        label=_("Level of representation"),
        help_text=_("If the class changes, up or down, the entry joins the end of its new class."),
    )
    title = Line(label=_("Functional title"), max_length=200, required=False)

    def __init__(self, *args, subject, **kwargs):
        present = {"level": subject.level.code, "title": subject.speaker_title}
        super().__init__(*args, subject=subject, initial=present, **kwargs)
        cast(OneOf, self.fields["level"]).offer(Level.of_list(subject.speakers_list))


def _verify(inscription, typed, by, at):
    as_focal_point, of_group = typed.get("as_focal_point", False), group_and_reason(typed)
    verifying.verify(inscription, as_focal_point=as_focal_point, **of_group, by=by, at=at)
    if as_focal_point:
        return _(
            "The entry is verified, and its address is on record as a focal point. The delegation is being notified."
        )
    return _("The entry is verified and takes its place by its original receipt. The delegation is being notified.")


def _refuse(inscription, typed, by, at):
    verifying.refuse(inscription, reason=typed["reason"], by=by, at=at)
    return _("The entry is refused. The person who filed it is being sent the reason.")


def _pin(inscription, typed, by, at):
    pinning.pin(
        inscription,
        before=typed["before"],
        reason=typed["reason"],
        seen=typed["seen"],
        by=by,
        at=at,
    )
    return _("The entry is pinned. The reason is shown with its place.")


def _unpin(inscription, _typed, by, at):
    pinning.unpin(inscription, by=by, at=at)
    return _("The pin is removed; the entry returns to its computed place.")


def _change_speaker(inscription, typed, by, at):
    prefix, name, title = typed["speaker"]
    changing.change_speaker(inscription, prefix=prefix, name=name, title=title, by=by, at=at)
    return _("The speaker is changed; the place stays. The delegation is being notified.")


def _change_level(inscription, typed, by, at):
    changing.change_level(inscription, **typed, by=by, at=at)
    return _("The level is changed. The delegation is being notified of its place.")


def _withdraw(inscription, typed, by, at):
    withdrawing.withdraw(inscription, reason=typed["reason"], seen=typed["seen"], by=by, at=at)
    return _("The entry is withdrawn. Its row stays, and the delegation is being notified.")


def _verification(inscription, at):
    """Beside a verification, on one page: filer, official addresses, content, other filings, place, what else waits."""
    return [
        beside.filer(inscription),
        *beside.unregistered_group(inscription),
        beside.official_addresses(inscription),
        beside.what_was_filed(inscription),
        beside.others_of_the_delegation(inscription),
        *([beside.place_if_verified(inscription)] if _is_unverified(inscription, at) else []),
        beside.also_waiting(inscription),
    ]


def _place_explained(inscription, _at):
    """Beside a move: why the entry stands at its present place.  R-22"""
    return [{"heading": _("Its place now"), "lines": precedence.explain(inscription)}]


def _what_withdrawing_does(inscription, at):
    """Beside a withdrawal: the place that is given up, and what remains.  R-68"""
    lines = withdrawing.preview(inscription, at=at).sentences if inscription.is_active else []
    return [{"heading": _("What the withdrawal does"), "lines": lines}] if lines else []


def _is_unverified(inscription, _at):
    return inscription.state == Inscription.State.UNVERIFIED


def _act(**facts):
    return Act(permission="speakers.change_inscription", **facts)


LIST_ACTS = (
    _act(
        name="verify",
        label=_("Verify"),
        guidance=_(
            "Verify only if the mission has confirmed to you that it sent this. A group that is not on the register is "
            "matched to one that is, or put on it."
        ),
        form=VerificationForm,
        perform=_verify,
        is_possible=_is_unverified,
        beside=_verification,
        others=("refuse",),
        after=beside.next_verification,
    ),
    _act(
        name="refuse",
        label=_("Refuse"),
        guidance=_("The entry never takes a place. Its row and receipt stay."),
        form=RefusalForm,
        perform=_refuse,
        is_possible=_is_unverified,
        beside=_verification,
        others=("verify",),
        after=beside.next_verification,
    ),
    _act(
        name="pin",
        label=_("Pin before another"),
        guidance=_(
            "For what the rules cannot know. The place is marked as pinned, with your reason, until the pin is removed."
        ),
        form=PinForm,
        perform=_pin,
        is_possible=lambda inscription, _at: inscription.is_standing,
        beside=_place_explained,
    ),
    _act(
        name="unpin",
        label=_("Remove the pin"),
        guidance=_("The entry returns to the place that the rules compute."),
        form=PlainForm,
        perform=_unpin,
        is_possible=lambda inscription, _at: inscription.is_pinned,
        beside=_place_explained,
    ),
    *FIXING_ACTS,
    _act(
        name="change-speaker",
        label=_("Change the speaker"),
        guidance=_("On behalf of the delegation, which is notified by mail. The place stays."),
        form=SpeakerForm,
        perform=_change_speaker,
        is_possible=lambda inscription, _at: inscription.is_active,
    ),
    _act(
        name="change-level",
        label=_("Change the level"),
        guidance=_("On behalf of the delegation, which is notified by mail. After the deadline an upgrade is refused."),
        form=LevelForm,
        perform=_change_level,
        is_possible=lambda inscription, _at: inscription.is_active,
        beside=_place_explained,
    ),
    *CORRECTING_ACTS,
    CONFIRM_A_NAME,
    TAKE_A_NAME_OFF,
    _act(
        name="withdraw",
        label=_("Withdraw"),
        guidance=_("On behalf of the delegation, which is notified by mail."),
        form=WithdrawalForm,
        perform=_withdraw,
        is_possible=lambda inscription, _at: inscription.is_active,
        beside=_what_withdrawing_does,
    ),
)
