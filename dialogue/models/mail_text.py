"""A text by the secretariat that replaces the shipped text of a mail, for one meeting.  R-60"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dialogue.models.meeting import Meeting
from outbox import kinds
from spelling.listing import bracketed


class MailText(models.Model):
    """Subject and text of one kind of mail in one language for one meeting, plain, with placeholders: {delegation}.

    A text that is not active is kept, and the shipped text is used. Placeholders are checked before it is stored; the
    values that replace them are not searched again, so no one's words become a placeholder or markup.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="mail_texts", verbose_name=_("meeting"))
    kind = models.CharField(_("kind"), max_length=60)
    language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), max_length=6000)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("mail text")
        verbose_name_plural = _("mail texts")
        ordering = ["meeting", "kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind", "language"], name="a_meeting_has_one_text_of_its_own_per_kind_and_language"
            ),
        ]

    def __str__(self):
        return bracketed(kinds.label(self.kind), self.language)
