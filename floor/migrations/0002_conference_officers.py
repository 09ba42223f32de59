"""The group that runs the floor, with what it may see and do.

Permissions are normally made after all migrations; those the group needs are made here, so that it is whole at once.
"""

from django.db import migrations

SEES = {
    "dialogue": ["meeting", "sitting", "programmeslot", "programmeperson", "document", "contact", "band"],
    "speakers": ["inscription", "delegation", "delegationplace", "level", "revision"],
    "floor": ["room", "turn", "interruption"],
}
GROUP = "Conference officer"


def create_group(apps, schema_editor):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    views = [(app, model, f"view_{model}", f"Can view {model}") for app, models in SEES.items() for model in models]
    acts = [("floor", "room", "run_room", "Can run the floor"), ("floor", "room", "change_room", "Can change room")]
    permissions = [_permission(apps, *wanted) for wanted in [*views, *acts]]
    group.permissions.add(*permissions)
    lead = apps.get_model("auth", "Group").objects.filter(name="Secretariat lead").first()
    if lead:
        lead.permissions.add(*permissions)


def _permission(apps, app, model, codename, name):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("floor", "0001_initial"),
        ("speakers", "0002_groups_of_staff"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_group, migrations.RunPython.noop)]
