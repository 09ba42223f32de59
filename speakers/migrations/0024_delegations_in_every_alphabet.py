"""Delegations are sorted by their names in the language of the reader."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("speakers", "0023_the_pace_of_the_room")]

    operations = [
        migrations.AddField(
            model_name="delegation", name="sort_keys", field=models.JSONField(editable=False, null=True)
        )
    ]
