"""A line of the programme may end, be elsewhere, or be no part of a sitting; a meeting may have several rooms.  R-31"""

import i18nfield.fields
from django.db import migrations, models

KINDS = [
    ("heading", "heading"),
    ("opening", "opening remarks"),
    ("introduction", "introductory remarks"),
    ("panel", "remarks by panellists"),
    ("floor", "list of speakers"),
    ("suspension", "suspension"),
    ("resumption", "resumption"),
    ("closing", "closing remarks"),
    ("conclusion", "conclusion"),
    ("event", "event outside the sittings"),
]


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0006_the_purpose_is_a_section")]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="has_several_rooms",
            field=models.BooleanField(
                default=False,
                help_text="Lines of the programme may be held at the same time, each in a place of its own.",
                verbose_name="several rooms",
            ),
        ),
        migrations.AlterField(
            model_name="programmeslot",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=12, verbose_name="kind"),
        ),
        migrations.AddField(
            model_name="programmeslot",
            name="ends_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="ends at"),
        ),
        migrations.AddField(
            model_name="programmeslot",
            name="place",
            field=i18nfield.fields.I18nCharField(
                blank=True,
                default="",
                help_text="Only if it is another than that of the meeting.",
                verbose_name="place",
            ),
        ),
        migrations.RemoveConstraint(model_name="programmeslot", name="no_two_slots_start_at_the_same_time"),
        migrations.AddConstraint(
            model_name="programmeslot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("starts_at__isnull", False)),
                fields=("meeting", "starts_at", "place"),
                name="no_two_slots_start_at_the_same_time_and_place",
                violation_error_message="Another slot of this meeting starts at the same time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmeslot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_at", None),
                    models.Q(("starts_at__isnull", False), ("starts_at__lt", models.F("ends_at"))),
                    _connector="OR",
                ),
                name="a_slot_starts_before_it_ends",
                violation_error_message="A line of the programme must start before it ends.",
            ),
        ),
    ]
