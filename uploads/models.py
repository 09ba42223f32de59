"""How many files each address sent, and whether the virus scanner answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Count(models.Model):
    """How many files came from one address within one hour (UTC)."""

    address = models.CharField(_("address"), max_length=254)
    hour = models.DateTimeField(_("hour"), db_index=True)
    number = models.PositiveIntegerField(_("files"), default=0)

    class Meta:
        verbose_name = _("count of files")
        verbose_name_plural = _("counts of files")
        constraints = [
            models.UniqueConstraint(fields=["address", "hour"], name="files_of_an_address_are_counted_once_an_hour")
        ]

    def __str__(self):
        return str(self.number)


class ScannerFailure(models.Model):
    """The last moment at which the virus scanner gave no answer: one row, or none since it answered."""

    ONLY = 1

    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("failure of the virus scanner")
        verbose_name_plural = _("failures of the virus scanner")

    def __str__(self):
        return str(self.at)
