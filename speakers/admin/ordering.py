"""What staff can do to the order of a whole list: change the policy, carry out a draw, draw lots.  R-17 R-21"""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialogue import moments
from dialogue.admin.acting import Act, ActForm, PlainForm, reason_field
from speakers.entries.opening import OF_A_PLACE
from speakers.forms.choices import OneOf
from speakers.forms.typed import Line
from speakers.models import Band, Delegation, DelegationPlace, Draw, Level, SpeakersList
from speakers.moves import drawing, term_changes


class TermsForm(ActForm):
    """A change of the terms of a list: a reason and, if entries would move, a confirmation."""

    asks_twice = "confirmed"
    reason = reason_field(help_text=_("Once the list has opened, every inscribed delegation will read it."))
    confirmed = forms.BooleanField(label=_("I have checked who moves and want it"), required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        return typed if self.errors else {**typed, "changes": self.changes()}

    def changes(self) -> term_changes.Changes:
        """What was typed, for the rule."""
        raise NotImplementedError


class OrderForm(TermsForm):
    """The policy that orders the list, and the rank of each band."""

    policy = forms.ChoiceField(label=_("Order"), choices=SpeakersList.Policy)
    level_before_band = forms.BooleanField(
        label=_("Level before band"),
        required=False,
        help_text=_(
            "For high-level meetings: among groups and Member States, the class of the level comes before the band."
        ),
    )

    def __init__(self, *args, subject, **kwargs):
        speakers_list = subject.speakers_list
        present = {"policy": speakers_list.policy, "level_before_band": speakers_list.level_before_band}
        super().__init__(*args, subject=subject, initial=present, **kwargs)
        for code, label in Band.choices:
            words = _("Rank of the band: %(band)s") % {"band": label}
            self.fields[f"rank_{code}"] = _number(words, speakers_list.ranks[code])
        self.order_fields(["policy", "level_before_band", *[f"rank_{code}" for code in Band.values]])

    def changes(self) -> term_changes.Changes:
        typed = self.cleaned_data
        ranks = {code: typed[f"rank_{code}"] for code in Band.values if typed[f"rank_{code}"]}
        return term_changes.Changes(policy=typed["policy"], level_before_band=typed["level_before_band"], ranks=ranks)


class ClassesForm(TermsForm):
    """The class of each level on this list."""

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        self.levels = Level.of_list(subject.speakers_list)
        for level in self.levels:
            self.fields[f"class_{level.code}"] = _number(str(level), level.precedence_class)
        self.order_fields([f"class_{level.code}" for level in self.levels])

    def changes(self) -> term_changes.Changes:
        typed = {level.code: self.cleaned_data[f"class_{level.code}"] for level in self.levels}
        return term_changes.Changes(classes={code: number for code, number in typed.items() if number})


class PlaceForm(TermsForm):
    """Where one delegation stands on this list."""

    field_order = ["delegation", *OF_A_PLACE]
    delegation = OneOf(label=_("Delegation"))
    band = forms.ChoiceField(label=_("Band"), choices=Band)
    category = forms.ChoiceField(label=_("Category"), choices=DelegationPlace.Category)
    speaks_for_groups = forms.BooleanField(label=_("May speak on behalf of a group"), required=False)
    ground = Line(
        label=_("Ground"),
        max_length=120,
        required=False,
        help_text=_("The resolution or rule it rests on."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        delegations = Delegation.objects.filter(is_active=True)
        cast(OneOf, self.fields["delegation"]).offer(delegations, none=_("choose a delegation"))

    def changes(self) -> term_changes.Changes:
        place = {name: self.cleaned_data[name] for name in OF_A_PLACE}
        return term_changes.Changes(places={self.cleaned_data["delegation"].code: place})


def _number(label, present):
    """A field for the number that is `present`; left empty, it stays."""
    return forms.IntegerField(label=label, min_value=1, max_value=90, initial=present, required=False)


class CommitmentForm(ActForm):
    """The length of the window, and the public value that will be used."""

    minutes = forms.IntegerField(
        label=_("Window, in minutes"),
        min_value=1,
        max_value=24 * 60,
        initial=10,
        help_text=_("All inscriptions received within it count as received at the same moment."),
    )
    beacon = Line(
        label=_("Which public value will be used"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_(
            "A value that cannot be foreseen or influenced and that is published after the window. Name it exactly: "
            "for "
            "instance, the randomness beacon of a named institute at a named time."
        ),
    )


class BeaconForm(ActForm):
    """The public value as published, and its source."""

    value = Line(
        label=_("The public value, exactly as published"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    source = Line(
        label=_("Where anyone can read it"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("An address on the web, or a newspaper with its date and page."),
    )


def _change_terms(meeting, typed, by, at):
    speakers_list, changes = meeting.speakers_list, typed["changes"]
    facts = {"reason": typed["reason"], "is_confirmed": typed["confirmed"]}
    term_changes.change_terms(speakers_list, changes, **facts, by=by, at=at)
    if not speakers_list.has_opened(at):
        return _("The order is changed.")
    return _("The order is changed and published as a revision. The inscribed delegations are being notified.")


def _commit(meeting, typed, by, at):
    window = timedelta(minutes=typed["minutes"])
    draw = drawing.commit(meeting.speakers_list, window=window, beacon=typed["beacon"], by=by, at=at)
    words = _("The commitment is published. Announce this hash with the invitation: %(commitment)s")
    return words % {"commitment": draw.commitment}


def _enter_beacon(meeting, typed, by, at):
    drawing.enter_beacon(meeting.speakers_list, **typed, by=by, at=at)
    return _("The public value is entered. The draw can now be held.")


def _hold(meeting, _typed, by, at):
    drawing.hold(meeting.speakers_list, by=by, at=at)
    return _("The draw is held and published. The inscribed delegations are being notified of their places.")


def _draw_lots(meeting, _typed, by, at):
    drawing.draw_lots(meeting.speakers_list, by=by, at=at)
    return _("The lots are drawn and published. The inscribed delegations are being notified of their places.")


def _waits_for_commitment(meeting, at):
    is_before = at < meeting.speakers_list.opens_at
    return (
        meeting.speakers_list.policy == SpeakersList.Policy.OPENING_WINDOW and is_before and _draw_of(meeting) is None
    )


def _waits_for_draw(meeting, at):
    draw = _draw_of(meeting)
    return draw is not None and not draw.is_drawn and at >= meeting.speakers_list.opens_at


def _waits_for_lots(meeting, _at):
    return (
        meeting.speakers_list.policy == SpeakersList.Policy.LOTS
        and not meeting.speakers_list.draws.filter(kind=Draw.Kind.LOTS).exists()
    )


def _has_fixed_terms(meeting, at):
    return meeting.speakers_list.levels is not None and at < meeting.starts_at


def _draw_of(meeting):
    return meeting.speakers_list.draws.filter(kind=Draw.Kind.OPENING_WINDOW).first()


def _the_order_now(meeting, at):
    """Beside a change: the order now, and since when it is fixed."""
    lines: list[str | Promise] = [_("Ordered by: %(policy)s.") % {"policy": meeting.speakers_list.get_policy_display()}]
    if meeting.speakers_list.level_before_band:
        lines.append(_("The level comes before the band."))
    facts = {"moment": moments.in_words(meeting.speakers_list.opens_at, meeting)}
    if at < meeting.speakers_list.opens_at:
        lines.append(_("The order is fixed when the list opens, on %(moment)s.") % facts)
    else:
        lines.append(_("The list opened on %(moment)s. The order is fixed, and any change is published.") % facts)
        lines.append(
            _("Under another order, delegations that swapped return to the turn of their own receipt; pins stay.")
        )
    return [{"heading": _("The order now"), "lines": lines}]


def _the_draw_now(meeting, _at):
    """Beside each step of a draw: the facts known so far."""
    draw = _draw_of(meeting)
    if draw is None:
        opens = {"moment": moments.in_words(meeting.speakers_list.opens_at, meeting)}
        return [{"heading": _("The draw"), "lines": [_("The list opens on %(moment)s.") % opens]}]
    draw.speakers_list = meeting.speakers_list
    facts = {
        "commitment": draw.commitment,
        "announced": draw.beacon_announced,
        "end": moments.in_words(draw.window_ends_at, meeting),
        "beacon": draw.beacon or _("not entered yet"),
    }
    lines = [
        _("The window ends on %(end)s."),
        _("Commitment: %(commitment)s"),
        _("Announced as the public value: %(announced)s"),
        _("The public value: %(beacon)s"),
    ]
    return [{"heading": _("The draw"), "lines": [line % facts for line in lines]}]


def _act(*, beside=_the_draw_now, **facts):
    return Act(permission="dialogue.change_meeting", beside=beside, **facts)


ORDER_ACTS = (
    _act(
        name="change-order",
        label=_("Change the order"),
        guidance=_(
            "The order is fixed when the list opens. After that, a change needs a reason, which every inscribed "
            "delegation reads."
        ),
        form=OrderForm,
        perform=_change_terms,
        is_possible=lambda meeting, at: at < meeting.starts_at,
        beside=_the_order_now,
    ),
    _act(
        name="change-classes",
        label=_("Change the classes of levels"),
        guidance=_(
            "The classes of this list alone, fixed when it opened. A change needs a reason, which every inscribed "
            "delegation reads."
        ),
        form=ClassesForm,
        perform=_change_terms,
        is_possible=_has_fixed_terms,
        beside=_the_order_now,
    ),
    _act(
        name="change-place",
        label=_("Change the place of a delegation"),
        guidance=_(
            "The place on this list alone, fixed when it opened: in which band the delegation stands, and whether it "
            "may speak for a group. A change needs a reason, which every inscribed delegation reads."
        ),
        form=PlaceForm,
        perform=_change_terms,
        is_possible=_has_fixed_terms,
        beside=_the_order_now,
    ),
    _act(
        name="commit-draw",
        label=_("Commit to the draw"),
        guidance=_(
            "The system makes a secret that no one sees and publishes its hash now. The commitment cannot be changed, "
            "and it cannot be made after the list opens."
        ),
        form=CommitmentForm,
        perform=_commit,
        is_possible=_waits_for_commitment,
    ),
    _act(
        name="enter-beacon",
        label=_("Enter the public value"),
        guidance=_(
            "Do this after the window. The value decides the draw together with the secret; anyone can check it "
            "against its source."
        ),
        form=BeaconForm,
        perform=_enter_beacon,
        is_possible=_waits_for_draw,
    ),
    _act(
        name="hold-draw",
        label=_("Hold the draw"),
        guidance=_(
            "The secret is revealed. Together with the public value it fixes the order within each class, once and for "
            "all."
        ),
        form=PlainForm,
        perform=_hold,
        is_possible=_waits_for_draw,
    ),
    _act(
        name="draw-lots",
        label=_("Draw the lots"),
        guidance=_(
            "Lots are drawn once, when the list is closed. Delegations entered later stand after those drawn, within "
            "their class."
        ),
        form=PlainForm,
        perform=_draw_lots,
        is_possible=_waits_for_lots,
        beside=_the_order_now,
    ),
)
