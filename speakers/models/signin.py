"""A one-time sign-in: a short code and a link, mailed to an address.  R-59"""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

LIFETIME = timedelta(minutes=20)


class SignInQuerySet(models.QuerySet):
    def usable(self, at: datetime) -> Self:
        """Sign-ins neither used nor expired at the moment `at`."""
        return self.filter(used_at=None, created_at__gt=at - LIFETIME, failed_attempts__lt=5)


class SignIn(models.Model):
    """One request to sign in. Only hashes of the code and of the link's token are kept; single use, 20 minutes."""

    email = models.CharField(_("e-mail"), max_length=254, db_index=True)
    code_hash = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    network = models.CharField(max_length=45, blank=True)
    created_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)
    failed_attempts = models.PositiveSmallIntegerField(default=0)

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")

    def __str__(self):
        return str(self.pk)


class WrongCodes(models.Model):
    """How many codes were wrong since `began_at`, over all addresses.  R-59

    One row, the lock under which they are counted.
    """

    began_at = models.DateTimeField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("wrong codes")

    def __str__(self):
        return f"{self.number} since {self.began_at:%Y-%m-%d %H:%M}"


class WitnessAsked(models.Model):
    """How often one network asked where a witness stands since `began_at`.  R-60

    `key` is a keyed hash of the network. The row is the lock under which it is counted.
    """

    key = models.CharField(max_length=64, unique=True)
    began_at = models.DateTimeField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("questions about witnesses")

    def __str__(self):
        return f"{self.number} since {self.began_at:%Y-%m-%d %H:%M}"
