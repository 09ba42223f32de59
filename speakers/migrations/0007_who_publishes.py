"""List officers and the lead may publish the list.  R-28"""

from importlib import import_module

from django.db import migrations

groups = import_module("speakers.migrations.0002_groups_of_staff")
MAY_PUBLISH = ["List officer", "Secretariat lead"]


def let_publish(apps, schema_editor):
    permission = groups._permission(apps, "speakers.add_revision")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=MAY_PUBLISH):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("speakers", "0006_published_revisions")]

    operations = [migrations.RunPython(let_publish, migrations.RunPython.noop)]
