"""An entry may have a seat. The database fills the column where the last release, which does not know it, writes."""

from django.db import migrations, models

from tests.upgrade.following import last_migration


class Migration(migrations.Migration):
    dependencies = [("speakers", last_migration())]

    operations = [
        migrations.AddField(
            model_name="inscription",
            name="seat",
            field=models.CharField(max_length=20, blank=True, default="", db_default=""),
        ),
        migrations.AddField(
            model_name="inscription", name="seated_at", field=models.DateTimeField(null=True, blank=True)
        ),
        migrations.AddConstraint(
            model_name="inscription",
            constraint=models.CheckConstraint(
                condition=models.Q(seated_at=None) | ~models.Q(seat=""), name="who_is_seated_has_a_seat"
            ),
        ),
    ]
