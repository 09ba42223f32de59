"""The database refuses to change the log of the secretariat's pages.  R-77"""

from django.db import migrations

from secretariat.integrity import log_protection


def protect(apps, schema_editor):
    log_protection.protect(schema_editor.connection)


def unprotect(apps, schema_editor):
    log_protection.unprotect(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("admin", "0003_logentry_add_action_flag_choices")]

    operations = [migrations.RunPython(protect, unprotect)]
