"""A list may have limits by band and by level, before those of the capacities.  R-65"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("speakers", "0014_recorded_video_statements")]

    operations = [
        migrations.AddField(
            model_name="speakerslist",
            name="limits",
            field=models.JSONField(blank=True, default=list, verbose_name="limits by band and level"),
        )
    ]
