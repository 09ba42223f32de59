"""A calendar to which a person subscribes: one address that holds all entries they may see.  R-30 R-59"""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """The public half of the address of a calendar: random, and new with each address."""
    return secrets.token_hex(8)


class Subscription(models.Model):
    """The calendar of the person who reads mail at `address` (normalised), since the real moment `made_at`.

    Of its private address only the half by which the row is found is kept: the other is a hash of it by the secret key
    (`mission/subscribing.py`). With a new `key` the former address no longer works.
    """

    address = models.CharField(_("e-mail"), max_length=254, unique=True)
    key = models.CharField(max_length=16, unique=True, default=new_key)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("subscription to a calendar")
        verbose_name_plural = _("subscriptions to a calendar")

    def __str__(self):
        return str(self.pk)
