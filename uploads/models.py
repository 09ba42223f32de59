"""How many files each address sent."""

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
