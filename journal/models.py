"""The journal: chains of entries, and apart from them the personal data that may be erased.  R-57 R-58"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Head(models.Model):
    """The end of one stream's chain. This row is also the lock under which its entries are numbered."""

    stream = models.CharField(_("stream"), max_length=120, unique=True)
    sequence = models.PositiveBigIntegerField(_("number"), default=0)
    hash = models.CharField(_("hash"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("journal chain")
        verbose_name_plural = _("journal chains")
        ordering = ["stream"]

    def __str__(self):
        return self.stream


class EntryQuerySet(models.QuerySet):
    def of_stream(self, stream: str) -> Self:
        """The chain of `stream`, oldest first, with the payloads that are still kept."""
        return self.filter(stream=stream).order_by("sequence").select_related("payload")

    def about(self, subject: str) -> Self:
        """Entries about one `subject` such as “inscription/<public_id>”, in the order in which they were recorded.

        They are not ordered by their moments: the clock of a rehearsal may be shifted back.
        """
        return self.filter(subject=subject).order_by("stream", "sequence")


class Entry(models.Model):
    """One act. Every field is hashed together with the hash of the entry before; none holds personal data.

    The database refuses to change or delete a row (see `protection.py`).
    """

    stream = models.CharField(_("stream"), max_length=120)
    sequence = models.PositiveBigIntegerField(_("number"))
    at = models.DateTimeField(_("at"))
    act = models.CharField(_("act"), max_length=60)
    subject = models.CharField(_("subject"), max_length=200, db_index=True)
    actor_role = models.CharField(_("role"), max_length=40)
    payload_digest = models.CharField(_("digest of the payload"), max_length=64)
    previous_hash = models.CharField(_("hash of the entry before"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["stream", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["stream", "sequence"], name="an_entry_has_its_own_number_in_its_stream"),
            models.CheckConstraint(
                name="only_the_first_entry_follows_none",
                condition=Q(sequence=1, previous_hash="") | (Q(sequence__gt=1) & ~Q(previous_hash="")),
            ),
        ]

    def __str__(self):
        return f"{self.stream} {self.sequence}"


class Payload(models.Model):
    """The personal data of an entry. Deleting the row erases them and leaves the chain intact.  R-57

    The entry holds only an HMAC of this content under `salt`; without the salt no one can guess the content.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="payload", verbose_name=_("entry"))
    salt = models.CharField(max_length=64)
    actor_name = models.CharField(_("who"), max_length=254, blank=True)
    before = models.JSONField(_("before"), null=True, blank=True)
    after = models.JSONField(_("after"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("payload")
        verbose_name_plural = _("payloads")

    def __str__(self):
        return str(self.entry_id)
