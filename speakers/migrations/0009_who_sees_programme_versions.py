"""All staff see the released programmes.  R-31"""

from importlib import import_module

from django.db import migrations

groups = import_module("speakers.migrations.0002_groups_of_staff")


def let_see(apps, schema_editor):
    view = groups._permission(apps, "dialogue.view_programmeversion")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=groups.GROUPS):
        group.permissions.add(view)


class Migration(migrations.Migration):
    dependencies = [("speakers", "0008_who_edits_mail_texts"), ("dialogue", "0004_programme_versions")]

    operations = [migrations.RunPython(let_see, migrations.RunPython.noop)]
