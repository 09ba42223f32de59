"""Deciding on representatives: approve, put on the waiting list, decline, reconsider; m of n of a request.

R-47 R-48 R-50. Each decision is a mail that waits for staff to release it; until then the person is shown the state
that was last notified. What each decision becomes for each person is in `outcomes`.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acts.foreseeing import require_seen
from journal.actors import Actor
from registration import states
from registration.decisions import outcomes
from registration.decisions.outcomes import UNDECIDED, Kind, Preview, Words
from registration.locking import fresh, fresh_people, locked_terms
from registration.mail import notices
from registration.models import Representative, Ticketing, TicketRequest
from registration.models.representative import State
from registration.refusals import TicketRefused
from registration.requests import confirming, vouchers, waiting

NO_WORDS = Words()


def preview(people: Sequence[Representative], decision: State, *, at: datetime) -> Preview:
    """What the `decision` would become for `people` of one meeting at its moment `at` (three statements)."""
    ticketing = Ticketing.objects.select_related("meeting").get(meeting=people[0].meeting_id)
    return outcomes.foresee([(person, decision) for person in people], ticketing, at=at)


def decide(
    people: Sequence[Representative], decision: State, *, words: Words, seen: str | None = None, by: Actor, at: datetime
) -> Preview:
    """Bring `people` of one meeting into the state `decision`, by turn, under one lock.  R-47 R-48 R-50

    Beyond the seats an approval becomes a place on the waiting list; a person for whom the decision is not possible is
    left as it is, with the reason in the outcome. The `words` of each outcome are added to its mail. A page says what
    it has `seen` of the outcomes; see `require_seen`. Free seats are offered once all is decided. Journals, and
    drafts the mails. Returns the `Preview` that was carried out. Raises `TicketRefused`.
    """
    if decision == State.DECLINED and not words.declined.strip():
        raise TicketRefused(_("Enter your words: the person will read them."), "words")
    with locked_terms(people[0].meeting_id) as ticketing:
        wishes = [(person, decision) for person in fresh_people(people, ticketing)]
        return _carry_out(wishes, ticketing, words=words, seen=seen, by=by, at=at)


def approve(
    representative: Representative, *, by: Actor, at: datetime, words: str = "", waiting_words: str = ""
) -> Representative:
    """Give `representative` a seat and a voucher; without a free seat, a place on the waiting list.  R-48 R-50

    A representative who already holds a seat (offered, or reviewed again after an amendment) keeps it. `words` are
    staff's own and are added to the mail of an approval, `waiting_words` to that of the waiting list. Journals and
    drafts the mail. Returns the representative, now `approved` or `waitlisted`. Raises `TicketRefused` if there is
    nothing to decide.
    """
    return _decide_one(representative, State.APPROVED, words=Words(words, waiting_words), by=by, at=at)


def waitlist(representative: Representative, *, by: Actor, at: datetime, words: str = "") -> Representative:
    """Put `representative` on the waiting list, in the turn of its confirmation.  R-48

    Journals and drafts the mail. Raises `TicketRefused`, even if only because a free seat would be offered to it at
    once.
    """
    return _decide_one(representative, State.WAITLISTED, words=Words(waitlisted=words), by=by, at=at)


def decline(representative: Representative, *, words: str, by: Actor, at: datetime) -> Representative:
    """Decline `representative` in staff's own `words`, which are mandatory and are added to the mail.  R-47 R-48

    An approved representative can be declined too, until the manifest. A voucher that the person knows of is revoked
    when the mail is released (`releasing`); a seat that was held goes to the waiting list. Journals and drafts the
    mail. Raises `TicketRefused`.
    """
    return _decide_one(representative, State.DECLINED, words=Words(declined=words), by=by, at=at)


def reconsider(representative: Representative, *, reason: str, by: Actor, at: datetime) -> Representative:
    """Put a declined `representative` under review again, in the old turn, for a mandatory `reason`.  R-48

    The mail of the refusal is discarded if it was not released. A person who had been notified of an approval or of the
    waiting list is notified of the review, and the voucher is revoked. Journals. Raises `TicketRefused`, among other
    cases if the address has meanwhile been confirmed for another representative (R-49).
    """
    if not reason.strip():
        raise TicketRefused(_("Give the reason: it is kept in the journal."), "reason")

    with locked_terms(representative.meeting_id) as ticketing:
        kept = fresh(representative, ticketing)
        if rival := confirming.rival_of(kept):
            words = _("The address of %(name)s is now used by %(rival)s.")
            raise TicketRefused(words % {"name": kept, "rival": rival})
        told = kept.shown_state
        notices.take_back_draft(kept)
        vouchers.revoke(kept, at=at)
        witness = states.move(kept, State.CONFIRMED, act="reconsidered", by=by, at=at, reason=reason)
        notices.tell_of_review(kept, told, witness=witness, is_reconsidered=True)
        return kept


def grant(
    request: TicketRequest,
    *,
    seats: int,
    others: str,
    words: Words = NO_WORDS,
    seen: str | None = None,
    by: Actor,
    at: datetime,
) -> Preview:
    """Approve the first `seats` of the undecided representatives of `request`, by turn; m of n.  R-46 R-48 R-50

    The `others` become `waitlisted` or `declined`, or stay `confirmed`, under review. All under one lock, or none: a
    refusal of one refuses all. `words` and `seen` as for `decide`. Returns the `Preview` that was carried out. Raises
    `TicketRefused`.
    """
    with locked_terms(request.meeting_id) as ticketing:
        undecided = fresh_people(request.representatives.filter(state__in=UNDECIDED), ticketing)
        if not undecided or not 0 <= seats <= len(undecided):
            refusal = ngettext(
                "%(count)d representative of this request is waiting for a decision.",
                "%(count)d representatives of this request are waiting for a decision.",
                len(undecided),
            )
            raise TicketRefused(refusal % {"count": len(undecided)}, "seats")
        if others == State.DECLINED and seats < len(undecided) and not words.declined.strip():
            raise TicketRefused(_("Enter your words: the person will read them."), "decline_words")
        wishes = [(each, State.APPROVED) for each in undecided[:seats]]
        wishes += [(each, _wish(each, State(others))) for each in undecided[seats:]]
        return _carry_out(wishes, ticketing, words=words, seen=seen, by=by, at=at, is_whole=True)


def _wish(representative, others):
    """The state that one of the `others` of a request is brought into, or None if it is left as it is."""
    is_there = others == State.CONFIRMED or others == representative.state
    return None if is_there else others


def _decide_one(representative, decision, *, words, by, at):
    """Take the `decision` on one `representative`; raises its refusal. Returns it, read again."""
    [outcome] = decide([representative], decision, words=words, by=by, at=at).outcomes
    if outcome.refusal:
        raise TicketRefused(outcome.refusal)
    return outcome.person


def _carry_out(wishes, ticketing, *, words, seen, by, at, is_whole=False):
    """Foresee the outcomes of `wishes`, compare them with those `seen`, carry them out; `is_whole`: all, or none."""
    foreseen = outcomes.foresee(wishes, ticketing, at=at)
    if is_whole and foreseen.refusals:
        raise TicketRefused(foreseen.refusals[0])
    require_seen(foreseen, seen, TicketRefused)
    acts = {Kind.APPROVED: _approve, Kind.WAITLISTED: _wait, Kind.DECLINED: _decline}
    for outcome in foreseen.outcomes:
        if act := acts.get(outcome.kind):
            act(outcome.person, words, by=by, at=at)
    if foreseen.offered:
        waiting.offer_seats(ticketing, at=at)
    return foreseen


def _approve(kept, words, *, by, at):
    told = kept.shown_state
    witness = states.move(kept, State.APPROVED, act="approved", by=by, at=at, reason=words.approved)
    vouchers.issue(kept, at=at)
    _draft("approved", kept, told, witness=witness, words=words.approved)


def _wait(kept, words, *, by, at):
    """Put `kept` on the waiting list, without the seat that it may have held while under review again."""
    told = kept.shown_state
    witness = states.move(kept, State.WAITLISTED, act="put on the waiting list", by=by, at=at, reason=words.waitlisted)
    position = waiting.position(kept)
    _draft("waitlisted", kept, told, witness=witness, words=words.waitlisted, position=position)


def _decline(kept, words, *, by, at):
    """Decline `kept`; a voucher that the person does not know of yet is revoked at once."""
    told = kept.shown_state
    if told not in vouchers.SHOWN_IN:
        vouchers.revoke(kept, at=at)
    witness = states.move(kept, State.DECLINED, act="declined", by=by, at=at, reason=words.declined)
    _draft("declined", kept, told, witness=witness, words=words.declined)


def _draft(name, kept, told, *, witness, words, **context):
    """Draft the mail of a decision, replacing an earlier draft that was not released."""
    notices.take_back_draft(kept)
    kept.decision = notices.draft(name, kept, witness=witness, words=words, **context)
    kept.told_state = told
    kept.save(update_fields=["decision", "told_state"])
