"""The note sent with the invitation: its sections, and documents that are kept as files."""

from django.core.exceptions import ValidationError
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from dialogue.models import texts
from dialogue.models.meeting import Document, Meeting
from spelling.listing import in_a_row


class Section(models.Model):
    """A section of the note: a heading, paragraphs, and footnotes, one on each line.

    In the text, `[^1]` points to the first footnote of the section.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="sections", verbose_name=_("meeting"))
    heading = I18nCharField(_("heading"))
    text = I18nTextField(_("text"))
    footnotes = I18nTextField(
        _("footnotes"),
        blank=True,
        help_text=_("One on each line. In the text, [^1] points to the first, [^2] to the second."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("section of the note")
        verbose_name_plural = _("sections of the note")
        ordering = ["position", "pk"]

    def __str__(self):
        return str(self.heading)

    def clean(self) -> None:
        """Refuse a mark without its footnote, and a footnote without its mark."""
        if found := dict(texts.objections(self.text, self.footnotes)):
            raise ValidationError(found)


class DocumentFile(models.Model):
    """The bytes of a document, a PDF, apart from the row that lists read. Written once, and replaced by another."""

    document = models.OneToOneField(
        Document, models.CASCADE, primary_key=True, related_name="file", verbose_name=_("document")
    )
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField(_("file"))

    class Meta:
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of documents")

    def __str__(self):
        """How the journal names it."""
        return in_a_row(["PDF", filesizeformat(self.size), f"SHA-256 {self.sha256}"])
