"""Changing the policy that orders a list.  R-17 R-21"""

from datetime import datetime

from django.utils.translation import gettext as _

from acts.locking import locked
from acts.refusals import Refusal
from dialogue.models import Meeting
from journal import recording
from journal.actors import Actor
from speakers import numbering, records
from speakers.mail import order_notices
from speakers.models import Revision, SpeakersList
from speakers.moves import swapping
from speakers.order import policies, precedence
from speakers.publishing import revisions


class OrderRefused(Refusal):
    """The order of the list cannot be changed in this way; the message says why."""


def change_order(
    speakers_list: SpeakersList, *, policy: str, level_before_band: bool, reason: str, by: Actor, at: datetime
) -> Meeting:
    """Order `speakers_list` by `policy`, with or without `level_before_band`, for a mandatory `reason`.

    R-21: the order is fixed when the list opens; a change after that publishes a revision and is mailed to all
    inscribed. `at` is the meeting's moment. Journals. Raises `OrderRefused`.
    """
    if not reason.strip():
        raise OrderRefused(_("Give the reason: every inscribed delegation will read it."), "reason")

    with locked(speakers_list) as speakers_list:
        _object(speakers_list, policy, level_before_band, at=at)
        before = {"policy": speakers_list.policy, "level_before_band": speakers_list.level_before_band}
        after = {"policy": str(policy), "level_before_band": level_before_band}
        speakers_list.policy, speakers_list.level_before_band = policy, level_before_band
        speakers_list.save(update_fields=["policy", "level_before_band"])
        if after["policy"] != before["policy"]:
            _give_own_turns(speakers_list, by=by, at=at)
        swapping.end_open(speakers_list, why=_("The order of the list has changed."), by=by, at=at)
        witness = _record(speakers_list, before, after, reason, by=by, at=at)
        if at >= speakers_list.opens_at:
            revisions.freeze(speakers_list, kind=Revision.Kind.PUBLISHED, as_at=at, by=by, comment=reason.strip())
            places = precedence.speaking_order(speakers_list)
            order_notices.announce_order(speakers_list, places, reason=reason, occasion=witness.hash)
        return speakers_list.meeting


def _object(speakers_list, policy, level_before_band, *, at):
    if (speakers_list.policy, speakers_list.level_before_band) == (policy, level_before_band):
        raise OrderRefused(_("The list already has this order."), "policy")
    if at >= speakers_list.meeting.starts_at or speakers_list.inscriptions.filter(called_at__isnull=False).exists():
        raise OrderRefused(_("The meeting has started: its order can no longer be changed."))
    if policy == SpeakersList.Policy.OPENING_WINDOW != speakers_list.policy and at >= speakers_list.opens_at:
        words = _("A draw at the opening needs a commitment published before the list opens, and it has opened.")
        raise OrderRefused(words, "policy")


def _give_own_turns(speakers_list, *, by, at):
    """Give every entry its own turn: under another policy, no entry keeps the turn it got by a swap.

    Lots are those of the new policy's draw, if it was held. If receipts alone decide, changes of class end too.
    """
    has_classes = policies.policy_named(speakers_list.policy).has_classes
    draw = speakers_list.draws.filter(kind=speakers_list.policy, drawn_at__isnull=False).first()
    for entry in speakers_list.inscriptions.active().select_related("delegation", "level", "pinned_before"):
        entry.speakers_list = speakers_list
        before = records.facts(entry)
        if entry.is_swapped or not has_classes:
            numbering.give_own_turn(entry)
        entry.lot = draw.lot_of(entry) if draw else ""
        if records.facts(entry) != before:
            entry.save(update_fields=numbering.TURN)
            records.record_change("own turn given back", entry, before=before, by=by, at=at)


def _record(speakers_list, before, after, reason, *, by, at):
    stream = speakers_list.journal_stream
    return recording.record(
        "order changed", stream=stream, subject="list", by=by, at=at, before=before, after=after, reason=reason
    )
