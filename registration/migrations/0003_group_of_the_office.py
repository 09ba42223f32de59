"""The group of the office that gives the tickets, and what it may see and do; a lead may the same.

Permissions are normally made after all migrations; those the group needs are made here, so that it is whole at once.
"""

from django.db import migrations

VIEWS = ["ticketing", "ticketrequest", "representative", "organization", "holiday"]
ACTS = [
    "registration.change_representative",
    "registration.change_ticketing",
    "registration.add_ticketing",
    "registration.add_holiday",
    "registration.change_holiday",
]
OFFICE = [
    *(f"registration.view_{model}" for model in VIEWS),
    *ACTS,
    "dialogue.view_meeting",
    "speakers.view_inscription",
]
GROUPS = {"Civil society officer": OFFICE, "Secretariat lead": OFFICE}


def create_group(apps, schema_editor):
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
        ("registration", "0002_offers_by_themselves"),
        ("speakers", "0002_groups_of_staff"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_group, migrations.RunPython.noop)]
