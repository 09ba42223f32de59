"""A draw that decides the order within classes: the commitment and the result.  R-21"""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from speakers import recomputing
from speakers.models.inscription import Inscription
from speakers.models.speakers_list import OfAList, SpeakersList


class Draw(OfAList, models.Model):
    """The only draw of its kind for a meeting.

    An opening-window draw has three steps: the commitment to a secret before the list opens, a public beacon after
    the window, the draw itself. The secret is not stored earlier: it follows from `nonce` and the site's key
    (`speakers/moves/drawing.py`). Lots have one step, with a recorded seed. `receipts` are the numbers of all entries
    that took part, `delegations` the rows that were published, without those unverified at that time.
    """

    class Kind(models.TextChoices):
        LOTS = SpeakersList.Policy.LOTS.value, SpeakersList.Policy.LOTS.label
        OPENING_WINDOW = SpeakersList.Policy.OPENING_WINDOW.value, SpeakersList.Policy.OPENING_WINDOW.label

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    speakers_list = models.ForeignKey(
        SpeakersList, models.PROTECT, related_name="draws", verbose_name=_("list of speakers")
    )
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    window = models.DurationField(_("window"), null=True, blank=True)
    nonce = models.CharField(max_length=64, blank=True, editable=False)
    commitment = models.CharField(_("commitment"), max_length=64, blank=True)
    committed_at = models.DateTimeField(_("committed at"), null=True, blank=True)
    beacon_announced = models.CharField(_("which public value was announced"), max_length=300, blank=True)
    beacon = models.CharField(_("public value"), max_length=300, blank=True)
    beacon_source = models.CharField(_("where it can be read"), max_length=300, blank=True)
    beacon_entered_at = models.DateTimeField(_("public value entered at"), null=True, blank=True)
    secret = models.CharField(_("secret"), max_length=64, blank=True)
    seed = models.CharField(_("seed"), max_length=64, blank=True)
    drawn_at = models.DateTimeField(_("drawn at"), null=True, blank=True)
    receipts = models.JSONField(_("receipts drawn"), default=list, blank=True)
    delegations = models.JSONField(_("delegations drawn"), default=list, blank=True)

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        ordering = ["speakers_list", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["speakers_list", "kind"], name="a_meeting_draws_once_of_a_kind"),
            models.CheckConstraint(
                name="only_a_draw_at_the_opening_commits_and_has_a_window",
                condition=Q(kind="lots", window=None, commitment="", committed_at=None)
                | (Q(kind="opening_window", window__isnull=False, committed_at__isnull=False) & ~Q(commitment="")),
            ),
            models.CheckConstraint(
                name="what_is_drawn_has_a_seed_and_a_moment",
                condition=Q(drawn_at=None, seed="", secret="") | (Q(drawn_at__isnull=False) & ~Q(seed="")),
            ),
            models.CheckConstraint(
                name="a_beacon_has_a_source_and_a_moment",
                condition=Q(beacon="", beacon_source="", beacon_entered_at=None)
                | (Q(beacon_entered_at__isnull=False) & ~Q(beacon="") & ~Q(beacon_source="")),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def is_drawn(self) -> bool:
        return self.drawn_at is not None

    @cached_property
    def window_ends_at(self) -> datetime:
        """The moment at which the window ends; an entry that arrives then is too late for the draw."""
        return self.speakers_list.opens_at + (self.window or timedelta(0))

    def is_open_at(self, moment: datetime) -> bool:
        """Is the meeting's moment `moment` within the window? Half-open, like the list itself.  R-02 R-21"""
        return self.speakers_list.opens_at <= moment < self.window_ends_at

    def lot_of(self, entry: Inscription) -> str:
        """The lot of `entry` in this draw; empty if it took no part."""
        return recomputing.lot(self.seed, entry.delegation.code) if entry.receipt_no in self.receipts else ""
