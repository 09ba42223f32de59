"""What staff can do to draw the order of a list: carry out a draw at the opening, draw lots.  R-21"""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue import moments
from dialogue.admin.acting import Act, ActForm, PlainForm
from speakers.admin.ordering import the_order_now
from speakers.models import Draw, SpeakersList
from speakers.moves import drawing
from spelling.typed import Line


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


def _draw_of(meeting):
    return meeting.speakers_list.draws.filter(kind=Draw.Kind.OPENING_WINDOW).first()


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


DRAW_ACTS = (
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
        beside=the_order_now,
    ),
)
