"""What the groups of staff may do with draws and swaps: all see them, officers and leads decide on swaps."""

from django.db import migrations

SEEN = ["view_draw", "view_swapproposal"]
GROUPS = {
    "Read only": SEEN,
    "List officer": [*SEEN, "change_swapproposal"],
    "Secretariat lead": [*SEEN, "change_swapproposal"],
}


def extend_groups(apps, schema_editor):
    group_model = apps.get_model("auth", "Group")
    for name, codenames in GROUPS.items():
        group, _ = group_model.objects.get_or_create(name=name)
        group.permissions.add(*(_permission(apps, codename) for codename in codenames))


def _permission(apps, codename):
    """The permission `codename` of this app, made where it is missing."""
    verb, model = codename.split("_")
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="speakers", model=model
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": f"Can {verb} {model}"}
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("speakers", "0004_draws_and_swaps"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(extend_groups, migrations.RunPython.noop)]
