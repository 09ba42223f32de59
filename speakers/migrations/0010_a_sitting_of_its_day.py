"""A preferred sitting may have its day: “2016-07-06 morning”. What was recorded until now stays valid.  R-64"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("speakers", "0009_groups_of_its_own")]

    operations = [
        migrations.AlterField(
            model_name=name,
            name="preferred_sitting",
            field=models.CharField(blank=True, max_length=24, verbose_name="preferred sitting"),
        )
        for name in ("inscription", "laterequest")
    ]
