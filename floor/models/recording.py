"""A recording of a sitting, as the webcast keeps it: the moment of its second 0, and where it can be watched."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dialogue.models import Meeting


class Recording(models.Model):
    """One recording of a meeting, which has one or more for each sitting, one after the other.

    `starts_at` is the moment at which second 0 of the recording is; without `ends_at` it lasts until the next one, or
    as long as anyone speaks. It runs on while the sitting is suspended. Both are the meeting's moments.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="recordings", verbose_name=_("meeting"))
    starts_at = models.DateTimeField(_("second 0 of the recording"))
    ends_at = models.DateTimeField(_("end of the recording"), null=True, blank=True)
    url = models.URLField(_("where it can be watched"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["meeting", "starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "starts_at"],
                name="recordings_of_a_meeting_begin_apart",
                violation_error_message=_("Another recording begins at this moment."),
            ),
            models.CheckConstraint(
                name="a_recording_ends_after_it_began", condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at"))
            ),
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M:%S}"
