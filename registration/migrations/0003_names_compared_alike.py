"""Names of organizations and persons, and addresses, are compared by one key.  R-71"""

from django.db import migrations

import spelling

ERASED = "erased/"


def compare_alike(apps, _schema_editor):
    organizations = apps.get_model("registration", "Organization").objects
    for each in organizations.exclude(key__startswith=ERASED):
        _compare(each, "key", spelling.search_key(each.name)[:200], organizations.filter(country=each.country_id))
    people = apps.get_model("registration", "Representative").objects
    for each in people.exclude(normalised_email__startswith=ERASED):
        name = spelling.search_key(f"{each.first_name} {each.last_name}")[:200]
        people.filter(pk=each.pk).update(name_key=name)
        _compare(each, "normalised_email", spelling.address(each.email), people.filter(meeting=each.meeting_id))
    requests = apps.get_model("registration", "TicketRequest").objects
    for each in requests.exclude(normalised_email__startswith=ERASED):
        requests.filter(pk=each.pk).update(normalised_email=spelling.address(each.contact_email))


def _compare(row, field, key, others):
    """Give `row` the `key`, unless another of the `others` has it: two that stood apart stay apart."""
    if key != getattr(row, field) and not others.exclude(pk=row.pk).filter(**{field: key}).exists():
        type(row).objects.filter(pk=row.pk).update(**{field: key})


class Migration(migrations.Migration):
    dependencies = [("registration", "0002_constraint_in_plain_words")]

    operations = [migrations.RunPython(compare_alike, migrations.RunPython.noop)]
