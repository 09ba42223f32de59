"""A meeting knows which of its lists the room hears, and a line of the programme may name one.  R-62"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0003_symbols_of_every_body")]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="hears",
            field=models.SlugField(
                blank=True, default="", editable=False, max_length=40, verbose_name="list that the room hears"
            ),
        ),
        migrations.AddField(
            model_name="programmeslot",
            name="list_slug",
            field=models.SlugField(
                blank=True,
                default="",
                help_text=(
                    "Short name of the list that is heard then; empty for the main one. The console proposes it."
                ),
                max_length=40,
                verbose_name="list of speakers",
            ),
        ),
    ]
