"""Without a default in the database, the last release can write no entry."""

from django.db import migrations, models

from tests.upgrade.following import last_migration


class Migration(migrations.Migration):
    dependencies = [("speakers", last_migration())]

    operations = [
        migrations.AddField(
            model_name="inscription", name="seat", field=models.CharField(max_length=20, blank=True, default="")
        ),
        migrations.AddField(
            model_name="inscription", name="seated_at", field=models.DateTimeField(null=True, blank=True)
        ),
    ]
