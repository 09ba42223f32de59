"""A booth of interpreters, or a desk of reporters: the link by which it reads the texts, and its sign to the room."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from dialogue.models import Meeting
from floor.models.turn import Turn

# How long a link works after the end of its meeting: reporters write on, and a debate may go into the night.
LASTS = timedelta(days=1)


class BoothQuerySet(models.QuerySet):
    def live(self, at: datetime) -> Self:
        """Booths whose link works at the meeting's moment `at`: neither revoked nor expired."""
        return self.filter(ended_at=None, meeting__ends_at__gt=at - LASTS)


class Booth(models.Model):
    """One booth or desk at one meeting, with its only link.  R-73

    Only a keyed hash of the link's token is kept; a renewed link replaces it. The latest “please slow down” stands in
    `slow_down_at` and `slow_down_for`: it changes nothing on record, and is not shown for long. All moments are the
    meeting's.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="booths", verbose_name=_("meeting"))
    name = models.CharField(_("name"), max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    linked_at = models.DateTimeField(_("link made at"))
    opened_at = models.DateTimeField(_("link first opened at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("link revoked at"), null=True, blank=True)
    slow_down_at = models.DateTimeField(_("asked to slow down at"), null=True, blank=True)
    slow_down_for = models.ForeignKey(
        Turn, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("whom it asked to slow down")
    )

    objects = BoothQuerySet.as_manager()

    class Meta:
        verbose_name = _("booth")
        verbose_name_plural = _("booths")
        ordering = ["meeting", "name"]
        permissions = [("read_texts", "Can read the texts of statements before delivery")]
        constraints = [
            models.UniqueConstraint(
                "meeting",
                Lower("name"),
                name="a_meeting_has_one_booth_of_a_name",
                violation_error_message=_("There is a booth of this name: renew its link."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def expires_at(self) -> datetime:
        """The meeting's moment from which its link no longer works."""
        return self.meeting.ends_at + LASTS

    @property
    def is_revoked(self) -> bool:
        return self.ended_at is not None
