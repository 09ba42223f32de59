"""Every table of this app."""

import datetime
import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("floor", "0001_initial"),
        ("floor", "0002_conference_officers"),
        ("floor", "0003_notes_alerts_and_remarks_about_time"),
        ("floor", "0004_statements"),
        ("floor", "0005_who_reads_the_record"),
    ]

    dependencies = [
        ("dialogue", "0001_first_release"),
        ("speakers", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="TimeRemark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("said_at", models.DateTimeField(verbose_name="said at")),
                ("words", models.CharField(max_length=300, verbose_name="what was said")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="time_remarks",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark about time",
                "verbose_name_plural": "remarks about time",
                "ordering": ["said_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("listed", "on the list"),
                            ("inserted", "outside the list"),
                            ("reply", "right of reply"),
                        ],
                        default="listed",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("speaker_prefix", models.CharField(blank=True, max_length=40, verbose_name="form of address")),
                (
                    "speaker_name",
                    models.CharField(blank=True, max_length=160, verbose_name="full name as to be announced"),
                ),
                ("speaker_title", models.CharField(blank=True, max_length=200, verbose_name="functional title")),
                (
                    "reply_no",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="number of the reply"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("called", "called"),
                            ("speaking", "speaking"),
                            ("delivered", "delivered"),
                            ("not_delivered", "not delivered"),
                            ("not_reached", "not reached"),
                        ],
                        default="waiting",
                        max_length=14,
                        verbose_name="state",
                    ),
                ),
                ("absences", models.PositiveSmallIntegerField(default=0, verbose_name="absences")),
                ("present_at", models.DateTimeField(blank=True, null=True, verbose_name="marked present at")),
                ("own_limit", models.DurationField(blank=True, null=True, verbose_name="own limit")),
                ("limit", models.DurationField(blank=True, null=True, verbose_name="limit")),
                ("called_at", models.DateTimeField(blank=True, null=True, verbose_name="called at")),
                ("began_at", models.DateTimeField(blank=True, null=True, verbose_name="began at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("paused_at", models.DateTimeField(blank=True, null=True, verbose_name="paused at")),
                ("paused_for", models.DurationField(default=datetime.timedelta(0), verbose_name="paused for")),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="private note")),
                (
                    "alerted_at_place",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="alerted at"),
                ),
                ("place_before", models.JSONField(blank=True, null=True, verbose_name="place before an absence")),
                (
                    "delegation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="speakers.delegation",
                        verbose_name="delegation",
                    ),
                ),
                (
                    "inscription",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turn",
                        to="speakers.inscription",
                        verbose_name="inscription",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turns",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "stands_before",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="speakers.inscription",
                        verbose_name="stands before",
                    ),
                ),
            ],
            options={
                "verbose_name": "turn",
                "verbose_name_plural": "turns",
                "ordering": ["meeting", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "speaking")),
                        fields=("meeting",),
                        name="one_entry_of_a_meeting_speaks",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["called", "speaking"])),
                        fields=("meeting",),
                        name="one_entry_has_the_floor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("inscription__isnull", False), ("kind", "listed")),
                            models.Q(models.Q(("kind", "listed"), _negated=True), ("inscription", None)),
                            _connector="OR",
                        ),
                        name="a_listed_turn_belongs_to_an_inscription",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["speaking", "delivered"]), _negated=True),
                            models.Q(("began_at__isnull", False), ("limit__isnull", False)),
                            _connector="OR",
                        ),
                        name="who_speaks_has_begun_and_has_a_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None),
                            ("began_at", None),
                            ("ended_at__gte", models.F("began_at")),
                            _connector="OR",
                        ),
                        name="a_statement_ends_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "delivered"), _negated=True),
                            models.Q(("ended_at__isnull", False), ("paused_at", None)),
                            _connector="OR",
                        ),
                        name="a_delivered_statement_has_its_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paused_at", None), ("state", "speaking"), _connector="OR"),
                        name="only_who_speaks_is_paused",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "reply"), models.Q(("state", "not_delivered"), _negated=True)),
                        fields=("meeting", "delegation", "reply_no"),
                        name="a_delegation_replies_twice_at_most",
                        violation_error_message="This delegation has used both its replies.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("delegation__isnull", False), ("kind", "reply"), ("reply_no__in", [1, 2])),
                            models.Q(models.Q(("kind", "reply"), _negated=True), ("reply_no", None)),
                            _connector="OR",
                        ),
                        name="a_reply_has_its_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("suspended_at", models.DateTimeField(blank=True, null=True, verbose_name="suspended at")),
                ("concluded_at", models.DateTimeField(blank=True, null=True, verbose_name="concluded at")),
                ("message", models.CharField(blank=True, max_length=200, verbose_name="message on the screens")),
                ("note", models.TextField(blank=True, max_length=4000, verbose_name="private notes")),
                (
                    "allows_points_of_order",
                    models.BooleanField(
                        default=True,
                        help_text="A point of order pauses the clock and is logged.",
                        verbose_name="points of order",
                    ),
                ),
                (
                    "allows_replies",
                    models.BooleanField(
                        default=False,
                        help_text="Off for an informal meeting. Replies are heard at the end.",
                        verbose_name="right of reply",
                    ),
                ),
                (
                    "first_reply_limit",
                    models.DurationField(default=datetime.timedelta(seconds=600), verbose_name="limit, first reply"),
                ),
                (
                    "second_reply_limit",
                    models.DurationField(default=datetime.timedelta(seconds=300), verbose_name="limit, second reply"),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="room",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "pointer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="floor.turn",
                        verbose_name="last called",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting in the room",
                "verbose_name_plural": "meetings in the room",
                "permissions": [("run_room", "Can run the floor")],
            },
        ),
        migrations.CreateModel(
            name="Interruption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("point_of_order", "point of order"),
                            ("suspension", "suspension of the sitting"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=16,
                        verbose_name="ground",
                    ),
                ),
                ("raised_by", models.CharField(blank=True, max_length=120, verbose_name="raised by")),
                ("began_at", models.DateTimeField(verbose_name="began at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "turn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interruptions",
                        to="floor.turn",
                        verbose_name="turn",
                    ),
                ),
            ],
            options={
                "verbose_name": "interruption",
                "verbose_name_plural": "interruptions",
                "ordering": ["began_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("turn",),
                        name="a_statement_is_interrupted_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("began_at")), _connector="OR"
                        ),
                        name="an_interruption_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("spoken", "statement"), ("in_lieu", "written statement in lieu of delivery")],
                        default="spoken",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("ar", "Arabic"),
                            ("zh", "Chinese"),
                            ("en", "English"),
                            ("fr", "French"),
                            ("ru", "Russian"),
                            ("es", "Spanish"),
                            ("other", "other, with interpretation provided by the delegation"),
                        ],
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("file", models.FileField(max_length=200, upload_to="", verbose_name="file")),
                ("media_type", models.CharField(max_length=100, verbose_name="type")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64)),
                ("count", models.PositiveIntegerField(blank=True, null=True, verbose_name="words or characters")),
                ("handed_in_at", models.DateTimeField(verbose_name="handed in at")),
                ("handed_in_by", models.CharField(max_length=254, verbose_name="handed in by")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="replaced or taken back at")),
                (
                    "inscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="speakers.inscription",
                        verbose_name="inscription",
                    ),
                ),
            ],
            options={
                "verbose_name": "statement",
                "verbose_name_plural": "statements",
                "ordering": ["inscription", "language"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("inscription", "language"),
                        name="one_current_statement_of_an_entry_in_a_language",
                    )
                ],
            },
        ),
    ]
