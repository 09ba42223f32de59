"""Two sittings may be held at once, each in a place of its own.  R-62"""

import i18nfield.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0008_notices_one_by_one_or_together")]

    beside_the_last_release = {
        "one_sitting_of_a_meeting_starts_at_a_time_and_place": "Its sittings have no place, so that of two at one moment the "
        "second is refused as before."
    }

    operations = [
        migrations.AlterModelOptions(
            name="sitting",
            options={"ordering": ["starts_at", "pk"], "verbose_name": "sitting", "verbose_name_plural": "sittings"},
        ),
        migrations.AlterField(
            model_name="meeting",
            name="has_several_rooms",
            field=models.BooleanField(
                default=False,
                help_text="Sittings and lines of the programme may be held at once, each in a place of its own.",
                verbose_name="several rooms",
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="place",
            field=i18nfield.fields.I18nCharField(
                blank=True,
                db_default="",
                default="",
                help_text="Only if it is another than that of the meeting.",
                verbose_name="place",
            ),
        ),
        migrations.RemoveConstraint(model_name="sitting", name="one_sitting_of_a_meeting_starts_at_a_time"),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.UniqueConstraint(
                fields=("meeting", "starts_at", "place"), name="one_sitting_of_a_meeting_starts_at_a_time_and_place"
            ),
        ),
    ]
