"""A swap: one delegation proposes to another that they exchange their turns.  R-26"""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from speakers.models.inscription import Inscription
from speakers.models.speakers_list import OfAList, SpeakersList

# The longest word that may go with a proposal, in characters.
LONGEST_REMARK = 300
# A swap may take effect within this time of being proposed.  R-26
LIFETIME = timedelta(hours=24)


class State(models.TextChoices):
    PROPOSED = "proposed", _("waits for the other delegation")
    ACCEPTED = "accepted", _("waits for the secretariat")
    EFFECTIVE = "effective", _("in effect")
    DECLINED = "declined", _("declined")
    CANCELLED = "cancelled", _("taken back")
    REFUSED = "refused", _("not approved")
    EXPIRED = "expired", _("expired")


OPEN = (State.PROPOSED, State.ACCEPTED)


class SwapQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Proposals not yet ended by an act; the clock may have ended them, see `is_open_at`."""
        return self.filter(state__in=OPEN)

    def due_to_expire(self, at: datetime) -> Self:
        """Open proposals whose time has passed by the real clock `at`; a rehearsal's own clock is shifted.  R-26"""
        return self.open().filter(proposed_at__lte=at + F("speakers_list__meeting__clock_shift") - LIFETIME)

    def of(self, inscription: Inscription) -> Self:
        """Proposals by or to `inscription`."""
        return self.filter(Q(proposer=inscription) | Q(partner=inscription))

    def with_sides(self) -> Self:
        """Proposals with both entries, their delegations and levels fetched."""
        sides = [f"{side}__{fact}" for side in ("proposer", "partner") for fact in ("delegation", "level")]
        return self.select_related(*sides)


class SwapProposal(OfAList, models.Model):
    """One proposal to swap: both sides, and its state.

    `answer` is what staff wrote (the reason for allowing or refusing it), or why it expired; `remark` is what the
    proposer added for the other side, on one line.
    """

    State = State

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    speakers_list = models.ForeignKey(
        SpeakersList, models.PROTECT, related_name="swaps", verbose_name=_("list of speakers")
    )
    proposer = models.ForeignKey(
        "speakers.Inscription", models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    partner = models.ForeignKey("speakers.Inscription", models.PROTECT, related_name="+", verbose_name=_("proposed to"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField(_("proposed at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    remark = models.CharField(
        _("word to the other delegation"), max_length=LONGEST_REMARK, blank=True, default="", db_default=""
    )

    objects = SwapQuerySet.as_manager()

    class Meta:
        verbose_name = _("swap")
        verbose_name_plural = _("swaps")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="no_entry_swaps_with_itself", condition=~Q(proposer=F("partner"))),
            models.UniqueConstraint(
                fields=["proposer"],
                condition=Q(state__in=["proposed", "accepted"]),
                name="an_entry_proposes_one_swap_at_a_time",
                violation_error_message=_("This entry has proposed another swap already."),
            ),
            models.CheckConstraint(
                name="a_swap_that_ended_says_when",
                condition=Q(state__in=["proposed", "accepted"], ended_at=None)
                | (~Q(state__in=["proposed", "accepted"]) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_swap_takes_effect_only_when_accepted",
                condition=~Q(state__in=["accepted", "effective"]) | Q(accepted_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.proposer.delegation} ⇄ {self.partner.delegation}"

    @property
    def expires_at(self) -> datetime:
        return self.proposed_at + LIFETIME

    def is_open_at(self, at: datetime) -> bool:
        """Can it still be accepted or approved at the meeting's moment `at`? The clock decides, not a task.  R-26"""
        return self.state in OPEN and at < self.expires_at

    def other_side(self, inscription: Inscription) -> Inscription:
        """The entry on the other side from `inscription`."""
        return self.partner if self.proposer_id == inscription.pk else self.proposer
