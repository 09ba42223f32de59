"""Symbols of every body are taken; their form is judged by a function, so that it can change without a migration.  R-31"""

from django.db import migrations, models

import dialogue.models.meeting


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0002_lists_have_left")]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="symbol",
            field=models.CharField(
                blank=True,
                max_length=60,
                validators=[dialogue.models.meeting.validate_symbol],
                verbose_name="symbol",
            ),
        ),
    ]
