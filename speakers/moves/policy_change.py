"""Changing the policy that orders a list.  R-17 R-21"""

from datetime import datetime

from django.utils.translation import gettext as _

from acts.refusals import Refusal
from dialogue.models import Meeting
from journal import recording
from journal.actors import Actor
from speakers import numbering, records
from speakers.locking import locked_list
from speakers.mail import order_notices
from speakers.models import Revision
from speakers.moves import swapping
from speakers.order import policies, precedence
from speakers.publishing import revisions


class OrderRefused(Refusal):
    """The order of the list cannot be changed in this way; the message says why."""


def change_order(
    meeting: Meeting, *, policy: str, level_before_band: bool, reason: str, by: Actor, at: datetime
) -> Meeting:
    """Order the list of `meeting` by `policy`, with or without `level_before_band`, for a mandatory `reason`.

    R-21: the order is fixed when the list opens; a change after that publishes a revision and is mailed to all
    inscribed. `at` is the meeting's moment. Journals. Raises `OrderRefused`.
    """
    if not reason.strip():
        raise OrderRefused(_("Give the reason: every inscribed delegation will read it."), "reason")

    with locked_list(meeting.pk) as meeting:
        _object(meeting, policy, level_before_band, at=at)
        before = {"policy": meeting.policy, "level_before_band": meeting.level_before_band}
        after = {"policy": str(policy), "level_before_band": level_before_band}
        meeting.policy, meeting.level_before_band = policy, level_before_band
        meeting.save(update_fields=["policy", "level_before_band"])
        if after["policy"] != before["policy"]:
            _give_own_turns(meeting, by=by, at=at)
        swapping.end_open(meeting, why=_("The order of the list has changed."), by=by, at=at)
        witness = _record(meeting, before, after, reason, by=by, at=at)
        if at >= meeting.inscription_opens_at:
            revisions.freeze(meeting, kind=Revision.Kind.PUBLISHED, as_at=at, by=by, comment=reason.strip())
            places = precedence.speaking_order(meeting)
            order_notices.announce_order(meeting, places, reason=reason, occasion=witness.hash)
        return meeting


def _object(meeting, policy, level_before_band, *, at):
    if (meeting.policy, meeting.level_before_band) == (policy, level_before_band):
        raise OrderRefused(_("The list already has this order."), "policy")
    if at >= meeting.starts_at or meeting.inscriptions.filter(called_at__isnull=False).exists():
        raise OrderRefused(_("The meeting has started: its order can no longer be changed."))
    if policy == Meeting.Policy.OPENING_WINDOW != meeting.policy and at >= meeting.inscription_opens_at:
        words = _("A draw at the opening needs a commitment published before the list opens, and it has opened.")
        raise OrderRefused(words, "policy")


def _give_own_turns(meeting, *, by, at):
    """Give every entry its own turn: under another policy, no entry keeps the turn it got by a swap.

    Lots are those of the new policy's draw, if it was held. If receipts alone decide, changes of class end too.
    """
    has_classes = policies.policy_named(meeting.policy).has_classes
    draw = meeting.draws.filter(kind=meeting.policy, drawn_at__isnull=False).first()
    for entry in meeting.inscriptions.active().select_related("delegation", "level", "pinned_before"):
        entry.meeting = meeting
        before = records.facts(entry)
        if entry.is_swapped or not has_classes:
            numbering.give_own_turn(entry)
        entry.lot = draw.lot_of(entry) if draw else ""
        if records.facts(entry) != before:
            entry.save(update_fields=numbering.TURN)
            records.record_change("own turn given back", entry, before=before, by=by, at=at)


def _record(meeting, before, after, reason, *, by, at):
    stream = meeting.journal_stream
    return recording.record(
        "order changed", stream=stream, subject="list", by=by, at=at, before=before, after=after, reason=reason
    )
