"""Staff give the seats of lists by selection, and tell the others: one decision on many, foreseen first.  R-62 R-69

A seat is an ordinary entry of the list, with its receipt, its place and its acknowledgement. Two officers who select at
once wait for each other: the lists are locked, and what each has read is compared with what is so then.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from acts.foreseeing import require_seen
from acts.refusals import Refusal
from journal.actors import Actor
from outbox import posting
from speakers import records
from speakers.entries import inscribing
from speakers.interest import foreseeing
from speakers.interest.expressing import to_inscription
from speakers.interest.foreseeing import Kind, Preview
from speakers.interest.holding import held
from speakers.mail import interest_notices
from speakers.models import Interest, SpeakersList

State = Interest.State
ACTS = {Kind.FIRST: "first choice given", Kind.SECOND: "second choice given"}


class SelectionRefused(Refusal):
    """Nothing was selected and no one was told; the message says why."""


def preview(interests: Sequence[Interest], *, second_alone: bool = False, at: datetime) -> Preview:
    """Who of `interests` of one meeting would be given which seat at its moment `at`, by turn, and why others not."""
    lists = _lists_of(interests)
    return foreseeing.foresee_seats(_fresh(interests), lists, second_alone=second_alone, at=at)


def preview_of_regrets(interests: Sequence[Interest], *, at: datetime) -> Preview:
    """Who of `interests` of one meeting would be mailed at its moment `at` that no seat can be offered."""
    return foreseeing.foresee_regrets(_fresh(interests), _lists_of(interests), at=at)


@posting.together()
def select(
    interests: Sequence[Interest], *, second_alone: bool = False, by: Actor, at: datetime, seen: str | None = None
) -> Preview:
    """Give each of `interests` of one meeting, by turn, a seat on its first choice or, if that is full, on its second.

    With `second_alone`, on its second. `at` is the meeting's moment. Those for whom it is not possible are left, with
    the reason. Journals, on the chains of the choices and of the seats; each is mailed its receipt. A page says what it
    has `seen`; see `require_seen`. Returns what was carried out. Raises `SelectionRefused`.
    """
    with held(interests[0].speakers_list.meeting_id) as lists:
        foreseen = foreseeing.foresee_seats(_fresh(interests), lists, second_alone=second_alone, at=at)
        require_seen(foreseen, seen, SelectionRefused)
        for outcome in foreseen.given:
            _give(outcome, lists, by=by, at=at)
        return foreseen


@posting.together()
def tell_others(
    interests: Sequence[Interest], *, words: str = "", by: Actor, at: datetime, seen: str | None = None
) -> Preview:
    """Tell each of `interests` of one meeting that still waits, in one courteous mail, that no seat can be offered.

    `words` of the secretariat are added to each. Otherwise as `select`; a seat that becomes free can still be given.
    """
    with held(interests[0].speakers_list.meeting_id) as lists:
        foreseen = foreseeing.foresee_regrets(_fresh(interests), lists, at=at)
        require_seen(foreseen, seen, SelectionRefused)
        for interest in foreseen.told:
            before = records.facts_of_interest(interest)
            interest.speakers_list = lists[interest.speakers_list_id]
            witness = _decide(interest, State.NOT_SELECTED, "informed of no seat", before, by=by, at=at, reason=words)
            interest_notices.tell_of_no_seat(interest, words=words, occasion=witness.hash)
        return foreseen


def _give(outcome, lists, *, by, at):
    """Enter the delegation on the list of its seat, and keep with its `interest` that it has one."""
    interest = outcome.interest
    before = records.facts_of_interest(interest)
    interest.speakers_list = lists[interest.speakers_list_id]
    entry = to_inscription(interest, outcome.seat)
    inscribing.prepare(entry, by=by, at=at, key=f"interest/{interest.public_id.hex}", digest=interest.content_digest)
    entry.filed_by_email = interest.filed_by_email
    inscribing.enter(entry, outcome.seat, by=by, act="selected for a seat")
    interest.inscription = entry
    _decide(interest, State.SELECTED, ACTS[outcome.kind], before, by=by, at=at)


def _decide(interest, state, act, before, *, by, at, reason=""):
    interest.state, interest.decided_at = state, at
    interest.save(update_fields=["state", "decided_at", "inscription"])
    return records.record_interest(act, interest, by=by, at=at, before=before, reason=reason)


def _fresh(interests):
    """The `interests` as they are stored now, in their order of arrival."""
    keys = [each.pk for each in interests]
    return list(Interest.objects.with_choices().filter(pk__in=keys).order_by("expressed_at", "pk"))


def _lists_of(interests: Sequence[Interest]) -> Mapping[int, SpeakersList]:
    """The lists by selection of the meeting of `interests`, by their keys (one statement)."""
    meeting = interests[0].speakers_list.meeting_id
    return SpeakersList.objects.with_places().by_selection().filter(meeting=meeting).in_bulk()
