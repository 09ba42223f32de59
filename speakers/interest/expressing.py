"""Expressing interest in a seat on a list, with a second choice; changing and withdrawing it.  R-02 R-09 R-59 R-62"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from acts.refusals import Refusal
from dialogue import moments
from journal.actors import UNVERIFIED_PERSON, Actor
from speakers import records
from speakers.entries import inscribing, opening
from speakers.interest.holding import held
from speakers.mail import interest_notices
from speakers.models import Delegation, Inscription, Interest, SpeakersList
from speakers.models.filing import FILED

State = Interest.State


class InterestRefused(Refusal):
    """The interest cannot be expressed, changed or withdrawn; the message says why and what to do."""


def express(interest: Interest, *, by: Actor, arrived_at: datetime, key: str, digest: str) -> Interest:
    """Record an unsaved `interest` of a delegation, for staff to select.  R-02 R-09 R-59

    `by` is the `Actor` whose address the credential proved, a focal point of the delegation. `arrived_at` is the
    meeting's moment, read before any waiting. The form with this `key` sent again returns the first (`digest` is that
    of its content). Journals on the chain of the first choice; acknowledges by mail, and notifies the officer. Returns
    the stored interest. Raises `InterestRefused` or `inscribing.InscriptionRefused`, storing and sending nothing.
    """
    interest.filed_by_email, interest.expressed_at = by.name, arrived_at
    interest.idempotency_key, interest.content_digest = key, digest
    with held(interest.speakers_list.meeting_id) as lists:
        if first := Interest.objects.filter(speakers_list=interest.speakers_list_id, idempotency_key=key).first():
            return _same(first, digest)
        _take(interest, lists)
        if refusal := _objection_to_actor(by) or objection(interest, lists, at=arrived_at):
            raise refusal
        opening.fix_terms(interest.speakers_list, at=arrived_at)
        interest.take_name()
        interest.save(force_insert=True)
        witness = records.record_interest("interest expressed", interest, by=by, at=arrived_at)
        interest_notices.acknowledge(interest, occasion=witness.hash)
        return interest


def change(interest: Interest, changes: Mapping[str, Any], *, by: Actor, at: datetime) -> Interest:
    """Let the waiting `interest` have the `changes`, values by field, until the deadline of its first choice.

    What the fields hold already is no change, and neither journalled nor mailed. As `express` otherwise.
    """
    with held(interest.speakers_list.meeting_id) as lists:
        found = _now(interest, lists)
        if not found.is_waiting:
            raise _over(found)
        before, former = records.facts_of_interest(found), found.second_choice_id
        for name, value in changes.items():
            setattr(found, name, value)
        _take(found, lists)
        refusal = _objection_to_moment(found, at=at)
        if found.second_choice_id != former:
            refusal = refusal or _objection_to_second(found, lists, at=at)
        if refusal:
            raise refusal
        if records.facts_of_interest(found) != before:
            found.save()
            witness = records.record_interest("interest changed", found, before=before, by=by, at=at)
            interest_notices.acknowledge(found, occasion=witness.hash)
        return found


def withdraw(interest: Interest, *, by: Actor, at: datetime) -> Interest:
    """Withdraw the `interest` for its delegation, as long as a seat may be given; after the deadline too, as R-05.

    So may one that was told of no seat: its delegation is then free for another first choice. Journals; mails the
    delegation and the officer. Raises `InterestRefused`.
    """
    with held(interest.speakers_list.meeting_id) as lists:
        found = _now(interest, lists)
        if not found.may_be_selected:
            raise _over(found)
        before = records.facts_of_interest(found)
        found.state, found.decided_at = State.WITHDRAWN, at
        found.save(update_fields=["state", "decided_at"])
        witness = records.record_interest("interest withdrawn", found, before=before, by=by, at=at)
        interest_notices.confirm_withdrawal(found, occasion=witness.hash)
        return found


def objection(interest: Interest, lists: Mapping[int, SpeakersList], *, at: datetime) -> Refusal | None:
    """Why the unsaved `interest` cannot be expressed at the meeting's moment `at`: a refusal, or None.

    `lists` are those of its meeting whose seats are given by selection, by their keys.
    """
    if interest.speakers_list_id not in lists:
        words = _("On “%(list)s” seats are not given by selection. Please inscribe on it.")
        return InterestRefused(words % {"list": interest.speakers_list.name})
    return (
        _objection_to_moment(interest, at=at)
        or inscribing.objection_to_delegation(to_inscription(interest, interest.speakers_list))
        or _objection_to_seat(interest, interest.speakers_list, None)
        or _objection_to_another(interest)
        or _objection_to_second(interest, lists, at=at)
    )


def to_inscription(interest: Interest, speakers_list: SpeakersList) -> Inscription:
    """An unsaved `Inscription` on `speakers_list` with the content of the `interest`."""
    filed = {name: getattr(interest, name) for name in FILED}
    return Inscription(speakers_list=speakers_list, delegation=interest.delegation, **filed)


def seat_of(interest: Interest, speakers_list: SpeakersList) -> int | None:
    """The receipt number under which its delegation stands on `speakers_list` in national capacity, or None."""
    own = speakers_list.inscriptions.standing().filter(delegation=interest.delegation_id, capacity=interest.capacity)
    return own.values_list("receipt_no", flat=True).first()


def why_closed(speakers_list: SpeakersList, at: datetime) -> str:
    """Why interest in a seat on `speakers_list` cannot be expressed at the meeting's moment `at`, and what to do."""
    facts = {"list": speakers_list.name}
    if at < speakers_list.opens_at:
        facts["moment"] = moments.in_words(speakers_list.opens_at, speakers_list.meeting)
        return _("Interest in “%(list)s” can be expressed from %(moment)s.") % facts
    facts["moment"] = moments.in_words(speakers_list.inscription_ends_at, speakers_list.meeting)
    return _("Interest in “%(list)s” could be expressed until %(moment)s. Please write to the secretariat.") % facts


def _same(first, digest):
    """The expression that this form made before, or a refusal if its content differs.  R-09"""
    if first.content_digest == digest:
        return first
    raise InterestRefused(_("This form was already sent with different content. Nothing was changed."))


def _take(interest, lists):
    """Let `interest` have its two lists as they are now, where they are among the locked `lists`."""
    interest.speakers_list = lists.get(interest.speakers_list_id, interest.speakers_list)
    if interest.second_choice_id:
        interest.second_choice = lists.get(interest.second_choice_id, interest.second_choice)


def _now(interest, lists):
    """The stored `interest` as it is now."""
    found = Interest.objects.with_choices().get(pk=interest.pk)
    _take(found, lists)
    return found


def _over(found):
    return InterestRefused(_("This is over: %(state)s.") % {"state": found.get_state_display()})


def _objection_to_actor(by):
    """Only an address on record expresses the interest of a delegation.  R-11 R-59"""
    if by.role != UNVERIFIED_PERSON:
        return None
    words = _(
        "Your address is not on record for a delegation. Please write to the secretariat, which can put it there."
    )
    return InterestRefused(words)


def _objection_to_moment(interest, *, at):
    if interest.speakers_list.accepts_inscriptions(at):
        return None
    return InterestRefused(why_closed(interest.speakers_list, at))


def _objection_to_seat(interest, speakers_list, field):
    number = seat_of(interest, speakers_list)
    if number is None:
        return None
    words = _("%(delegation)s already has a seat on “%(list)s” (receipt %(number)d).")
    facts = {"delegation": interest.delegation, "list": speakers_list.name, "number": number}
    return InterestRefused(words % facts, field)


def has_expressed(delegations: Collection[Delegation], interests: Iterable[Interest]) -> bool:
    """Has the only one of the `delegations` its first choice at a meeting, where these are its `interests`?"""
    return len(delegations) == 1 and any(each.may_be_selected for each in interests)


def _objection_to_another(interest):
    """A delegation has one first choice at a meeting."""
    at_the_meeting = Interest.objects.standing().filter(speakers_list__meeting=interest.speakers_list.meeting_id)
    other = at_the_meeting.filter(delegation=interest.delegation_id).with_choices().first()
    if other is None:
        return None
    words = _(
        "%(delegation)s has already expressed its interest, with “%(list)s” as its first choice. Change that one, or "
        "withdraw it first."
    )
    return InterestRefused(words % {"delegation": interest.delegation, "list": other.speakers_list.name})


def _objection_to_second(interest, lists, *, at):
    """Why the second choice cannot be that: a refusal, or None."""
    second = interest.second_choice
    if second is None:
        return None
    if second.pk == interest.speakers_list_id:
        return InterestRefused(_("Choose another list than the first."), "second_choice")
    if second.pk not in lists:
        words = _("The second choice is a list of this meeting whose seats are given by selection.")
        return InterestRefused(words, "second_choice")
    if not second.accepts_inscriptions(at):
        return InterestRefused(why_closed(second, at), "second_choice")
    if refusal := inscribing.objection_to_delegation(to_inscription(interest, second)):
        return InterestRefused(str(refusal), "second_choice")
    return _objection_to_seat(interest, second, "second_choice")
