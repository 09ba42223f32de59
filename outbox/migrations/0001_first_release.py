"""Every table of this app."""

import django.db.models.deletion
from django.db import migrations, models

import outbox.models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("outbox", "0001_initial"),
        ("outbox", "0002_queued_mail_says_since_when"),
        ("outbox", "0003_mail_given_up_is_erased_too"),
        ("outbox", "0004_mail_of_a_rehearsal_is_marked"),
        ("outbox", "0005_mail_is_withheld"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[("worker", "worker"), ("beat", "scheduler")],
                        max_length=8,
                        unique=True,
                        verbose_name="part",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="last seen at")),
            ],
            options={
                "verbose_name": "heartbeat",
                "verbose_name_plural": "heartbeats",
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(editable=False, max_length=200, unique=True, verbose_name="key")),
                (
                    "message_id",
                    models.CharField(
                        default=outbox.models.fresh_message_id,
                        editable=False,
                        max_length=255,
                        unique=True,
                        verbose_name="Message-ID",
                    ),
                ),
                ("kind", models.CharField(db_index=True, editable=False, max_length=60, verbose_name="kind")),
                (
                    "about",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=200, verbose_name="about"),
                ),
                ("language", models.CharField(default="en", editable=False, max_length=12, verbose_name="language")),
                ("to", models.JSONField(default=list, editable=False, verbose_name="to")),
                ("cc", models.JSONField(default=list, editable=False, verbose_name="copies to")),
                ("subject", models.CharField(editable=False, max_length=250, verbose_name="subject")),
                ("body", models.TextField(editable=False, verbose_name="text")),
                ("is_secret", models.BooleanField(default=False, editable=False, verbose_name="secret")),
                (
                    "is_withheld",
                    models.BooleanField(default=False, editable=False, verbose_name="held for its rehearsal"),
                ),
                ("is_rehearsal", models.BooleanField(default=False, editable=False, verbose_name="rehearsal")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "held"),
                            ("queued", "queued"),
                            ("sending", "being sent"),
                            ("sent", "sent"),
                            ("failed", "failed"),
                        ],
                        editable=False,
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False, verbose_name="written at")),
                ("queued_at", models.DateTimeField(editable=False, null=True, verbose_name="queued at")),
                ("next_attempt_at", models.DateTimeField(editable=False, null=True, verbose_name="next attempt at")),
                ("attempts", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="attempts")),
                (
                    "lost_claims",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="attempts without outcome"
                    ),
                ),
                ("lease_until", models.DateTimeField(editable=False, null=True)),
                ("lease_token", models.UUIDField(editable=False, null=True)),
                ("delivered_to", models.JSONField(default=list, editable=False, verbose_name="accepted for")),
                ("last_error", models.TextField(blank=True, editable=False, verbose_name="last error")),
                ("sent_at", models.DateTimeField(editable=False, null=True, verbose_name="sent at")),
                ("body_erased_at", models.DateTimeField(editable=False, null=True, verbose_name="text erased at")),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mail",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["state", "next_attempt_at"], name="mail_by_state_and_turn")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lease_token__isnull", False), ("lease_until__isnull", False), ("state", "sending")
                            ),
                            models.Q(
                                models.Q(("state", "sending"), _negated=True),
                                ("lease_token", None),
                                ("lease_until", None),
                            ),
                            _connector="OR",
                        ),
                        name="mail_being_sent_has_a_lease_and_no_other_has",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_attempt_at__isnull", False), ("state", "queued")),
                            models.Q(models.Q(("state", "queued"), _negated=True), ("next_attempt_at", None)),
                            _connector="OR",
                        ),
                        name="queued_mail_says_when_its_turn_is",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at", None)),
                            _connector="OR",
                        ),
                        name="sent_mail_says_when_it_was_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("queued_at", None), ("state", "held")),
                            models.Q(
                                models.Q(("state", "held"), _negated=True),
                                ("queued_at__gte", models.F("created_at")),
                                ("queued_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="only_held_mail_was_never_queued",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("body_erased_at", None), ("state__in", ["sent", "failed"]), _connector="OR"
                        ),
                        name="mail_that_may_still_go_keeps_its_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("sent", "sent"), ("retry", "to be tried again"), ("failed", "failed")],
                        max_length=8,
                        verbose_name="outcome",
                    ),
                ),
                ("detail", models.TextField(blank=True, verbose_name="detail")),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="history",
                        to="outbox.message",
                        verbose_name="mail",
                    ),
                ),
            ],
            options={
                "verbose_name": "attempt",
                "verbose_name_plural": "attempts",
                "ordering": ["at", "pk"],
            },
        ),
    ]
