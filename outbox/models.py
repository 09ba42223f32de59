"""Mail as rows, the attempts to send each, how the mail server answers, and signs of life of those that send."""

import uuid
from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from acts import request_number
from outbox import kinds

MAX_LOST_CLAIMS = 5


def fresh_message_id() -> str:
    """A Message-ID for one mail, kept for ever, so that a second copy is recognized as the same mail."""
    return f"<{uuid.uuid4().hex}@{urlsplit(settings.SITE_URL).hostname}>"


class State(models.TextChoices):
    HELD = "held", _("held")
    QUEUED = "queued", _("queued")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    KEPT = "kept", _("kept back")
    DROPPED = "dropped", _("dropped")


class KeptFor(models.TextChoices):
    """Why a mail is kept back after a restore, or was: it may have been sent already.  R-76"""

    WAITING = "waiting", _("it waited to be sent when the backup was made, and was probably sent after that")
    SENDING = "sending", _("it was being sent when the backup was made")
    FAILED = "failed", _("it had failed when the backup was made, and may have been tried again after that")
    REPEATED = "repeated", _("it was written on time after the restore, and may have been written and sent before it")


class Urgency(models.IntegerChoices):
    """The order in which mail is sent when much of it waits.  R-74"""

    CODE = 0, _("one-time code")
    ONE = 1, _("what concerns one delegation or person")
    MANY = 2, _("what goes to many")


class MessageQuerySet(models.QuerySet):
    def due(self, at: datetime) -> Self:
        """Mail that may be claimed at the moment `at`: queued and due, or left behind by a sender that died."""
        is_queued = Q(state=State.QUEUED, next_attempt_at__lte=at)
        return self.filter(is_queued | Q(state=State.SENDING, lease_until__lte=at, lost_claims__lt=MAX_LOST_CLAIMS))

    def poisonous(self, at: datetime) -> Self:
        """Mail whose senders died each time they held it."""
        return self.filter(state=State.SENDING, lease_until__lte=at, lost_claims__gte=MAX_LOST_CLAIMS)

    def not_sent(self) -> Self:
        """Mail neither sent nor dropped. The states are named, so that an index finds it, however much was sent."""
        return self.filter(state__in=[state for state in State.values if state not in {State.SENT, State.DROPPED}])

    def unsent(self) -> Self:
        """Mail that is on its way."""
        return self.filter(state__in=[State.QUEUED, State.SENDING])

    def failed(self) -> Self:
        """Mail that is tried again only if staff say so."""
        return self.filter(state=State.FAILED)

    def to_retry(self) -> Self:
        """Mail that failed or waits for its next attempt, and whose text is kept."""
        return self.filter(state__in=[State.FAILED, State.QUEUED], body_erased_at=None)

    def held(self) -> Self:
        """Mail that waits for staff to release it."""
        return self.filter(state=State.HELD)

    def kept(self) -> Self:
        """Mail that may have been sent before a restore, and waits for a lead to decide.  R-76"""
        return self.filter(state=State.KEPT)

    def done_with(self, before: datetime) -> Self:
        """Mail that was sent before that moment, or that was queued before it and given up or dropped."""
        given_up = Q(state__in=[State.FAILED, State.DROPPED], queued_at__lt=before)
        return self.filter(Q(state=State.SENT, sent_at__lt=before) | given_up)


class Message(models.Model):
    """One mail: stored in the transaction of the act it reports, sent at least once under one Message-ID.  R-10

    A mail may be stored with the `facts` alone from which its text is written when it is sent (`delivery/writing.py`).
    `attempts` counts outcomes since it was queued and drives the retry table; `lost_claims` counts senders that took
    it and stored no outcome. `delivered_to` are the recipients for whom a mail server has already accepted it.
    `request_number` is that of the request that posted it.
    """

    State = State

    key = models.CharField(_("key"), max_length=200, unique=True, editable=False)
    message_id = models.CharField("Message-ID", max_length=255, unique=True, default=fresh_message_id, editable=False)
    kind = models.CharField(_("kind"), max_length=60, db_index=True, editable=False)
    about = models.CharField(_("about"), max_length=200, blank=True, db_index=True, editable=False)
    request_number = models.CharField(
        _("number of the request"),
        max_length=request_number.LENGTH,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    language = models.CharField(_("language"), max_length=12, default="en", editable=False)
    to = models.JSONField(_("to"), default=list, editable=False)
    cc = models.JSONField(_("copies to"), default=list, editable=False)
    subject = models.CharField(_("subject"), max_length=250, editable=False)
    body = models.TextField(_("text"), editable=False)
    facts = models.JSONField(_("facts"), null=True, editable=False)
    is_secret = models.BooleanField(_("secret"), default=False, editable=False)
    is_withheld = models.BooleanField(_("held for its rehearsal"), default=False, editable=False)
    is_rehearsal = models.BooleanField(_("rehearsal"), default=False, editable=False)

    urgency = models.PositiveSmallIntegerField(
        _("urgency"), choices=Urgency, default=Urgency.ONE, db_default=Urgency.ONE, editable=False
    )
    state = models.CharField(_("state"), max_length=8, choices=State, editable=False)
    created_at = models.DateTimeField(_("written at"), editable=False)
    queued_at = models.DateTimeField(_("queued at"), null=True, editable=False)
    next_attempt_at = models.DateTimeField(_("next attempt at"), null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    lost_claims = models.PositiveSmallIntegerField(_("attempts without outcome"), default=0, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    lease_token = models.UUIDField(null=True, editable=False)
    delivered_to = models.JSONField(_("accepted for"), default=list, editable=False)
    last_error = models.TextField(_("last error"), blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    kept_back_for = models.CharField(
        _("kept back because"), max_length=8, choices=KeptFor, blank=True, db_default="", editable=False
    )
    body_erased_at = models.DateTimeField(_("text erased at"), null=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mail")
        ordering = ["-created_at", "-pk"]
        permissions = [("decide_on_kept", "Can release or drop mail that a restore kept back")]
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="mail_by_state_and_turn")]
        constraints = [
            models.CheckConstraint(
                name="mail_being_sent_has_a_lease_and_no_other_has",
                condition=Q(state="sending", lease_until__isnull=False, lease_token__isnull=False)
                | (~Q(state="sending") & Q(lease_until=None, lease_token=None)),
            ),
            models.CheckConstraint(
                name="queued_mail_says_when_its_turn_is",
                condition=Q(state="queued", next_attempt_at__isnull=False)
                | (~Q(state="queued") & Q(next_attempt_at=None)),
            ),
            models.CheckConstraint(
                name="sent_mail_says_when_it_was_sent",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="only_held_mail_was_never_queued",
                condition=Q(state="held", queued_at=None)
                | (~Q(state="held") & Q(queued_at__isnull=False, queued_at__gte=F("created_at"))),
            ),
            models.CheckConstraint(
                name="mail_that_may_still_go_keeps_its_text",
                condition=Q(body_erased_at=None) | Q(state__in=["sent", "failed", "dropped"]),
            ),
            models.CheckConstraint(
                name="mail_that_is_kept_back_says_why", condition=~Q(state="kept") | ~Q(kept_back_for="")
            ),
        ]

    def __str__(self):
        return f"{kinds.label(self.kind)} {self.pk}"


class Attempt(models.Model):
    """One outcome of an attempt to send a mail, for the mail desk. `detail` is what the mail server said."""

    class Outcome(models.TextChoices):
        SENT = "sent", _("sent")
        RETRY = "retry", _("to be tried again")
        FAILED = "failed", _("failed")

    message = models.ForeignKey(Message, models.CASCADE, related_name="history", verbose_name=_("mail"))
    at = models.DateTimeField(_("at"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    detail = models.TextField(_("detail"), blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.message_id} {self.outcome}"


class Heartbeat(models.Model):
    """When a part of the machinery was last seen alive."""

    class Part(models.TextChoices):
        WORKER = "worker", _("worker")
        BEAT = "beat", _("scheduler")

    part = models.CharField(_("part"), max_length=8, choices=Part, unique=True)
    at = models.DateTimeField(_("last seen at"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self):
        return self.part


class MailServer(models.Model):
    """How the mail server answers, as all senders know it: one row, which is the breaker (`delivery/breaker.py`).  R-74

    `strikes` are the failures and slow answers in a row. While it `is_open`, a mail that is no code may be sent from
    `next_at` on, and none before `held_until` except by the sender that holds it.
    """

    strikes = models.PositiveSmallIntegerField(_("failures and slow answers in a row"), default=0)
    is_open = models.BooleanField(_("mails go one at a time"), default=False)
    next_at = models.DateTimeField(_("next attempt at"), null=True)
    held_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mail server")
        verbose_name_plural = _("mail servers")

    def __str__(self):
        return "open" if self.is_open else "closed"
