"""Names, groups and addresses are compared by one key, and delegations are found by their names in every language.  R-71"""

from django.db import migrations, models

import spelling


def compare_alike(apps, _schema_editor):
    model = apps.get_model
    for delegation in model("speakers", "Delegation").objects.all():
        delegation.search_words = _words(delegation)
        delegation.sort_name = spelling.search_key(delegation.sort_name)[:200]
        delegation.save(update_fields=["search_words", "sort_name"])
    for point in model("speakers", "FocalPoint").objects.all():
        others = model("speakers", "FocalPoint").objects.filter(delegation=point.delegation_id)
        _compare(point, "normalised_email", spelling.address(point.email), others)
    for entry in model("speakers", "Inscription").objects.exclude(group_name=""):
        others = model("speakers", "Inscription").objects.filter(speakers_list=entry.speakers_list_id)
        _compare(entry, "group_key", spelling.key(entry.group_name)[:160], others)


def _compare(row, field, key, others):
    """Give `row` the `key`, unless another of the `others` has it: two that stood apart stay apart."""
    if key != getattr(row, field) and not others.exclude(pk=row.pk).filter(**{field: key}).exists():
        setattr(row, field, key)
        row.save(update_fields=[field])


def _words(delegation):
    texts = [getattr(name, "data", name) for name in (delegation.short_name, delegation.formal_name)]
    names = [name for each in texts for name in (each.values() if isinstance(each, dict) else [str(each)])]
    return "\n".join(sorted({spelling.search_key(name) for name in names}))


class Migration(migrations.Migration):
    dependencies = [("speakers", "0004_entries_keep_their_standing")]

    operations = [
        migrations.AddField(
            model_name="delegation",
            name="search_words",
            field=models.TextField(blank=True, db_default="", default="", editable=False),
        ),
        migrations.AlterField(
            model_name="delegation",
            name="sort_name",
            field=models.CharField(db_index=True, max_length=200, verbose_name="name for sorting"),
        ),
        migrations.RunPython(compare_alike, migrations.RunPython.noop),
    ]
