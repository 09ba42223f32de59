"""Joint statements: whom an entry names, how each answers, and who is named in public.  R-12"""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import speakers.models.speakers_list


class Migration(migrations.Migration):
    dependencies = [
        ("speakers", "0012_closed_by_the_chair"),
    ]

    operations = [
        migrations.AddField(
            model_name="inscription",
            name="joined",
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name="joined by"),
        ),
        migrations.CreateModel(
            name="Joining",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked, no answer yet"),
                            ("joined", "joins"),
                            ("declined", "declined"),
                            ("left", "left"),
                            ("taken_back", "no longer named"),
                            ("ended", "ended with the entry"),
                        ],
                        default="asked",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="speakers.delegation",
                        verbose_name="delegation",
                    ),
                ),
                (
                    "inscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joinings",
                        to="speakers.inscription",
                        verbose_name="joint statement of",
                    ),
                ),
                (
                    "speakers_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joinings",
                        to="speakers.speakerslist",
                        verbose_name="list of speakers",
                    ),
                ),
            ],
            options={
                "verbose_name": "joint statement",
                "verbose_name_plural": "joint statements",
                "ordering": ["inscription", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("inscription", "position"), name="two_names_have_two_positions"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "joined"])),
                        fields=("inscription", "delegation"),
                        name="an_entry_names_a_delegation_once",
                        violation_error_message="This delegation is already named.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("state", "asked")),
                            models.Q(models.Q(("state", "asked"), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_answer_to_a_joint_statement_says_when",
                    ),
                ],
            },
            bases=(speakers.models.speakers_list.OfAList, models.Model),
        ),
    ]
