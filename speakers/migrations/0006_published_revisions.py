"""A revision may carry a comment, follows the one before it, and is refused any change by the database.  R-28"""

from django.db import migrations, models
from django.db.models import Q

from speakers import protection


def protect(apps, schema_editor):
    protection.protect(schema_editor.connection)


def unprotect(apps, schema_editor):
    protection.unprotect(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("speakers", "0005_staff_see_draws_and_swaps")]

    operations = [
        migrations.AddField("revision", "comment", models.TextField(blank=True, verbose_name="comment")),
        migrations.AddConstraint(
            "revision",
            models.CheckConstraint(
                name="only_the_first_revision_follows_none",
                condition=Q(number=1, previous_sha256="") | (Q(number__gt=1) & ~Q(previous_sha256="")),
            ),
        ),
        migrations.RunPython(protect, unprotect),
    ]
