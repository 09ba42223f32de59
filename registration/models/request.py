"""An organization, and its request for tickets.  R-46 R-49"""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialogue.models import Meeting
from speakers.models import Delegation


class Organization(models.Model):
    """A civil society organization as its focal point writes it. Chapters in several countries are separate rows."""

    name = models.CharField(_("name"), max_length=200)
    key = models.CharField(max_length=200, editable=False)
    country = models.ForeignKey(
        Delegation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
        help_text=_("Where it is based; empty if it is based in no single State."),
    )

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["key", "country"], name="an_organization_stands_once"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(country=None), name="an_organization_of_no_state_stands_once"
            ),
        ]

    def __str__(self):
        return self.name or gettext("name erased")


class ConsultativeStatus(models.TextChoices):
    GENERAL = "general", _("general consultative status with ECOSOC")
    SPECIAL = "special", _("special consultative status with ECOSOC")
    ROSTER = "roster", _("on the roster of ECOSOC")
    INFORMATION = "information", _("associated with the Department of Global Communications")
    NONE = "none", _("none of these")


class TicketRequestQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Requests whose focal point confirmed the address and which have not ended."""
        return self.filter(confirmed_at__isnull=False, ended_at=None)

    def unconfirmed(self) -> Self:
        """Requests that wait for their focal point to confirm."""
        return self.filter(confirmed_at=None, ended_at=None)


class TicketRequest(models.Model):
    """What one focal point requests for one organization, with a `Representative` for each person.  R-46

    Until the focal point has confirmed the address (a POST), staff do not see it. `arrived_at` decides whether it was
    in time (R-03, R-53).
    """

    ConsultativeStatus = ConsultativeStatus

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="ticket_requests", verbose_name=_("meeting"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="requests", verbose_name=_("organization")
    )
    consultative_status = models.CharField(
        _("consultative status"), max_length=12, choices=ConsultativeStatus, default=ConsultativeStatus.NONE
    )
    contact_name = models.CharField(_("focal point"), max_length=120)
    contact_email = models.EmailField(_("focal point’s e-mail"))
    normalised_email = models.CharField(max_length=254, editable=False, db_index=True)
    language = models.CharField(
        _("language of mail"), max_length=12, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    arrived_at = models.DateTimeField(_("arrived at"), editable=False, db_index=True)
    asked_at = models.DateTimeField(_("asked to confirm at"), null=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)
    network = models.CharField(max_length=45, blank=True, editable=False)
    idempotency_key = models.CharField(max_length=64, editable=False)
    content_digest = models.CharField(max_length=64, editable=False)

    objects = TicketRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for tickets")
        verbose_name_plural = _("requests for tickets")
        ordering = ["meeting", "arrived_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "idempotency_key"], name="a_ticket_form_is_recorded_once"),
            models.UniqueConstraint(
                fields=["meeting", "organization", "normalised_email"],
                condition=Q(confirmed_at__isnull=False, ended_at=None),
                name="a_focal_point_has_one_open_request_per_organization",
            ),
        ]

    def __str__(self):
        return str(self.organization)

    @property
    def is_open(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None
