"""A list may have groups of its own, which its meeting's file names.  R-66"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("speakers", "0008_register_of_groups")]

    operations = [
        migrations.AddField(
            model_name="speakerslist",
            name="own_groups",
            field=models.JSONField(default=list, editable=False, verbose_name="groups of its own"),
        ),
    ]
