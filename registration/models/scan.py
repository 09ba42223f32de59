"""Every scan at the door, including refusals.  R-55"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogue.models import Meeting
from registration.models.representative import Representative
from registration.models.voucher import Voucher


class Mode(models.TextChoices):
    """What a desk does with the person who comes."""

    HAND_OVER = "hand_over", _("hand over")
    OUT = "out", _("going out")
    IN = "in", _("coming back")


class Verdict(models.TextChoices):
    GREEN = "green", _("green")
    AMBER = "amber", _("amber")
    RED = "red", _("red")


class Outcome(models.TextChoices):
    """The outcome of a scan, which includes its reason; `VERDICTS` gives the colour."""

    HANDED_OVER = "handed_over", _("handed over")
    WENT_OUT = "went_out", _("went out")
    CAME_BACK = "came_back", _("came back")
    TAKEN_BACK = "taken_back", _("hand-over taken back")
    ALREADY = "already", _("already used")
    NOT_TOLD = "not_told", _("the decision has not been mailed yet")
    NOT_ON_MANIFEST = "not_on_manifest", _("approved, but not on the manifest")
    NO_TICKET_YET = "no_ticket_yet", _("the ticket has not been handed over yet")
    IS_OUTSIDE = "is_outside", _("already outside")
    IS_INSIDE = "is_inside", _("already inside")
    REVOKED = "revoked", _("revoked")
    NOT_LET_IN = "not_let_in", _("not approved")
    OTHER_MEETING = "other_meeting", _("for another meeting")
    UNKNOWN = "unknown", _("unknown code")

    @property
    def verdict(self) -> Verdict:
        return VERDICTS[self]


GREEN = [Outcome.HANDED_OVER, Outcome.WENT_OUT, Outcome.CAME_BACK]
RED = [Outcome.REVOKED, Outcome.NOT_LET_IN, Outcome.OTHER_MEETING, Outcome.UNKNOWN]
VERDICTS = {
    outcome: Verdict.GREEN if outcome in GREEN else Verdict.RED if outcome in RED else Verdict.AMBER
    for outcome in Outcome
}


class ScanQuerySet(models.QuerySet):
    def conflicts(self) -> Self:
        """Scans that a device showed green offline, that the server could not confirm and no one has settled.  R-55"""
        found = self.filter(is_offline=True, told=Verdict.GREEN, settlement=None)
        return found.exclude(outcome__in=GREEN)


class Scan(models.Model):
    """One scan, or one hand-over by name, as it was judged under the lock of the meeting's terms.

    Only a digest of the scanned text is kept: it may be anything, even an identity document (R-57). `scanned_at` is the
    meeting's moment at which the scan arrived here, `device_at` the moment by the device's own clock, in real time;
    they differ if the device was offline (`is_offline`), and then `told` is the verdict that it showed. `nonce` names
    the attempt: sent again, it is answered with this row. `earlier` is what “already” or “taken back” refers to.
    `hand_over_no` counts the hand-overs of a person: a second one is possible once the first was taken back.
    """

    Mode = Mode
    Outcome = Outcome

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="scans", verbose_name=_("meeting"))
    nonce = models.CharField(max_length=64, unique=True, editable=False)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.HAND_OVER)
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome)
    voucher = models.ForeignKey(Voucher, models.SET_NULL, null=True, related_name="scans", verbose_name=_("voucher"))
    representative = models.ForeignKey(
        Representative, models.SET_NULL, null=True, related_name="scans", verbose_name=_("representative")
    )
    is_by_name = models.BooleanField(_("found by name"), default=False)
    code_digest = models.CharField(max_length=64, blank=True, editable=False)
    operator = models.CharField(_("operator"), max_length=150)
    desk = models.CharField(_("desk"), max_length=80, blank=True)
    device_at = models.DateTimeField(_("by the device’s clock"), null=True)
    scanned_at = models.DateTimeField(_("arrived at"))
    is_offline = models.BooleanField(_("without a network"), default=False)
    told = models.CharField(_("what the device said"), max_length=5, choices=Verdict, blank=True)
    earlier = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", verbose_name=_("the earlier scan")
    )

    hand_over_no = models.PositiveSmallIntegerField(default=1, db_default=1, editable=False)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["-scanned_at", "-pk"]
        permissions = [
            ("scan_voucher", "Can scan vouchers and hand tickets over"),
            ("supervise_hand_over", "Can find people by name and hand tickets over to them"),
        ]
        indexes = [models.Index(fields=["meeting", "outcome"], name="scans_by_outcome")]
        constraints = [
            models.UniqueConstraint(
                fields=["representative", "hand_over_no"],
                condition=Q(outcome="handed_over"),
                name="a_ticket_is_handed_over_once_until_taken_back",
                violation_error_message=_("This ticket has already been handed over."),
            ),
            models.UniqueConstraint(
                fields=["representative", "hand_over_no"],
                condition=Q(outcome="taken_back"),
                name="a_hand_over_is_taken_back_once",
            ),
            models.CheckConstraint(
                name="what_a_device_said_alone_is_kept",
                condition=Q(is_offline=False, told="") | (Q(is_offline=True, device_at__isnull=False) & ~Q(told="")),
            ),
        ]

    def __str__(self):
        return f"{self.outcome} {self.pk}"

    @property
    def verdict(self) -> Verdict:
        """The colour of the answer."""
        return Outcome(self.outcome).verdict

    @property
    def is_conflict(self) -> bool:
        """Did a device show green offline that the server could not confirm?"""
        return self.is_offline and self.told == Verdict.GREEN and self.verdict != Verdict.GREEN


class Settlement(models.Model):
    """A conflict at the door that a supervisor has cleared up, with a `word` on how. The scan stays as it is.  R-55"""

    scan = models.OneToOneField(Scan, models.PROTECT, related_name="settlement", verbose_name=_("scan"))
    word = models.CharField(_("how it was settled"), max_length=200)
    settled_at = models.DateTimeField(_("settled at"))
    settled_by = models.CharField(_("settled by"), max_length=150)

    class Meta:
        verbose_name = _("settled conflict")
        verbose_name_plural = _("settled conflicts")

    def __str__(self):
        return str(self.pk)
