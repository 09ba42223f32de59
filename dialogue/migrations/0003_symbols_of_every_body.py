"""Symbols of every body are taken; the database asks nothing of their form.  R-31"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0002_lists_have_left")]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="symbol",
            field=models.CharField(blank=True, max_length=60, verbose_name="symbol"),
        ),
    ]
