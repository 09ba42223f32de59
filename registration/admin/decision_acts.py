"""Approving, the waiting list, declining and releasing, on one or on many: the page shows what it becomes.  R-47 R-50

A form here holds in `seen` what its page has shown.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

import clock
from dialogue.admin.acting import Act
from journal.actors import Actor
from registration.admin.fields import words_field
from registration.decisions import deciding, outcome_words, releasing, selecting
from registration.decisions.outcomes import Kind, Words
from registration.models import Representative, TicketRequest
from registration.models.representative import State
from registration.refusals import TicketRefused
from speakers.admin.moving import MoveForm
from spelling.listing import in_sentences


class PreviewForm(MoveForm):
    """A form whose page shows a `preview` of what the act becomes for its subject."""

    def __init__(self, *args: Any, subject: Any, **kwargs: Any) -> None:
        self.subject = subject
        self.preview: Any = self.foresee()
        super().__init__(*args, subject=subject, initial={"seen": self.preview.shown}, **kwargs)

    def foresee(self) -> Any:
        """What the act becomes, with what its page sends back as `shown`."""
        raise NotImplementedError

    def blocks(self) -> list[dict[str, Any]]:
        """What the page shows beside the form."""
        return outcome_words.blocks(self.preview)


class PeopleForm(PreviewForm):
    """A form on one representative or a list of them."""

    def __init__(self, *args: Any, subject: Any, **kwargs: Any) -> None:
        self.people: list[Representative] = subject if isinstance(subject, list) else [subject]
        self.at = self.people[0].meeting.moment(clock.now())
        super().__init__(*args, subject=subject, **kwargs)


class ApprovalForm(PeopleForm):
    """Words for those who are approved, and others for those who go on the waiting list because no seat is left."""

    words = words_field(required=False, label=_("Your words to the approved"))
    waiting_words = words_field(required=False, label=_("Your words to those on the waiting list"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in {"words": Kind.APPROVED, "waiting_words": Kind.WAITLISTED}.items():
            if not self.preview.people(kind):
                self.fields[name].widget = forms.HiddenInput()

    def foresee(self) -> Any:
        return deciding.preview(self.people, State.APPROVED, at=self.at)


class WaitingForm(PeopleForm):
    words = words_field(required=False)

    def foresee(self) -> Any:
        return deciding.preview(self.people, State.WAITLISTED, at=self.at)


class RefusalForm(PeopleForm):
    words = words_field()

    def foresee(self) -> Any:
        return deciding.preview(self.people, State.DECLINED, at=self.at)


class SelectionForm(PeopleForm):
    words = words_field(required=False)

    def foresee(self) -> Any:
        return selecting.preview(self.people, at=self.at)


class ReleaseForm(PeopleForm):
    """The mails of each kind, counted, with one to read: nothing is typed."""

    def foresee(self) -> Any:
        return releasing.batch_of(self.people)

    def blocks(self) -> list[dict[str, Any]]:
        found = self.preview.blocks(at=clock.now())
        if number := releasing.vouchers_with(self.preview):
            words = ngettext(
                "%(count)d link to a voucher is mailed with them.",
                "%(count)d links to vouchers are mailed with them.",
                number,
            )
            found.append({"heading": words % {"count": number}, "lines": [_("Each to its person alone.")]})
        if lines := _without_mail(self.people, self.preview):
            found.append({"heading": _("No mail waits to be released."), "lines": lines})
        return found


class GrantForm(MoveForm):
    """How many of the request's undecided representatives receive a seat, and what becomes of the others.  R-46

    What it becomes is shown once the number is typed, and confirmed then.
    """

    seats = forms.IntegerField(label=_("Seats to grant"), min_value=0, max_value=1000)
    others = forms.ChoiceField(
        label=_("The others"),
        choices=[
            (State.CONFIRMED, _("stay as they are")),
            (State.WAITLISTED, _("go on the waiting list")),
            (State.DECLINED, _("are declined, with your words to the declined")),
        ],
    )
    words = words_field(required=False, label=_("Your words to the approved"))
    waiting_words = words_field(required=False, label=_("Your words to those on the waiting list"))
    decline_words = words_field(required=False, label=_("Your words to the declined"))


def words_of(decision: State, typed: dict[str, Any]) -> Words:
    """What was typed for each outcome of a `decision`."""
    if decision == State.APPROVED:
        return Words(approved=typed["words"], waitlisted=typed["waiting_words"])
    return Words(**{str(decision): typed["words"]})


def decide(
    people: list[Representative], decision: State, typed: dict[str, Any], by: Actor, at: datetime
) -> tuple[list[str], list[str]]:
    """Carry the `decision` out as its page has shown it. Returns what was done, and what was not, in sentences."""
    done = deciding.decide(people, decision, words=words_of(decision, typed), seen=typed["seen"], by=by, at=at)
    return outcome_words.done(done), done.refusals


def release(
    people: list[Representative], typed: dict[str, Any], by: Actor, at: datetime
) -> tuple[list[str], list[str]]:
    """Release the mails as their page has shown them. Returns what was done, and for whom no mail waited."""
    batch = releasing.release_all(people, seen=typed["seen"], by=by, at=at)
    number = len(batch.messages)
    if not number:
        raise TicketRefused(_("No mail waits to be released."))
    words = ngettext("%(count)d mail is released.", "%(count)d mails are released.", number)
    return [words % {"count": number}], _without_mail(people, batch)


def select(people: list[Representative], typed: dict[str, Any], by: Actor, at: datetime) -> tuple[list[str], list[str]]:
    """Select `people` to speak as their page has shown it. Returns what was done, and what was not, in sentences."""
    done = selecting.select_all(people, words=typed["words"], seen=typed["seen"], by=by, at=at)
    return outcome_words.done(done), done.refusals


def _without_mail(people, batch):
    words = gettext("No mail about %(name)s waits to be released.")
    return [words % {"name": person} for person in releasing.without_mail(people, batch)]


# What is shown after a decision on one, by the decision and how it ended.
DONE = {
    (State.APPROVED, Kind.APPROVED): _("Approved. The mail is a draft until you release it."),
    (State.APPROVED, Kind.WAITLISTED): _(
        "No seat is free: put on the waiting list. The mail is a draft until you release it."
    ),
    (State.WAITLISTED, Kind.WAITLISTED): _("On the waiting list. The mail is a draft until you release it."),
    (State.DECLINED, Kind.DECLINED): _("Declined. The mail is a draft until you release it."),
}


def _decide_one(decision):
    def perform(representative: Representative, typed: dict[str, Any], by: Actor, at: datetime) -> str:
        words = words_of(decision, typed)
        done = deciding.decide([representative], decision, words=words, seen=typed["seen"], by=by, at=at)
        if done.refusals:
            raise TicketRefused(done.refusals[0])
        return in_sentences([DONE[decision, done.outcomes[0].kind], *outcome_words.offered(done)])

    return perform


def _release_one(representative, typed, by, at):
    done, _without = release([representative], typed, by, at)
    return in_sentences(done)


def _grant(request: TicketRequest, typed: dict[str, Any], by: Actor, at: datetime) -> str:
    words = Words(typed["words"], typed["waiting_words"], typed["decline_words"])
    facts = {"seats": typed["seats"], "others": typed["others"], "seen": typed["seen"]}
    done = deciding.grant(request, **facts, words=words, by=by, at=at)
    return in_sentences([*outcome_words.done(done), _("The mails are drafts until you release them.")])


def _is_undecided(representative, _at):
    return representative.state in deciding.UNDECIDED


def _may_be_declined(representative, _at):
    return representative.state in [*deciding.UNDECIDED, State.APPROVED]


def _act(**facts):
    return Act(permission="registration.change_representative", **facts)


DECISION_ACTS = (
    _act(
        name="approve",
        label=_("Approve"),
        guidance=_(
            "Gives a seat and a voucher. A person for whom no seat is free goes on the waiting list instead, with the "
            "words for that."
        ),
        form=ApprovalForm,
        perform=_decide_one(State.APPROVED),
        is_possible=_is_undecided,
    ),
    _act(
        name="waitlist",
        label=_("Waiting list"),
        guidance=_("The place depends on when the address was confirmed, not on when you decide."),
        form=WaitingForm,
        perform=_decide_one(State.WAITLISTED),
        is_possible=lambda representative, _at: representative.state == State.CONFIRMED,
    ),
    _act(
        name="decline",
        label=_("Decline"),
        guidance=_("In your own words, which the representative and the focal point read."),
        form=RefusalForm,
        perform=_decide_one(State.DECLINED),
        is_possible=_may_be_declined,
    ),
    _act(
        name="release",
        label=_("Release the mail"),
        guidance=_("Sends the drafts shown here. From then on the person also sees the decision on the pages."),
        form=ReleaseForm,
        perform=_release_one,
        is_possible=lambda representative, _at: releasing.drafts_of([representative]).exists(),
    ),
)

REQUEST_ACTS = (
    _act(
        name="grant",
        label=_("Grant m of n"),
        guidance=_(
            "Grants a number of seats in the order of confirmation. You also choose what becomes of the others. The "
            "page then says who would be what; a second press does it."
        ),
        form=GrantForm,
        perform=_grant,
        is_possible=lambda request, _at: request.representatives.filter(state__in=deciding.UNDECIDED).exists(),
    ),
)
