"""Secret links: to what is filed under an address, a private page, an offered seat, a voucher. Only hashes are kept.

R-46 R-59
"""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogue.models import Meeting
from registration.models.representative import Representative
from registration.models.request import TicketRequest
from registration.models.voucher import Voucher


class LinkQuerySet(models.QuerySet):
    def live(self, at: datetime) -> Self:
        """Links that work at the real moment `at`: neither ended nor expired."""
        return self.filter(ended_at=None).filter(Q(expires_at=None) | Q(expires_at__gt=at))


class Link(models.Model):
    """One secret link, of 192 random bits, mailed to one address. Opening it changes nothing.  R-59

    `created_at`, `expires_at` and `ended_at` are real moments even at a rehearsal, because mail is sent in real time.
    """

    class Purpose(models.TextChoices):
        ADDRESS = "address", _("to everything filed under an address")
        PAGE = "page", _("to the private page of a request")
        OFFER = "offer", _("to an offered seat")
        VOUCHER = "voucher", _("to a voucher")

    token: str  # known only where the link was just opened by it
    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+", verbose_name=_("meeting"))
    request = models.ForeignKey(
        TicketRequest, models.CASCADE, null=True, related_name="links", verbose_name=_("request")
    )
    representative = models.ForeignKey(
        Representative, models.CASCADE, null=True, related_name="links", verbose_name=_("representative")
    )
    voucher = models.ForeignKey(Voucher, models.CASCADE, null=True, related_name="links", verbose_name=_("voucher"))
    address = models.CharField(_("mailed to"), max_length=254, db_index=True)
    network = models.CharField(max_length=45, blank=True)
    created_at = models.DateTimeField(_("made at"), db_index=True)
    expires_at = models.DateTimeField(_("expires at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("secret link")
        verbose_name_plural = _("secret links")
        constraints = [
            models.CheckConstraint(
                name="a_link_names_what_it_opens",
                condition=Q(purpose="address", request=None, representative=None, voucher=None)
                | Q(purpose="page", request__isnull=False, representative=None, voucher=None)
                | Q(purpose="offer", request=None, representative__isnull=False, voucher=None)
                | Q(purpose="voucher", request=None, representative=None, voucher__isnull=False),
            ),
            models.CheckConstraint(
                name="only_a_private_page_and_a_voucher_stay_open",
                condition=Q(purpose__in=["page", "voucher"]) | Q(expires_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.purpose} {self.pk}"
