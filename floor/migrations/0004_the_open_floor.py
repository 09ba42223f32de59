"""Delegations ask for the open floor; the panel replies in rounds.  R-70"""

import datetime

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0003_symbols_of_every_body"),
        ("floor", "0003_files_are_taken_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="room",
            name="floor_opened_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="open floor since"),
        ),
        migrations.AddField(
            model_name="room",
            name="is_muted",
            field=models.BooleanField(default=False, verbose_name="no more requests for the floor for now"),
        ),
        migrations.AddField(
            model_name="room",
            name="open_floor_limit",
            field=models.DurationField(default=datetime.timedelta(seconds=120), verbose_name="limit, open floor"),
        ),
        migrations.AddField(
            model_name="room",
            name="panel_limit",
            field=models.DurationField(default=datetime.timedelta(seconds=180), verbose_name="limit, panel"),
        ),
        migrations.AddField(
            model_name="room",
            name="panel_slot",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="dialogue.programmeslot",
                verbose_name="panel",
            ),
        ),
        migrations.AddField(
            model_name="room",
            name="speakers_per_round",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="speakers before the panel replies",
            ),
        ),
        migrations.AddField(
            model_name="turn",
            name="asked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="asked at"),
        ),
        migrations.AddField(
            model_name="turn",
            name="taken_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="taken next at"),
        ),
        migrations.AlterField(
            model_name="turn",
            name="kind",
            field=models.CharField(
                choices=[
                    ("listed", "on the list"),
                    ("inserted", "outside the list"),
                    ("reply", "right of reply"),
                    ("open_floor", "open floor"),
                    ("panel", "panel"),
                ],
                default="listed",
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="turn",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("called", "called"),
                    ("speaking", "speaking"),
                    ("delivered", "delivered"),
                    ("not_delivered", "not delivered"),
                    ("not_reached", "not reached"),
                    ("withdrawn", "withdrawn"),
                ],
                default="waiting",
                max_length=14,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_muted", False), ("floor_opened_at__isnull", False), _connector="OR"),
                name="only_an_open_floor_is_muted",
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "open_floor"), ("state", "waiting")),
                fields=("meeting", "delegation"),
                name="a_delegation_asks_for_the_floor_once_at_a_time",
                violation_error_message="This delegation has asked for the floor already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "open_floor"), _negated=True),
                    models.Q(("asked_at__isnull", False), ("delegation__isnull", False)),
                    _connector="OR",
                ),
                name="a_request_has_its_delegation_and_its_arrival",
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "listed"), _negated=True),
                    models.Q(models.Q(("state", "withdrawn"), _negated=True), ("taken_at", None)),
                    _connector="OR",
                ),
                name="only_off_the_list_is_withdrawn_or_taken_next",
            ),
        ),
    ]
