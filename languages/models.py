"""The language in which a person chose to be written to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Choice(models.Model):
    """The language chosen under an address that was proved by a sign-in, of a delegation or of staff.

    By address, because a person may act for several delegations, or for none on record, and an officer may be named in
    several notes.
    """

    address = models.CharField(_("e-mail"), max_length=254, primary_key=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    used_at = models.DateTimeField(_("last used at"), db_index=True)

    class Meta:
        verbose_name = _("chosen language")
        verbose_name_plural = _("chosen languages")
        default_permissions = ()

    def __str__(self):
        return self.get_language_display()
