"""The database refuses to turn the head of a chain back.  R-58"""

from django.db import migrations

from journal import protection


def protect(apps, schema_editor):
    protection.protect(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_first_release")]

    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
