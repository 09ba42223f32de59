"""Booths of interpreters and desks of reporters, each with its link.  R-73"""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0007_ends_and_places_of_slots"),
        ("floor", "0004_the_open_floor"),
    ]

    operations = [
        migrations.CreateModel(
            name="Booth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("linked_at", models.DateTimeField(verbose_name="link made at")),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="link first opened at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="link revoked at")),
                ("slow_down_at", models.DateTimeField(blank=True, null=True, verbose_name="asked to slow down at")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="booths",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "slow_down_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="floor.turn",
                        verbose_name="whom it asked to slow down",
                    ),
                ),
            ],
            options={
                "verbose_name": "booth",
                "verbose_name_plural": "booths",
                "ordering": ["meeting", "name"],
                "permissions": [("read_texts", "Can read the texts of statements before delivery")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("meeting"),
                        django.db.models.functions.text.Lower("name"),
                        name="a_meeting_has_one_booth_of_a_name",
                        violation_error_message="There is a booth of this name: renew its link.",
                    )
                ],
            },
        ),
    ]
