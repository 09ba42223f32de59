"""The room of a meeting: whether it is in session, who was called last, what its screens say."""

from datetime import datetime, timedelta
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogue.models import Meeting, ProgrammeSlot


class RoomQuerySet(models.QuerySet):
    def with_pointer(self) -> Self:
        """Include the turn last called and whom it belongs to, so that reading them costs no query."""
        return self.select_related(
            "pointer__inscription__delegation", "pointer__inscription__level", "pointer__delegation"
        )


class Room(models.Model):
    """One row for each meeting that has come to the room. Every change goes through a rule of `floor/`.

    `pointer` is the turn last called: it stays when its statement ends and when the sitting is suspended (R-37), and
    is what two officers compare (R-33). `called_before` are the keys of the turns called before it, the latest last:
    undoing goes back along them (R-34). The switches say which of the rules of procedure apply by analogy. Delegations
    may ask for the floor since `floor_opened_at`, unless asking `is_muted`; after every `speakers_per_round` speakers,
    if that is set, the persons of `panel_slot` reply (R-70).
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="room", verbose_name=_("meeting"))
    pointer = models.ForeignKey(
        "floor.Turn", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("last called")
    )
    called_before = models.JSONField(_("called before it"), null=True, blank=True, editable=False)
    suspended_at = models.DateTimeField(_("suspended at"), null=True, blank=True)
    concluded_at = models.DateTimeField(_("concluded at"), null=True, blank=True)
    message = models.CharField(_("message on the screens"), max_length=200, blank=True)
    message_until = models.DateTimeField(
        _("message shown until"), null=True, blank=True, help_text=_("If empty, until it is taken down.")
    )
    note = models.TextField(_("private notes"), blank=True, max_length=4000)
    allows_points_of_order = models.BooleanField(
        _("points of order"), default=True, help_text=_("A point of order pauses the clock and is logged.")
    )
    allows_replies = models.BooleanField(
        _("right of reply"), default=False, help_text=_("Off for an informal meeting. Replies are heard at the end.")
    )
    first_reply_limit = models.DurationField(_("limit, first reply"), default=timedelta(minutes=10))
    second_reply_limit = models.DurationField(_("limit, second reply"), default=timedelta(minutes=5))
    floor_opened_at = models.DateTimeField(_("open floor since"), null=True, blank=True)
    is_muted = models.BooleanField(_("no more requests for the floor for now"), default=False)
    open_floor_limit = models.DurationField(_("limit, open floor"), default=timedelta(minutes=2))
    panel_limit = models.DurationField(_("limit, panel"), default=timedelta(minutes=3))
    speakers_per_round = models.PositiveSmallIntegerField(
        _("speakers before the panel replies"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    panel_slot = models.ForeignKey(
        ProgrammeSlot, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("panel")
    )

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting in the room")
        verbose_name_plural = _("meetings in the room")
        permissions = [("run_room", "Can run the floor")]
        constraints = [
            models.CheckConstraint(
                name="only_an_open_floor_is_muted", condition=Q(is_muted=False) | Q(floor_opened_at__isnull=False)
            )
        ]

    def __str__(self):
        return str(self.meeting)

    def message_at(self, at: datetime) -> str:
        """The message that the screens show at the moment `at`; empty if there is none, or if it has ended."""
        return "" if self.message_until and self.message_until <= at else self.message

    @property
    def takes_requests(self) -> bool:
        """May a delegation ask for the floor now?  R-70"""
        return self.floor_opened_at is not None and not self.is_muted and self.concluded_at is None


class TimeRemark(models.Model):
    """What the moderator said to the room about time, and when."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="time_remarks", verbose_name=_("meeting"))
    said_at = models.DateTimeField(_("said at"))
    words = models.CharField(_("what was said"), max_length=300)

    class Meta:
        verbose_name = _("remark about time")
        verbose_name_plural = _("remarks about time")
        ordering = ["said_at", "pk"]

    def __str__(self):
        return self.words
