"""How a statement will be delivered, as interpreters and reporters need to know it.  R-73"""

from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from speakers.models.filing import Filing


class TextMark(models.TextChoices):
    """How the text that is handed in relates to what will be said: what interpreters ask first.  R-73"""

    NOT_SAID = "", _("not said")
    AS_IT_STANDS = "as_it_stands", _("to be read out as it stands")
    CHECK = "check", _("check against delivery")


class Delivery(models.Model):
    """The mark of the text, and one passage in another language with its page."""

    TextMark = TextMark

    language: Any
    other_language: Any
    get_language_display: Any
    text_mark = models.CharField(
        _("mark of the text"), max_length=12, choices=TextMark, blank=True, default="", db_default=""
    )
    passage_language = models.CharField(
        _("a passage in another language"),
        max_length=5,
        choices=Filing.Language,
        blank=True,
        default="",
        db_default="",
    )
    passage_page = models.PositiveSmallIntegerField(_("page of that passage"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def language_in_words(self) -> str:
        """The language of delivery; of another language than the six, its name."""
        return self.other_language or self.get_language_display()

    @property
    def passage_in_words(self) -> str:
        """The passage in another language and its page, or empty.  R-73"""
        if self.passage_page is None:
            return self.get_passage_language_display()
        facts = {"language": self.get_passage_language_display(), "page": self.passage_page}
        return gettext("%(language)s, page %(page)d") % facts
