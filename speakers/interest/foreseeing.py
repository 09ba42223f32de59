"""What a selection would become, foreseen from the seats and the choices: who is given which seat, and who is mailed.

Nothing is stored here. A page shows a `Preview` and sends back what it has `shown`; `selecting` compares that under the
lock of the lists and carries out exactly these outcomes.  R-62 R-68 R-69
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db.models import Count
from django.utils.translation import gettext as _

from dialogue import moments
from speakers.entries import inscribing
from speakers.interest import outcome_words
from speakers.interest.expressing import to_inscription
from speakers.models import Inscription, Interest, SpeakersList
from spelling.listing import in_sentences


class Kind(StrEnum):
    """How a selection ends for one delegation."""

    FIRST = "first"
    SECOND = "second"
    TOLD = "told"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """How it ends for the delegation of `interest`: a `seat` on a list, the courteous mail, or a `refusal`, and why."""

    interest: Interest
    kind: Kind
    seat: SpeakersList | None = None
    refusal: str = ""


@dataclass(frozen=True)
class Preview:
    """The `outcomes` in their order, and `warnings`: sentences on lists that are still open."""

    outcomes: Sequence[Outcome]
    warnings: Sequence[str] = ()

    @property
    def given(self) -> list[Outcome]:
        """The outcomes that give a seat."""
        return [outcome for outcome in self.outcomes if outcome.seat is not None]

    @property
    def told(self) -> list[Interest]:
        """Those who would be mailed that no seat can be given."""
        return [outcome.interest for outcome in self.outcomes if outcome.kind == Kind.TOLD]

    @property
    def refusals(self) -> list[str]:
        """Why nothing is done for some, a sentence for each."""
        return [outcome.refusal for outcome in self.outcomes if outcome.kind == Kind.REFUSED]

    @property
    def sentences(self) -> list[str]:
        """Everything the person reads before confirming."""
        return [line for block in outcome_words.blocks(self) for line in [str(block["heading"]), *block["lines"]]]

    @property
    def shown(self) -> str:
        """All outcomes and warnings as a page sends them back."""
        facts = [f"{each.interest.pk} {each.kind} {each.seat and each.seat.pk}" for each in self.outcomes]
        return hashlib.sha256("\n".join([*facts, *self.warnings]).encode()).hexdigest()[:32]


def foresee_seats(
    interests: Sequence[Interest], lists: Mapping[int, SpeakersList], *, second_alone: bool, at: datetime
) -> Preview:
    """Who of `interests`, in this order, would be given a seat on which of the `lists` at their meeting's moment `at`.

    That of the first choice; if it has none left, that of the second; with `second_alone`, only that (two statements).
    """
    room = _Room.of(lists)
    outcomes = [_seated(each, lists, room, second_alone=second_alone, at=at) for each in interests]
    return Preview(outcomes, _still_open([each.seat for each in outcomes if each.seat], at))


def foresee_regrets(interests: Sequence[Interest], lists: Mapping[int, SpeakersList], *, at: datetime) -> Preview:
    """Who of `interests` would be mailed that no seat can be given, at their meeting's moment `at` (one statement)."""
    outcomes = [_regretted(each) for each in interests]
    waited_for = [lists[each.interest.speakers_list_id] for each in outcomes if each.kind == Kind.TOLD]
    return Preview(outcomes, _still_open(waited_for, at))


def seats_taken(lists: Mapping[int, SpeakersList]) -> dict[int, int]:
    """How many entries stand on each of `lists`, by the key of the list (one statement)."""
    standing = Inscription.objects.standing().filter(speakers_list__in=lists).order_by()
    return dict(standing.values_list("speakers_list").annotate(Count("pk")))


@dataclass
class _Room:
    """The seats left on each list, and the delegations that have one there, after the outcomes so far."""

    left: dict[int, int]
    seated: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def of(cls, lists: Mapping[int, SpeakersList]) -> "_Room":
        taken = seats_taken(lists)
        left = {key: each.seats_by_selection - taken.get(key, 0) for key, each in lists.items()}
        national = Inscription.objects.standing().filter(speakers_list__in=lists, capacity="national").order_by()
        return cls(left, set(national.values_list("speakers_list", "delegation")))


def _seated(interest, lists, room, *, second_alone, at):
    """The `Outcome` of selecting `interest`, for which the `room` is then counted."""
    if refusal := _decided(interest):
        return Outcome(interest, Kind.REFUSED, refusal=refusal)
    choices = {Kind.FIRST: interest.speakers_list_id, Kind.SECOND: interest.second_choice_id}
    if second_alone:
        del choices[Kind.FIRST]
    reasons = []
    for kind, key in choices.items():
        if key is None:
            continue
        if not (reason := _obstacle(interest, lists[key], room, at=at)):
            room.left[key] -= 1
            room.seated.add((key, interest.delegation_id))
            return Outcome(interest, kind, lists[key])
        reasons.append(reason)
    words = _("%(delegation)s: %(reasons)s")
    told = in_sentences(reasons) or _("It has no second choice.")
    return Outcome(interest, Kind.REFUSED, refusal=words % {"delegation": interest.delegation, "reasons": told})


def _obstacle(interest, speakers_list, room, *, at):
    """Why its delegation cannot be given a seat on `speakers_list`, as a sentence; empty if it can."""
    facts = {"list": speakers_list.name}
    if at >= speakers_list.meeting.ends_at:
        return _("The meeting is over.")
    if (speakers_list.pk, interest.delegation_id) in room.seated:
        return _("It already has a seat on “%(list)s”.") % facts
    if room.left[speakers_list.pk] <= 0:
        return _("“%(list)s” has no seat left.") % facts
    refusal = inscribing.objection_to_delegation(to_inscription(interest, speakers_list))
    return str(refusal) if refusal else ""


def _regretted(interest):
    if interest.is_waiting:
        return Outcome(interest, Kind.TOLD)
    words = _("%(delegation)s: %(state)s.")
    facts = {"delegation": interest.delegation, "state": interest.get_state_display()}
    return Outcome(interest, Kind.REFUSED, refusal=words % facts)


def _decided(interest):
    if interest.may_be_selected:
        return ""
    words = _("%(delegation)s: %(state)s.")
    return words % {"delegation": interest.delegation, "state": interest.get_state_display()}


def _still_open(lists, at):
    """A sentence for each of `lists` on which interest can still be expressed."""
    words = _("Interest in “%(list)s” can still be expressed, until %(moment)s: others may ask for a seat until then.")
    found = {each.pk: each for each in lists if each.accepts_inscriptions(at)}
    return [
        words % {"list": each.name, "moment": moments.in_words(each.closes_at, each.meeting)} for each in found.values()
    ]
