"""A frozen list, established or published, which never changes.  R-28"""

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from speakers.models.speakers_list import OfAList, SpeakersList


class Revision(OfAList, models.Model):
    """An immutable numbered state of a meeting's list; the database refuses to change or delete a row.

    `content` is the canonical text that was hashed; `sha256` covers it, and the content holds the hash of the
    revision before. The other fields repeat parts of the content, so that rows can be found by them.
    """

    class Kind(models.TextChoices):
        ESTABLISHED = "established", _("established list")
        PUBLISHED = "published", _("published revision")

    speakers_list = models.ForeignKey(
        SpeakersList, models.PROTECT, related_name="revisions", verbose_name=_("list of speakers")
    )
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    as_at = models.DateTimeField(_("as at"))
    comment = models.TextField(_("comment"), blank=True)
    content = models.TextField(_("content"))
    previous_sha256 = models.CharField(_("SHA-256 of the one before"), max_length=64, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["speakers_list", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["speakers_list", "number"], name="a_revision_number_is_given_once"),
            models.CheckConstraint(
                name="only_the_first_revision_follows_none",
                condition=Q(number=1, previous_sha256="") | (Q(number__gt=1) & ~Q(previous_sha256="")),
            ),
        ]

    def __str__(self):
        return f"{self.speakers_list_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("speakers:revision", args=[*self.speakers_list.address, self.number])

    @cached_property
    def document(self) -> dict[str, Any]:
        """The content as data: see `docs/schema/list-1.json`."""
        return json.loads(self.content)

    @property
    def rows(self) -> list[dict[str, str]]:
        """The public rows in speaking order, as dictionaries.  R-29"""
        return self.document["speakers"]
