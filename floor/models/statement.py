"""The text of a statement, as handed in by the delegation."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from speakers.models import Inscription
from spelling.listing import in_a_row


class StatementQuerySet(models.QuerySet):
    def current(self) -> Self:
        """Those that have not been replaced or withdrawn."""
        return self.filter(ended_at=None)


class Statement(models.Model):
    """One text in one language. When it is replaced or withdrawn, its row stays and says when; its bytes are deleted.

    It is under embargo until the statement is delivered; a text in lieu of delivery (R-40) never is.
    """

    class Kind(models.TextChoices):
        SPOKEN = "spoken", _("statement")
        IN_LIEU = "in_lieu", _("written statement in lieu of delivery")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inscription = models.ForeignKey(
        Inscription, models.PROTECT, related_name="statements", verbose_name=_("inscription")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SPOKEN)
    language = models.CharField(_("language"), max_length=5, choices=Inscription.Language)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    count = models.PositiveIntegerField(_("words or characters"), null=True, blank=True)
    handed_in_at = models.DateTimeField(_("handed in at"))
    handed_in_by = models.CharField(_("handed in by"), max_length=254)
    ended_at = models.DateTimeField(_("replaced or taken back at"), null=True, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["inscription", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["inscription", "language"],
                condition=Q(ended_at=None),
                name="one_current_statement_of_an_entry_in_a_language",
            )
        ]

    def __str__(self):
        return in_a_row([self.inscription.delegation, self.get_language_display()])

    @property
    def meeting_slug(self) -> str:
        return self.inscription.meeting.slug

    @property
    def suffix(self) -> str:
        """The extension of the file, by its type and not by the name under which it came."""
        return "pdf" if self.media_type == "application/pdf" else "docx"

    @property
    def download_name(self) -> str:
        """The name under which a browser saves the file."""
        return f"{self.meeting_slug}-{self.inscription.delegation.code.lower()}-{self.language}.{self.suffix}"


class StatementFile(models.Model):
    """The bytes of a text, apart from the row that lists read. Written once; deleting the row erases them.  R-57

    Without this row a text is missing, and its page says so.
    """

    statement = models.OneToOneField(
        Statement, models.PROTECT, primary_key=True, related_name="file", verbose_name=_("statement")
    )
    content = models.BinaryField(_("file"))

    class Meta:
        verbose_name = _("file of a statement")
        verbose_name_plural = _("files of statements")

    def __str__(self):
        return str(self.statement_id)
