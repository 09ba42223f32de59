"""Delegations are sorted by their names in the language of the reader."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("speakers", "0021_a_word_with_a_swap")]

    operations = [
        migrations.AddField(
            model_name="delegation", name="sort_keys", field=models.JSONField(editable=False, null=True)
        )
    ]
