"""Counts of guesses, and the table of what is kept for a while: which codes were used.  R-78"""

from django.core.management import call_command
from django.db import migrations, models


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop_cache_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE kept_for_a_while")


class Migration(migrations.Migration):
    initial = True

    dependencies = [("secretariat", "0001_log_of_pages_stays")]

    operations = [
        migrations.CreateModel(
            name="GuessCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("began_at", models.DateTimeField()),
                ("number", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.RunPython(make_cache_table, drop_cache_table),
    ]
