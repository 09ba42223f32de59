"""A released version of a programme, frozen for ever.  R-31"""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogue.models.meeting import Meeting


class ProgrammeVersion(models.Model):
    """The programme of a meeting as it was released: `content` is the canonical text that `sha256` covers.

    The content holds the hash of the version before. The slots themselves are the draft of the next version.
    """

    class Kind(models.TextChoices):
        PROVISIONAL = "provisional", pgettext_lazy("version of a programme", "provisional")
        REVISED = "revised", _("revised")
        FINAL = "final", _("final")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="versions", verbose_name=_("meeting"))
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    revision = models.PositiveSmallIntegerField(_("revision"), default=0)
    comment = models.CharField(_("comment"), max_length=300)
    released_at = models.DateTimeField(_("released at"))
    content = models.TextField(_("content"))
    previous_sha256 = models.CharField(_("SHA-256 of the one before"), max_length=64, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)

    class Meta:
        verbose_name = _("programme version")
        verbose_name_plural = _("programme versions")
        ordering = ["meeting", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="a_programme_version_is_numbered_once"),
        ]

    def __str__(self):
        return str(self.label)

    @property
    def label(self) -> str | Promise:
        """What is printed above the programme."""
        if self.kind == self.Kind.REVISED:
            return _("Revised programme (revision %(number)d)") % {"number": self.revision}
        return _("Final programme") if self.kind == self.Kind.FINAL else _("Provisional programme")
