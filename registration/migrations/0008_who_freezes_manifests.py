"""The office and a lead see manifests and freeze them.  R-52"""

from django.db import migrations

OFFICE = ["view_manifest", "add_manifest"]
GROUPS = ["Civil society officer", "Secretariat lead"]


def permit(apps, schema_editor):
    ContentType, Permission = apps.get_model("contenttypes", "ContentType"), apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label="registration", model="manifest")
    wanted = []
    for codename in OFFICE:
        facts = {"name": f"Can {codename.replace('_', ' ')}"}
        wanted += Permission.objects.get_or_create(content_type=content_type, codename=codename, defaults=facts)[:1]
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*wanted)


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0007_manifests"),
    ]

    operations = [migrations.RunPython(permit, migrations.RunPython.noop)]
