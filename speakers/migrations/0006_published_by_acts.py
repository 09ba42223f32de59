"""The database refuses a revision without its act, and a change of a draw.  R-21 R-77"""

from django.db import migrations

from speakers import protection


def protect(apps, schema_editor):
    protection.protect(schema_editor.connection)


def unprotect(apps, schema_editor):
    protection.ACTS.unprotect(schema_editor.connection)
    protection.DRAWS.unprotect(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_first_release"), ("speakers", "0005_names_compared_alike")]

    operations = [migrations.RunPython(protect, unprotect)]
