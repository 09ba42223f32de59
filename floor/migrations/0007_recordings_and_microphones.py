"""Recordings of sittings, and the systems that run the microphones of a room.  R-30 R-33"""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0008_notices_one_by_one_or_together"),
        ("floor", "0006_undo_messages_and_points_of_order"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoomSystem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(verbose_name="key made at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="key revoked at")),
                ("is_on", models.BooleanField(default=False, verbose_name="its signals begin and end statements")),
                (
                    "latest_sent_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="moment on its latest signal"),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="room_systems",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "system of microphones",
                "verbose_name_plural": "systems of microphones",
                "ordering": ["meeting", "name"],
            },
        ),
        migrations.CreateModel(
            name="Signal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80, verbose_name="identifier")),
                ("place", models.CharField(max_length=60, verbose_name="whose microphone")),
                ("is_on", models.BooleanField(verbose_name="switched on")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("arrived_at", models.DateTimeField(verbose_name="arrived at")),
                ("result", models.CharField(max_length=20, verbose_name="what it did")),
                ("detail", models.CharField(max_length=500, verbose_name="in words")),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signals",
                        to="floor.roomsystem",
                        verbose_name="system",
                    ),
                ),
            ],
            options={
                "verbose_name": "signal of a microphone",
                "verbose_name_plural": "signals of microphones",
                "ordering": ["system", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Recording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("starts_at", models.DateTimeField(verbose_name="second 0 of the recording")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="end of the recording")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="where it can be watched")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recordings",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "recording",
                "verbose_name_plural": "recordings",
                "ordering": ["meeting", "starts_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "starts_at"),
                        name="recordings_of_a_meeting_begin_apart",
                        violation_error_message="Another recording begins at this moment.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at", None), ("ends_at__gt", models.F("starts_at")), _connector="OR"),
                        name="a_recording_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="roomsystem",
            constraint=models.UniqueConstraint(
                models.F("meeting"),
                django.db.models.functions.text.Lower("name"),
                name="a_meeting_has_one_room_system_of_a_name",
                violation_error_message="There is a system of this name: renew its key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.UniqueConstraint(fields=("system", "key"), name="a_signal_is_taken_once"),
        ),
    ]
