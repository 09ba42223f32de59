"""The voucher for a special event ticket: a random code and nothing else.  R-51 R-54"""

import hashlib
import secrets
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registration.models.representative import Representative


def fresh_code() -> str:
    """A code of 160 random bits, in letters and digits that every scanner and telephone can read."""
    return secrets.token_hex(20).upper()


# Eight characters that are not taken for each other, and that the keyboards of most languages write with the same keys.
SHORT_ALPHABET = "34679CDEFGHJKNPRTVX"
SHORT_CODE = f"[{SHORT_ALPHABET}]{{8}}"


def fresh_short_code() -> str:
    """A random code that a person can type at a desk. Only staff at a desk can try one.  R-75"""
    return "".join(secrets.choice(SHORT_ALPHABET) for _number in range(8))


def digest_of(code: str) -> str:
    """The digest that is kept of a scanned `code`: it finds the voucher but cannot be used to obtain a ticket.

    160 random bits cannot be recovered from their SHA-256, here or on an offline device (decision 0070).
    """
    return hashlib.sha256(code.encode()).hexdigest()


class VoucherQuerySet(models.QuerySet):
    def good(self) -> Self:
        """Vouchers that were not revoked.  R-54"""
        return self.filter(revoked_at=None)


class Voucher(models.Model):
    """One code issued to one representative. Once revoked it stays revoked, and is never issued again.  R-54

    `mailed_at` is the meeting's moment at which its link was first mailed: never before the approval (R-47).
    """

    representative = models.ForeignKey(
        Representative, models.CASCADE, related_name="vouchers", verbose_name=_("representative")
    )
    code = models.CharField(_("code"), max_length=64, unique=True, editable=False)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    short_code = models.CharField(_("short code"), max_length=8, blank=True, editable=False, default="", db_default="")
    issued_at = models.DateTimeField(_("issued at"), editable=False)
    mailed_at = models.DateTimeField(_("link mailed at"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)

    objects = VoucherQuerySet.as_manager()

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        ordering = ["issued_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["representative"],
                condition=Q(revoked_at=None),
                name="a_representative_has_one_voucher_that_is_good",
            ),
            models.UniqueConstraint(
                fields=["short_code"], condition=~Q(short_code=""), name="a_short_code_is_given_once"
            ),
            models.CheckConstraint(
                name="a_voucher_is_issued_before_it_is_revoked",
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("issued_at")),
            ),
        ]

    def __str__(self):
        return str(self.pk)

    @property
    def is_good(self) -> bool:
        return self.revoked_at is None

    @property
    def reference(self) -> str:
        """The short code in groups of four, for reading aloud or typing; without one, the code in groups of five."""
        code, size = (self.short_code, 4) if self.short_code else (self.code, 5)
        return " ".join(code[begin : begin + size] for begin in range(0, len(code), size))
