"""The text of a statement, as handed in by the delegation."""

import uuid
from pathlib import Path
from typing import Self

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from speakers.models import Inscription


class PrivateStorage(FileSystemStorage):
    """A folder within this installation's own data, never among static files, readable by this process alone."""

    @property
    def base_location(self) -> Path:
        return settings.VAR_DIR / "statements"

    @property
    def location(self) -> str:
        return str(Path(self.base_location).absolute())


def private_storage() -> PrivateStorage:
    """Where statements are kept. They have no address of their own: `views/statements.py` serves them."""
    return PrivateStorage(base_url=None, file_permissions_mode=0o600, directory_permissions_mode=0o700)


def name_of_file(statement: "Statement", _filename: str) -> str:
    """Where the file of `statement` is kept: under a generated name, with nothing that was typed."""
    return f"{statement.meeting_slug}/{statement.public_id}.{statement.suffix}"


class StatementQuerySet(models.QuerySet):
    def current(self) -> Self:
        """Those that have not been replaced or withdrawn."""
        return self.filter(ended_at=None)


class Statement(models.Model):
    """One file in one language. When it is replaced or withdrawn, its row stays and says when; its file is deleted.

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
    file = models.FileField(_("file"), storage=private_storage, upload_to=name_of_file, max_length=200)
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
        return f"{self.inscription.delegation}, {self.get_language_display()}"

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
