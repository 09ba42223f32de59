"""Swaps: A proposes, B accepts by its own sign-in, staff approve where the meeting says so.  R-26 R-68

`swap_rules.py` says which swaps are possible, to the page that offers them and to every act.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from acts.foreseeing import require_seen
from acts.locking import locked
from acts.refusals import Refusal
from journal import recording
from journal.actors import SYSTEM, Actor
from speakers import numbering, records
from speakers.mail import swap_notices
from speakers.models import Inscription, SpeakersList, SwapProposal
from speakers.models.swap import LONGEST_REMARK
from speakers.moves import pinning, previewing, swap_rules
from speakers.order import policies, precedence
from spelling.listing import in_sentences
from spelling.typed import Line

State = SwapProposal.State


class SwapRefused(Refusal):
    """The swap cannot be proposed, accepted or approved; the message says why."""


def propose(
    inscription: Inscription,
    *,
    partner: Inscription,
    remark: str = "",
    seen: str | None = None,
    by: Actor,
    at: datetime,
) -> SwapProposal:
    """Propose to the entry `partner` of the same list to exchange turns with `inscription`.  R-26

    `at` is the meeting's moment; the proposal is valid for 24 hours. The `remark` is a line for the other side, which
    staff read, too. A page says what it has `seen` of both places; see `require_seen` (R-68). Journals; mails both
    sides and the officer. Returns the `SwapProposal`. Raises `SwapRefused`.
    """
    remark = _one_line(remark)
    with locked(inscription.speakers_list) as speakers_list:
        _end_overdue(speakers_list, at=at)
        offer = swap_rules.Offer.of(speakers_list, inscription.pk, at=at)
        if why := offer.why_not_propose() or offer.why_not(partner.pk):
            raise SwapRefused(why, "partner")
        require_seen(offer.preview(partner.pk, for_good=_of_proposal()), seen, SwapRefused)
        proposal = SwapProposal.objects.create(
            speakers_list=speakers_list,
            proposer=offer.entry(inscription.pk),
            partner=offer.entry(partner.pk),
            proposed_at=at,
            remark=remark,
        )
        return _told(proposal, "swap proposed", by=by, at=at)


def _one_line(remark):
    """The `remark` as it is stored; refused if it is too long, or holds what cannot be shown."""
    try:
        return Line(required=False, max_length=LONGEST_REMARK).clean(remark)
    except ValidationError as error:
        raise SwapRefused(in_sentences(error.messages), "remark") from None


def accept(proposal: SwapProposal, *, seen: str | None = None, by: Actor, at: datetime) -> SwapProposal:
    """Accept the `proposal` for its partner: it takes effect at once, or waits for staff to approve it.  R-26

    Staff approve if the meeting says so, and always if the two stand in different classes. `at` is the meeting's
    moment; `seen` as for `propose`. Journals; mails both sides and the officer. Raises `SwapRefused`.
    """
    with locked(proposal.speakers_list) as speakers_list:
        found, offer = _open(proposal, speakers_list, State.PROPOSED, at=at)
        if why := offer.why_bound(found.partner_id):
            raise SwapRefused(why)
        needs_approval = speakers_list.swaps_need_approval or offer.is_across_classes(found.partner_id)
        for_good = _of_acceptance() if needs_approval else _of_effect()
        require_seen(offer.preview(found.partner_id, for_good=for_good, is_asked=True), seen, SwapRefused)
        found.accepted_at = at
        if needs_approval:
            found.state = State.ACCEPTED
            found.save(update_fields=["state", "accepted_at"])
            return _told(found, "swap accepted", by=by, at=at)
        return _take_effect(found, "swap accepted", by=by, at=at)


def approve(proposal: SwapProposal, *, reason: str, seen: str | None = None, by: Actor, at: datetime) -> SwapProposal:
    """Let the accepted `proposal` take effect, atomically; across classes only for a `reason`.  R-26

    `at` is the meeting's moment; `seen` as for `propose`. Journals; mails both sides and the officer. Raises
    `SwapRefused`.
    """
    with locked(proposal.speakers_list) as speakers_list:
        found, offer = _open(proposal, speakers_list, State.ACCEPTED, at=at)
        if offer.is_across_classes(found.partner_id) and not reason.strip():
            words = _("They are in different classes. Give the reason: both delegations will read it.")
            raise SwapRefused(words, "reason")
        require_seen(offer.preview(found.partner_id, for_good=_of_effect()), seen, SwapRefused)
        found.answer = reason.strip()
        return _take_effect(found, "swap approved", by=by, at=at, reason=reason.strip())


def shown(proposal: SwapProposal) -> str:
    """What a page that shows both places of the `proposal` has shown, for `seen` (one statement).  R-68"""
    numbers = {place.inscription.pk: place.number for place in precedence.bare_order(proposal.speakers_list)}
    return previewing.exchange(proposal.proposer, proposal.partner, numbers, consequences=[]).shown


def _of_proposal():
    return _("You can take the proposal back until the swap takes effect; the swap itself cannot be taken back.")


def _of_acceptance():
    return _("The secretariat decides next. Once in effect, the swap cannot be taken back, except by another swap.")


def _of_effect():
    return _("The swap takes effect at once and cannot be taken back, except by another swap to which both agree.")


def decline(proposal: SwapProposal, *, by: Actor, at: datetime) -> SwapProposal:
    """Decline the open `proposal` for its partner.  R-26  Journals and mails. Raises `SwapRefused`."""
    return _end_by_hand(proposal, State.DECLINED, "swap declined", by=by, at=at)


def cancel(proposal: SwapProposal, *, by: Actor, at: datetime) -> SwapProposal:
    """Take the open `proposal` back for its proposer.  R-26  Journals and mails. Raises `SwapRefused`."""
    return _end_by_hand(proposal, State.CANCELLED, "swap taken back", by=by, at=at)


def refuse(proposal: SwapProposal, *, reason: str, by: Actor, at: datetime) -> SwapProposal:
    """Refuse the open `proposal` for the secretariat, with a mandatory `reason` that both sides read.  R-26

    `at` is the meeting's moment. Journals and mails. Raises `SwapRefused`.
    """
    if not reason.strip():
        raise SwapRefused(_("Give the reason: both delegations will read it."), "reason")
    return _end_by_hand(proposal, State.REFUSED, "swap not approved", by=by, at=at, answer=reason.strip())


def expire_due(*, at: datetime) -> int:
    """End each open proposal whose 24 hours have passed at the moment `at` of the one clock; return their number.

    Celery beat calls it every minute; the clock has already decided, and this notifies the delegations.  R-26
    """
    ended = 0
    overdue = SwapProposal.objects.due_to_expire(at).values("speakers_list")
    for due in SpeakersList.objects.filter(pk__in=overdue):
        with locked(due) as speakers_list:
            ended += _end_overdue(speakers_list, at=speakers_list.meeting.moment(at))
    return ended


def end_open(speakers_list: SpeakersList, *, why: str, by: Actor, at: datetime, of: Inscription | None = None) -> None:
    """End the open proposals of the locked `speakers_list`, or only those of the entry `of`.  R-26

    `why` is the reason in English, for the journal. For acts after which a swap would not be what was proposed: a
    call, a withdrawal, a change of level or of order.
    Journals; mails both sides and the officer.
    """
    proposals = speakers_list.swaps.open().with_sides()
    for proposal in proposals.of(of) if of else proposals:
        proposal.speakers_list = speakers_list
        _end(proposal, State.EXPIRED, "swap ended", by=by, at=at, answer=why)


def _end_overdue(speakers_list, *, at):
    """End the proposals of the locked `speakers_list` that the clock has ended by the moment `at`; return how many."""
    overdue = [proposal for proposal in speakers_list.swaps.open().with_sides() if not proposal.is_open_at(at)]
    for proposal in overdue:
        proposal.speakers_list = speakers_list
        why = gettext_noop("It did not take effect within 24 hours.")
        _end(proposal, State.EXPIRED, "swap ended", by=SYSTEM, at=at, answer=why)
    return len(overdue)


def _open(proposal, speakers_list, state, *, at):
    """The open `proposal` as it is now, and the `Offer` of its proposer; refused if it is over."""
    found = _fresh(proposal, speakers_list, at=at)
    if found.state != state:
        raise SwapRefused(_("This swap %(state)s.") % {"state": found.get_state_display()})
    offer = swap_rules.Offer.of(speakers_list, found.proposer_id, at=at)
    if why := offer.why_not_at_all() or offer.why_not_with(found.partner_id):
        raise SwapRefused(why)
    found.proposer, found.partner = offer.entry(found.proposer_id), offer.entry(found.partner_id)
    return found, offer


def _fresh(proposal, speakers_list, *, at):
    """The `proposal` as it is now, on the locked `speakers_list`; refused if it has ended, even by the clock alone."""
    found = SwapProposal.objects.with_sides().get(pk=proposal.pk)
    found.speakers_list = found.proposer.speakers_list = found.partner.speakers_list = speakers_list
    if not found.is_open_at(at):
        state = found.get_state_display() if found.ended_at else State.EXPIRED.label
        raise SwapRefused(_("This swap is over: %(state)s.") % {"state": state})
    return found


def _end_by_hand(proposal, state, act_name, *, by, at, answer=""):
    with locked(proposal.speakers_list) as speakers_list:
        return _end(_fresh(proposal, speakers_list, at=at), state, act_name, by=by, at=at, answer=answer)


def _end(proposal, state, act, *, by, at, answer=""):
    proposal.state, proposal.ended_at, proposal.answer = state, at, answer
    proposal.save(update_fields=["state", "ended_at", "answer"])
    return _told(proposal, act, by=by, at=at, reason=answer)


def _take_effect(proposal, act, *, by, at, reason=""):
    """Exchange the turns of both sides, so that no other entry moves; end other proposals of either."""
    proposal.state, proposal.ended_at = State.EFFECTIVE, at
    proposal.save(update_fields=["state", "accepted_at", "ended_at", "answer"])
    speakers_list, sides = proposal.speakers_list, (proposal.proposer, proposal.partner)
    _exchange(proposal, *sides, by=by, at=at, reason=reason)
    pinning.exchange_anchors(*sides, speakers_list, by=by, at=at)
    for side in sides:
        why = gettext_noop("One of the two has since swapped with another delegation.")
        end_open(speakers_list, why=why, by=by, at=at, of=side)
    return _told(proposal, act, by=by, at=at, reason=reason)


def _exchange(proposal, first, second, *, by, at, reason):
    before = [records.facts(first), records.facts(second)]
    classes = policies.standing_class(second), policies.standing_class(first)
    for name in ("class_seq", "class_move", "lot"):
        mine, other = getattr(first, name), getattr(second, name)
        setattr(first, name, other)
        setattr(second, name, mine)
    for side, its_class, facts in zip((first, second), classes, before, strict=True):
        side.class_by_swap = None if its_class == policies.own_class(side) else its_class
        side.swapped_by = proposal
        side.save(update_fields=numbering.TURN)
        records.record_change("swapped", side, before=facts, by=by, at=at, reason=reason)


def _told(proposal, act, *, by, at, reason=""):
    """Journal `act` on the `proposal` and mail both sides and the officer. Returns the proposal."""
    after = {
        "state": proposal.state,
        "proposer": records.subject(proposal.proposer),
        "partner": records.subject(proposal.partner),
    }
    if proposal.remark and proposal.state == State.PROPOSED:
        after["remark"] = proposal.remark
    entry = recording.record(
        act,
        stream=proposal.speakers_list.journal_stream,
        subject=f"swap/{proposal.public_id}",
        by=by,
        at=at,
        after=after,
        reason=reason,
    )
    swap_notices.tell(proposal, occasion=entry.hash)
    return proposal
