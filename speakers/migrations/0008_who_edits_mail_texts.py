"""All staff read the texts of mail; the lead changes them.  R-60"""

from importlib import import_module

from django.db import migrations

groups = import_module("speakers.migrations.0002_groups_of_staff")


def let_edit(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    view, change = (groups._permission(apps, f"dialogue.{verb}_mailtext") for verb in ("view", "change"))
    for group in Group.objects.filter(name__in=groups.GROUPS):
        group.permissions.add(view)
    for group in Group.objects.filter(name="Secretariat lead"):
        group.permissions.add(change)


class Migration(migrations.Migration):
    dependencies = [("speakers", "0007_who_publishes"), ("dialogue", "0003_mail_texts")]

    operations = [migrations.RunPython(let_edit, migrations.RunPython.noop)]
