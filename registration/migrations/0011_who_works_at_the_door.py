"""The groups of the door: who scans, and who also finds people by name; the office and a lead may both.

Permissions are normally made after all migrations; those the groups need are made here, so that they are whole at once.
"""

from django.db import migrations

NAMES = {
    "scan_voucher": "Can scan vouchers and hand tickets over",
    "supervise_hand_over": "Can find people by name and hand tickets over to them",
    "view_scan": "Can view scan",
}
GROUPS = {
    "Door": ["scan_voucher"],
    "Door supervisor": list(NAMES),
    "Civil society officer": list(NAMES),
    "Secretariat lead": list(NAMES),
}


def create_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    scans, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="registration", model="scan"
    )
    for name, wanted in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*(_permission(apps, scans, codename) for codename in wanted))


def _permission(apps, scans, codename):
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=scans, codename=codename, defaults={"name": NAMES[codename]}
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0010_scan"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
