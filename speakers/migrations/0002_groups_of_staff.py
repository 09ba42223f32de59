"""The three groups of staff, with what each may see and do.

Permissions are normally made after all migrations; those a group needs are made here, so that the groups are whole
at once, on a new database as on an old one.
"""

from django.db import migrations

PAGES = {
    "dialogue": ["meeting", "sitting", "programmeslot", "programmeperson", "document", "contact", "band"],
    "speakers": ["inscription", "delegation", "delegationplace", "focalpoint", "level", "revision"],
    "outbox": ["message"],
    "journal": ["entry", "head"],
}
LIST_ACTS = [
    "speakers.add_inscription",
    "speakers.change_inscription",
    "speakers.add_focalpoint",
    "speakers.change_focalpoint",
]
LEAD_ACTS = [
    *(f"dialogue.{verb}_{model}" for model in PAGES["dialogue"] for verb in ("add", "change")),
    *(f"speakers.{verb}_{model}" for model in ("delegation", "delegationplace", "level") for verb in ("add", "change")),
    "outbox.change_message",
    "auth.view_user",
    "auth.add_user",
    "auth.change_user",
    "auth.view_group",
]
VIEWS = [f"{app}.view_{model}" for app, models in PAGES.items() for model in models]
GROUPS = {
    "Read only": VIEWS,
    "List officer": [*VIEWS, *LIST_ACTS],
    "Secretariat lead": [*VIEWS, *LIST_ACTS, *LEAD_ACTS],
}


def create_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name, wanted in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*(_permission(apps, label) for label in wanted))


def _permission(apps, label):
    """The permission named “app.verb_model”, made where it is missing."""
    app, codename = label.split(".")
    verb, model = codename.split("_")
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": f"Can {verb} {model}"}
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("speakers", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
