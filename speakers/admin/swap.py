"""Swaps at the desk: proposals, those that wait for approval, and what an approval would do.  R-26"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

import clock
from dialogue import moments
from dialogue.admin.acting import Act, ActForm, WithActs, reason_field
from dialogue.admin.base import DeskAdmin, ReadOnly
from speakers.admin.moving import MoveForm
from speakers.models import SwapProposal
from speakers.moves import swap_rules, swapping


class ApprovalForm(MoveForm):
    """A reason, required only if the two entries stand in different classes; the page shows who moves where."""

    reason = reason_field(
        required=False,
        help_text=_("Both delegations will read it. It is required if the two are in different classes."),
    )

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, initial={"seen": swapping.shown(subject)}, **kwargs)


class RefusalForm(ActForm):
    reason = reason_field(help_text=_("Both delegations will read it."))


def _approve(proposal, typed, by, at):
    swapping.approve(proposal, reason=typed["reason"], seen=typed["seen"], by=by, at=at)
    return _("The swap is in effect. Both delegations are being notified; no other delegation has moved.")


def _refuse(proposal, typed, by, at):
    swapping.refuse(proposal, reason=typed["reason"], by=by, at=at)
    return _("The swap is refused. Both delegations are being sent the reason.")


def _what_it_would_do(proposal, at):
    """Beside the decision: both places before and after, the classes, any obstacle, and when it expires."""
    if not proposal.is_open_at(at):
        return []
    offer = swap_rules.Offer.of(proposal.speakers_list, proposal.proposer_id, at=at)
    sides = [offer.places.get(proposal.proposer_id), offer.places.get(proposal.partner_id)]
    words = _("%(delegation)s: from place %(own)d to place %(other)d (%(level)s).")
    lines: list[str | Promise] = [
        words
        % {
            "delegation": own.inscription.delegation,
            "own": own.number,
            "other": other.number,
            "level": own.inscription.level,
        }
        for own, other in (sides, reversed(sides))
        if own and other
    ]
    if offer.is_across_classes(proposal.partner_id):
        lines.append(_("They are in different classes, so an approval needs a reason."))
    lines.append(_("No other delegation moves."))
    lines.append(_("It cannot be taken back, except by another swap to which both agree."))
    if why := offer.why_not_at_all() or offer.why_not_with(proposal.partner_id):
        lines.append(_("Not possible now: %(why)s") % {"why": why})
    expires = {"moment": moments.in_words(proposal.expires_at, proposal.meeting)}
    lines.append(_("It expires on %(moment)s.") % expires)
    return [{"heading": _("What the swap does"), "lines": lines}]


def _waits_for_staff(proposal, at):
    return proposal.state == SwapProposal.State.ACCEPTED and proposal.is_open_at(at)


def _act(**facts):
    return Act(permission="speakers.change_swapproposal", beside=_what_it_would_do, **facts)


SWAP_ACTS = (
    _act(
        name="approve",
        label=_("Approve the swap"),
        guidance=_("Both delegations have agreed. The swap takes effect at once."),
        form=ApprovalForm,
        perform=_approve,
        is_possible=_waits_for_staff,
    ),
    _act(
        name="refuse",
        label=_("Refuse the swap"),
        guidance=_("Both places stay as they are."),
        form=RefusalForm,
        perform=_refuse,
        is_possible=lambda proposal, at: proposal.is_open_at(at),
    ),
)


@admin.register(SwapProposal)
class SwapAdmin(WithActs, ReadOnly, DeskAdmin):
    """Newest first; each shows what it would do, and its buttons while it can be decided."""

    acts = SWAP_ACTS
    list_display = ["sides", "state", "proposed", "expires"]
    list_filter = ["speakers_list", "state"]
    list_select_related = ["speakers_list__meeting", "proposer__delegation", "partner__delegation"]
    fieldsets = [
        (
            None,
            {
                "description": _(
                    "Two delegations exchange their turns; no other delegation moves. The buttons to decide are at the "
                    "top."
                ),
                "fields": ["meeting", "proposed_by", "proposed_to", "state", "remark", "answer"],
            },
        ),
        (_("When"), {"fields": ["proposed", "accepted", "expires", "ended"]}),
    ]

    def zone_of(self, request: HttpRequest, obj: SwapProposal | None) -> ZoneInfo:
        return obj.meeting.zone if obj else timezone.get_default_timezone()

    def moment_of(self, obj: SwapProposal) -> datetime:
        return obj.meeting.moment(clock.now())

    @admin.display(description=_("swap"))
    def sides(self, proposal: SwapProposal) -> str:
        return str(proposal)

    @admin.display(description=_("proposed by"))
    def proposed_by(self, proposal: SwapProposal) -> str:
        return _side(proposal.proposer)

    @admin.display(description=_("proposed to"))
    def proposed_to(self, proposal: SwapProposal) -> str:
        return _side(proposal.partner)

    @admin.display(description=_("proposed at"), ordering="proposed_at")
    def proposed(self, proposal: SwapProposal) -> str:
        return moments.in_words(proposal.proposed_at, proposal.meeting)

    @admin.display(description=_("accepted at"))
    def accepted(self, proposal: SwapProposal) -> str:
        return moments.in_words(proposal.accepted_at, proposal.meeting) if proposal.accepted_at else "–"

    @admin.display(description=_("expires at"))
    def expires(self, proposal: SwapProposal) -> str:
        return moments.in_words(proposal.expires_at, proposal.meeting) if proposal.ended_at is None else "–"

    @admin.display(description=_("ended at"))
    def ended(self, proposal: SwapProposal) -> str:
        return moments.in_words(proposal.ended_at, proposal.meeting) if proposal.ended_at else "–"


def _side(entry):
    """One side of the swap, as a link to its entry."""
    address = reverse("admin:speakers_inscription_change", args=[entry.pk])
    return format_html('<a href="{}">{}</a>', address, entry)
