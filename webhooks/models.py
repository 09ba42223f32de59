"""The webhooks of a meeting, and how far each of them was told each chain of the journal."""

from datetime import datetime
from typing import Any, Self
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from dialogue.models import Meeting
from journal.models import Head
from webhooks import addresses
from webhooks.kinds import TOLD_TO_ALL, Kind

# After so many failures in a row staff are shown it; it is tried again all the same.
FAILURES_SHOWN = 3


class WebhookQuerySet(models.QuerySet):
    def heard(self) -> Self:
        """Those that are told what happens: they are on, have a secret, and everyone may see their meeting."""
        return self.filter(is_on=True, meeting__is_published=True).exclude(secret_half="")


class Webhook(models.Model):
    """An address of another system, which is told what happens at one meeting.

    Of its secret only a random half is kept (`signing.py`); the former one holds until `former_until`. `kinds` are
    those of the events that it is told, `lists` the short names of lists, of which the main one is empty; none chosen
    means all. What happens in the room to no entry of a list belongs to no list, and is always told. So is a restore.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="webhooks", verbose_name=_("meeting"))
    name = models.CharField(_("name"), max_length=80, help_text=_("Which system is told, as staff call it."))
    url = models.CharField(
        _("address"),
        max_length=500,
        validators=[addresses.validate_url],
        help_text=_("It begins with https://. The journal and the log keep its host alone."),
    )
    kinds = models.JSONField(_("events"), default=list, blank=True)
    lists = models.JSONField(_("lists"), default=list, blank=True)
    is_on = models.BooleanField(
        _("on"), default=True, help_text=_("While it is off, nothing is sent. Afterwards it goes on where it stopped.")
    )
    secret_half = models.CharField(max_length=32, blank=True, editable=False)
    former_half = models.CharField(max_length=32, blank=True, editable=False)
    former_until = models.DateTimeField(_("former secret holds until"), null=True, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["meeting", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_former_secret_says_until_when",
                condition=Q(former_half="", former_until=None) | (~Q(former_half="") & Q(former_until__isnull=False)),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self) -> None:
        """Refuse events that there are none of, and lists that its meeting does not have."""
        if not set(self.kinds) <= set(Kind.values):
            raise ValidationError({"kinds": _("Choose from the events that there are.")})
        if self.lists and not set(self.lists) <= set(self.meeting.lists.values_list("slug", flat=True)):
            raise ValidationError({"lists": _("Choose from the lists of the meeting.")})

    @property
    def host(self) -> str:
        """The host of its address, which may be told where the rest, perhaps a password of the receiver, may not."""
        return urlsplit(self.url).hostname or ""

    def halves(self, at: datetime) -> list[str]:
        """The halves of the secrets that hold at the real moment `at`, the present one first."""
        is_former_known = self.former_until is not None and at < self.former_until
        return [self.secret_half, *([self.former_half] if is_former_known else [])]

    def wants(self, kind: str, list_slug: str | None) -> bool:
        """Is it told events of that `kind` about the list at `list_slug`, or about none?"""
        of_kind = not self.kinds or kind in self.kinds
        of_list = not self.lists or list_slug is None or list_slug in self.lists
        return kind == TOLD_TO_ALL or (of_kind and of_list)


class CursorQuerySet(models.QuerySet):
    def behind(self) -> Self:
        """Those whose chain has grown since."""
        return self.filter(Exists(Head.objects.filter(stream=OuterRef("stream"), sequence__gt=OuterRef("told_up_to"))))

    def free(self, at: datetime) -> Self:
        """Those that may be taken at the real moment `at`. Only columns of their own, so that one UPDATE decides."""
        is_time = Q(next_attempt_at=None) | Q(next_attempt_at__lte=at)
        return self.filter(is_time, Q(lease_until=None) | Q(lease_until__lte=at), stopped_at=None)

    def failing(self) -> Self:
        """Those that staff are to look at: they failed several times, or are tried no more."""
        has_failed = Q(attempts__gte=FAILURES_SHOWN) & ~Q(last_error="")
        return self.filter(has_failed | Q(stopped_at__isnull=False), webhook__is_on=True)


class Cursor(models.Model):
    """How far one webhook was told one chain of the journal: up to the entry number `told_up_to`.

    It is held by one sender at a time, by a lease with a fencing token. `attempts` counts how often it was taken since
    the last event that arrived; it drives the retry table of the mail.
    """

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="cursors", verbose_name=_("webhook"))
    stream = models.CharField(_("stream"), max_length=120)
    told_up_to = models.PositiveBigIntegerField(_("told up to number"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt at"), null=True)
    stopped_at = models.DateTimeField(_("given up at"), null=True)
    last_error = models.TextField(_("last error"), blank=True)
    arrived_at = models.DateTimeField(_("last event arrived at"), null=True)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)

    objects = CursorQuerySet.as_manager()

    class Meta:
        verbose_name = _("position of a webhook")
        verbose_name_plural = _("positions of webhooks")
        ordering = ["webhook", "stream"]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "stream"], name="a_webhook_is_told_each_chain_once"),
            models.CheckConstraint(
                name="a_lease_of_a_webhook_has_its_token",
                condition=Q(lease_until=None, lease_token=None)
                | Q(lease_until__isnull=False, lease_token__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.stream} {self.told_up_to}"

    def take_up_again(self, **changes: Any) -> None:
        """Store `changes`, forget the failures, and take it from any sender: what that one then stores is refused."""
        fresh = {"attempts": 0, "next_attempt_at": None, "stopped_at": None, "last_error": ""}
        Cursor.objects.filter(pk=self.pk).update(**fresh, lease_until=None, lease_token=None, **changes)
