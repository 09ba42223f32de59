"""The database refuses to change or delete a scan of the door.  R-55 R-77"""

from django.db import migrations

from registration import protection


def protect(apps, schema_editor):
    protection.protect(schema_editor.connection)


def unprotect(apps, schema_editor):
    protection.SCANS.unprotect(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("registration", "0003_names_compared_alike")]

    operations = [migrations.RunPython(protect, unprotect)]
