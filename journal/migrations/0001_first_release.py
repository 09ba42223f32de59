"""Every table of this app; the database itself refuses to change what was recorded, and announces it.  R-58"""

import django.db.models.deletion
from django.db import migrations, models

from journal import announcement, protection


def protect(apps, schema_editor):
    protection.protect(schema_editor.connection)


def unprotect(apps, schema_editor):
    protection.unprotect(schema_editor.connection)


def announce(apps, schema_editor):
    announcement.announce_entries(schema_editor.connection)


def silence(apps, schema_editor):
    announcement.silence_entries(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("journal", "0001_initial"),
        ("journal", "0002_append_only"),
        ("journal", "0003_entries_are_announced"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stream", models.CharField(max_length=120, unique=True, verbose_name="stream")),
                ("sequence", models.PositiveBigIntegerField(default=0, verbose_name="number")),
                ("hash", models.CharField(blank=True, max_length=64, verbose_name="hash")),
            ],
            options={
                "verbose_name": "journal chain",
                "verbose_name_plural": "journal chains",
                "ordering": ["stream"],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stream", models.CharField(max_length=120, verbose_name="stream")),
                ("sequence", models.PositiveBigIntegerField(verbose_name="number")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("act", models.CharField(max_length=60, verbose_name="act")),
                ("subject", models.CharField(db_index=True, max_length=200, verbose_name="subject")),
                ("actor_role", models.CharField(max_length=40, verbose_name="role")),
                ("payload_digest", models.CharField(max_length=64, verbose_name="digest of the payload")),
                ("previous_hash", models.CharField(blank=True, max_length=64, verbose_name="hash of the entry before")),
                ("hash", models.CharField(max_length=64, unique=True, verbose_name="hash")),
            ],
            options={
                "verbose_name": "entry",
                "verbose_name_plural": "entries",
                "ordering": ["stream", "sequence"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("stream", "sequence"), name="an_entry_has_its_own_number_in_its_stream"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("previous_hash", ""), ("sequence", 1)),
                            models.Q(("sequence__gt", 1), models.Q(("previous_hash", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="only_the_first_entry_follows_none",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("salt", models.CharField(max_length=64)),
                ("actor_name", models.CharField(blank=True, max_length=254, verbose_name="who")),
                ("before", models.JSONField(blank=True, null=True, verbose_name="before")),
                ("after", models.JSONField(blank=True, null=True, verbose_name="after")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payload",
                        to="journal.entry",
                        verbose_name="entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "payload",
                "verbose_name_plural": "payloads",
            },
        ),
        migrations.RunPython(protect, unprotect),
        migrations.RunPython(announce, silence),
    ]
