"""The groups that read everything else of a meeting read its record, its statistics and the list on paper too."""

from django.db import migrations

GROUPS = ["Read only", "List officer"]


def let_them_see(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="floor", model="room"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename="view_room", defaults={"name": "Can view room"}
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("floor", "0004_statements"),
        ("speakers", "0002_groups_of_staff"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(let_them_see, migrations.RunPython.noop)]
