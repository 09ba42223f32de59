"""After closing: a late request, and a personal extension for one delegation.  R-27"""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from speakers.models.delegation import Delegation
from speakers.models.filing import Filing
from speakers.models.names import UnderItsName, as_recorded
from speakers.models.speakers_list import OfAList, SpeakersList


class LateRequestQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Requests that staff have not decided on."""
        return self.filter(state=LateRequest.State.WAITING)


@as_recorded("delegation")
class LateRequest(OfAList, UnderItsName, Filing):
    """A request filed after closing, without a receipt number: staff decline it or accept it, which makes a late entry.

    `is_on_record`: did the credential prove a focal point of the delegation (R-11)? `answer` is what staff wrote.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for the secretariat")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("taken back")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    speakers_list = models.ForeignKey(
        SpeakersList, models.PROTECT, related_name="late_requests", verbose_name=_("list of speakers")
    )
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, related_name="late_requests", verbose_name=_("delegation")
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING, editable=False)
    is_on_record = models.BooleanField(_("filed by a focal point on record"), editable=False)
    filed_by_email = models.CharField(_("filed from"), max_length=254, editable=False)
    arrived_at = models.DateTimeField(_("arrived at"), editable=False)
    idempotency_key = models.CharField(max_length=64, editable=False)
    content_digest = models.CharField(max_length=64, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    answer = models.CharField(_("answer"), max_length=1000, blank=True, editable=False)
    inscription = models.OneToOneField(
        "speakers.Inscription",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="late_request",
        verbose_name=_("entry"),
    )

    objects = LateRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("late request")
        verbose_name_plural = _("late requests")
        ordering = ["speakers_list", "arrived_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["speakers_list", "idempotency_key"], name="a_late_request_is_recorded_once"
            ),
            models.CheckConstraint(
                name="a_decided_late_request_says_when",
                condition=Q(state="waiting", decided_at=None) | (~Q(state="waiting") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="an_accepted_late_request_and_no_other_has_an_entry",
                condition=Q(state="accepted", inscription__isnull=False)
                | (~Q(state="accepted") & Q(inscription__isnull=True)),
            ),
            models.CheckConstraint(
                name="a_declined_late_request_has_an_answer",
                condition=~Q(state="declined") | ~Q(answer=""),
                violation_error_message=_("A request is declined with a text."),
            ),
        ]

    def __str__(self):
        return str(self.delegation)

    def get_absolute_url(self) -> str:
        return reverse("speakers:late_request", args=[*self.speakers_list.address, self.public_id])

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING


class ExtensionQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Extensions that staff have not ended; the clock may have, see `holds_at`."""
        return self.filter(ended_at=None)


@as_recorded("delegation")
class Extension(OfAList, UnderItsName):
    """A later deadline for one delegation, granted for a reason.  R-27"""

    speakers_list = models.ForeignKey(
        SpeakersList, models.PROTECT, related_name="extensions", verbose_name=_("list of speakers")
    )
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="+", verbose_name=_("delegation"))
    until = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=300)
    granted_at = models.DateTimeField(_("granted at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal extension")
        verbose_name_plural = _("personal extensions")
        ordering = ["speakers_list", "-granted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["speakers_list", "delegation"],
                condition=Q(ended_at=None),
                name="a_delegation_has_one_extension_of_a_list",
            ),
            models.CheckConstraint(name="an_extension_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return str(self.delegation)

    def holds_at(self, at: datetime) -> bool:
        """Does it let its delegation inscribe at the meeting's moment `at`? Half-open, like the list itself.  R-02"""
        return self.ended_at is None and at < self.until
