"""How many sign-in codes were wrong, over all addresses.  R-59"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("speakers", "0006_published_by_acts")]

    operations = [
        migrations.CreateModel(
            name="WrongCodes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began_at", models.DateTimeField()),
                ("number", models.PositiveIntegerField(default=0)),
            ],
            options={"verbose_name": "wrong codes", "verbose_name_plural": "wrong codes"},
        ),
    ]
