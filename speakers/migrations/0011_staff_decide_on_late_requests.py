"""What the groups of staff may do with late requests and extensions: all see them, officers and leads decide.  R-27"""

from importlib import import_module

from django.db import migrations

groups = import_module("speakers.migrations.0002_groups_of_staff")
SEEN = ["speakers.view_laterequest", "speakers.view_extension"]
DECIDED = ["speakers.change_laterequest", "speakers.add_extension", "speakers.change_extension"]
GROUPS = {"Read only": SEEN, "List officer": SEEN + DECIDED, "Secretariat lead": SEEN + DECIDED}


def extend_groups(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*(groups._permission(apps, label) for label in GROUPS[group.name]))


class Migration(migrations.Migration):
    dependencies = [("speakers", "0010_late_requests_and_extensions")]

    operations = [migrations.RunPython(extend_groups, migrations.RunPython.noop)]
