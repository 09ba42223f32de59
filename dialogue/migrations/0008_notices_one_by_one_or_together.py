"""An officer is told of what is done on the list one by one, every hour, or every day."""

from django.db import migrations, models

CHOICES = [
    ("each", "one by one"),
    ("hourly", "every hour"),
    ("daily", "daily, at 8 a.m."),
]


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0007_ends_and_places_of_slots")]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="notices",
            field=models.CharField(
                choices=CHOICES,
                db_default="each",
                default="each",
                help_text="Of inscriptions and their changes, to those named for inscription or for copies.",
                max_length=6,
                verbose_name="notices",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="told_up_to",
            field=models.JSONField(editable=False, null=True),
        ),
    ]
