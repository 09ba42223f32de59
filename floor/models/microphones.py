"""The system that runs the microphones of a room: its key, and each signal that it sent.  R-59"""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from dialogue.models import Meeting

# How long a key works after the end of its meeting: a debate may go into the night.
LASTS = timedelta(days=1)


class RoomSystemQuerySet(models.QuerySet):
    def live(self, at: datetime) -> Self:
        """Systems whose key works at the meeting's moment `at`: neither revoked nor expired."""
        return self.filter(ended_at=None, meeting__ends_at__gt=at - LASTS)


class RoomSystem(models.Model):
    """One system of microphones at one meeting, with its only key, of which a keyed hash is kept.

    Its signals begin and end statements only while it `is_on`, which an officer switches. `latest_sent_at` is the
    latest moment that it put on a signal, by the system's own clock; the other moments are the meeting's.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="room_systems", verbose_name=_("meeting"))
    name = models.CharField(_("name"), max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("key made at"))
    ended_at = models.DateTimeField(_("key revoked at"), null=True, blank=True)
    is_on = models.BooleanField(_("its signals begin and end statements"), default=False)
    latest_sent_at = models.DateTimeField(_("moment on its latest signal"), null=True, blank=True)

    objects = RoomSystemQuerySet.as_manager()

    class Meta:
        verbose_name = _("system of microphones")
        verbose_name_plural = _("systems of microphones")
        ordering = ["meeting", "name"]
        constraints = [
            models.UniqueConstraint(
                "meeting",
                Lower("name"),
                name="a_meeting_has_one_room_system_of_a_name",
                violation_error_message=_("There is a system of this name: renew its key."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def expires_at(self) -> datetime:
        """The meeting's moment from which its key no longer works."""
        return self.meeting.ends_at + LASTS

    @property
    def is_revoked(self) -> bool:
        return self.ended_at is not None


class Signal(models.Model):
    """One signal, kept with what it was answered, so that a repeated one is answered alike and does nothing.

    `key` is what the system calls it, `sent_at` the moment on it by the system's clock, if it has one; `arrived_at` is
    the meeting's.
    """

    system = models.ForeignKey(RoomSystem, models.PROTECT, related_name="signals", verbose_name=_("system"))
    key = models.CharField(_("identifier"), max_length=80)
    place = models.CharField(_("whose microphone"), max_length=60)
    is_on = models.BooleanField(_("switched on"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("arrived at"))
    result = models.CharField(_("what it did"), max_length=20)
    detail = models.CharField(_("in words"), max_length=500)

    class Meta:
        verbose_name = _("signal of a microphone")
        verbose_name_plural = _("signals of microphones")
        ordering = ["system", "pk"]
        constraints = [models.UniqueConstraint(fields=["system", "key"], name="a_signal_is_taken_once")]

    def __str__(self):
        return f"{self.place}, {self.result}"

    @property
    def is_refused(self) -> bool:
        return self.result == "refused"
