"""What staff can do to a whole list: move the deadline, close, reopen; shift a rehearsal's clock.  R-02 R-04"""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dialogue import moments
from dialogue.admin.acting import Act, ActForm, moment_field, reason_field
from speakers.admin.moving import MoveForm
from speakers.entries import deadlines
from speakers.list_state import closing_sentence
from speakers.mail import foreseen
from speakers.models import Interest


class DeadlineForm(MoveForm):
    """A new deadline. Before anyone is mailed, the page shows whom, and what, and what looks odd about it."""

    closes_at = moment_field(
        label=_("New deadline"), help_text=_("The list accepts inscriptions until just before this moment.")
    )
    reason = reason_field(help_text=_("Everyone who is mailed reads it."))
    seen = forms.CharField(label=_("I have checked this and want it"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, initial={"closes_at": subject.speakers_list.closes_at}, **kwargs)

    def blocks(self) -> list[dict[str, Any]]:
        """Once it asks, the mails as they would read."""
        if not self.only_asks:
            return []
        typed = {name: self.cleaned_data[name] for name in ("closes_at", "reason")}
        return foreseen.of_deadline(self.subject.speakers_list, **typed)


class AnnouncedForm(MoveForm):
    """A single button. The page shows what the closing does, and the form says so; if that changed, it asks again."""

    def __init__(self, *args, subject, **kwargs):
        shown = deadlines.foresee_closing(subject.speakers_list).shown
        super().__init__(*args, subject=subject, initial={"seen": shown}, **kwargs)


class ReasonForm(ActForm):
    reason = reason_field(help_text=_("It is kept in the journal."))


class ClosingForm(AnnouncedForm, ReasonForm):
    """A closing for a reason, whose page shows what it does."""


class ClockForm(ActForm):
    """The moment the rehearsal's clock is to show; empty for the real time."""

    now = moment_field(label=_("Show this time in the rehearsal"), required=False)


def _change_deadline(meeting, typed, by, at):
    return _deadline_in_words(deadlines.change_deadline(meeting.speakers_list, **typed, by=by, at=at))


def _reopen(meeting, typed, by, at):
    return _deadline_in_words(deadlines.reopen(meeting.speakers_list, **typed, by=by, at=at))


def _what_closing_does(meeting, at):
    """Beside a closing: what it does, how the list stands, and the first of its mails.  R-63 R-69"""
    lines = deadlines.foresee_closing(meeting.speakers_list).sentences
    told = {"heading": _("What the closing does"), "lines": lines}
    return [told, *_clock_and_count(meeting, at), *foreseen.of_closing(meeting.speakers_list, at=at)]


def _deadline_in_words(meeting):
    if meeting.speakers_list.is_by_selection:
        words = _(
            "Interest can now be expressed until %(moment)s. The delegations that have expressed it are being notified."
        )
    else:
        words = _("Inscription now closes on %(moment)s. The inscribed delegations are being notified.")
    return words % {"moment": moments.in_words(meeting.speakers_list.closes_at, meeting)}


def _close(meeting, typed, by, at):
    deadlines.close_by_hand(meeting.speakers_list, **typed, by=by, at=at)
    if meeting.speakers_list.is_by_selection:
        return _("Interest can no longer be expressed. The seats can be given now.")
    return _("The list of speakers is closed. The established list is frozen and is being sent out.")


def _close_as_announced(meeting, typed, by, at):
    deadlines.close_as_announced(meeting.speakers_list, seen=typed["seen"], by=by, at=at)
    return _("The list of speakers is closed, as announced. The established list is frozen and is being sent out.")


def _shift_clock(meeting, typed, by, at):
    real = at - meeting.clock_shift
    shift = typed["now"] - real if typed["now"] else timedelta(0)
    deadlines.shift_clock(meeting.speakers_list, shift=shift, by=by, at=real)
    if not typed["now"]:
        return _("The rehearsal runs on real time again.")
    return _("The rehearsal’s clock now shows %(moment)s.") % {"moment": moments.in_words(typed["now"], meeting)}


def _is_open(meeting, at):
    return meeting.speakers_list.accepts_inscriptions(at) and not meeting.speakers_list.closes_when_announced


def _awaits_the_chair(meeting, at):
    return meeting.speakers_list.accepts_inscriptions(at) and meeting.speakers_list.closes_when_announced


def _is_before_deadline(meeting, at):
    return meeting.speakers_list.closed_at is None and at < meeting.speakers_list.closes_at_latest


def _clock_and_count(meeting, at):
    """Beside every deadline form: the meeting's time now, the deadline, and how many are inscribed."""
    standing = meeting.speakers_list.inscriptions.standing().count()
    counted = ngettext("%(count)d entry holds a place.", "%(count)d entries hold a place.", standing)
    lines = [
        _("It is now %(moment)s.") % {"moment": moments.in_words(at, meeting)},
        closing_sentence(meeting.speakers_list),
        _("The meeting starts on %(moment)s.") % {"moment": moments.in_words(meeting.starts_at, meeting)},
        counted % {"count": standing},
    ]
    if meeting.speakers_list.is_by_selection:
        waiting = Interest.objects.waiting().choosing(meeting.speakers_list).count()
        words = ngettext(
            "%(count)d expression of interest awaits the selection.",
            "%(count)d expressions of interest await the selection.",
            waiting,
        )
        lines.append(words % {"count": waiting})
    return [{"heading": _("As it stands"), "lines": lines}]


def _deadline_act(*, beside=_clock_and_count, **facts):
    return Act(permission="dialogue.change_meeting", beside=beside, **facts)


DEADLINE_ACTS = (
    _deadline_act(
        name="change-deadline",
        label=_("Change the deadline"),
        guidance=_("A change removes no entry. You read the mail about it before it is sent."),
        form=DeadlineForm,
        perform=_change_deadline,
        is_possible=_is_before_deadline,
    ),
    _deadline_act(
        name="close-list",
        label=_("Close the list now"),
        guidance=_("This closes the list before its deadline."),
        form=ClosingForm,
        perform=_close,
        beside=_what_closing_does,
        is_possible=_is_open,
    ),
    _deadline_act(
        name="close-as-announced",
        label=_("Close the list, as announced"),
        guidance=_("For a list that stays open into the debate: press this when the Chair has announced its closing."),
        form=AnnouncedForm,
        perform=_close_as_announced,
        beside=_what_closing_does,
        is_possible=_awaits_the_chair,
    ),
    _deadline_act(
        name="reopen-list",
        label=_("Reopen the list"),
        guidance=_("Every revision of the list remains. You read the mail about it before it is sent."),
        form=DeadlineForm,
        perform=_reopen,
        is_possible=lambda meeting, at: not _is_before_deadline(meeting, at),
    ),
    _deadline_act(
        name="shift-clock",
        label=_("Shift the rehearsal’s clock"),
        guidance=_(
            "To see what happens at another time, for instance just before the deadline. Only this rehearsal is "
            "affected. Leave the field empty for the real time."
        ),
        form=ClockForm,
        perform=_shift_clock,
        is_possible=lambda meeting, _at: meeting.is_rehearsal,
    ),
)
