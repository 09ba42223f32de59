"""Delegations have names by date, each with its source, and an entry keeps the one that it was taken under.  R-72

The entries of before have none, and go by the name of their delegation as they did. For “Naoero” there is no source: a
delegation that was loaded under this name has the one before it again. A list may have levels of its own, and a level has a label for Member
States and one for others (R-61).
"""

import django.db.models.deletion
from django.db import migrations, models
from i18nfield.fields import I18nCharField

import spelling

NAURU = {"ar": "ناورو", "zh-hans": "瑙鲁", "en": "Nauru", "fr": "Nauru", "ru": "Науру", "es": "Nauru"}
OF_BOTH = {"en": "Permanent Representative, Permanent Observer"}
IN_FULL = {"en": "the Republic of Nauru"}


def name_nauru(apps, _schema_editor):
    found = apps.get_model("speakers", "Delegation").objects.filter(code="NRU").first()
    if found is None or found.short_name.localize("en") != "Naoero":
        return
    found.short_name, found.formal_name, found.sort_name = NAURU, IN_FULL, "nauru"
    keys = {spelling.search_key(name) for name in [*NAURU.values(), *IN_FULL.values()]}
    found.search_words = "\n".join(sorted(keys))
    found.save()


def label_levels(apps, _schema_editor):
    """Two labels for two kinds of persons; the entries of before keep the one that they had."""
    found = apps.get_model("speakers", "Level").objects.filter(code="PR").first()
    if found is None or found.label.localize("en") != OF_BOTH["en"]:
        return
    apps.get_model("speakers", "Inscription").objects.filter(level=found).update(level_label=found.label)
    found.label, found.observer_label = {"en": "Permanent Representative"}, {"en": "Permanent Observer"}
    found.save()


def on_the_list(model):
    words = {"delegation_name": "short name on the list", "delegation_in_full": "formal name on the list"}
    return [
        migrations.AddField(
            model_name=model,
            name=name,
            field=I18nCharField(blank=True, default="", editable=False, verbose_name=verbose_name),
        )
        for name, verbose_name in words.items()
    ]


class Migration(migrations.Migration):
    dependencies = [("speakers", "0015_limits_by_band_and_level")]

    operations = [
        *(
            operation
            for model in ("extension", "inscription", "joining", "laterequest")
            for operation in on_the_list(model)
        ),
        migrations.AddField(
            model_name="speakerslist",
            name="names",
            field=models.JSONField(editable=False, null=True, verbose_name="names of the delegations"),
        ),
        migrations.CreateModel(
            name="DelegationName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("short_name", I18nCharField(verbose_name="short name")),
                ("formal_name", I18nCharField(verbose_name="formal name")),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "source",
                    models.CharField(
                        help_text="Where the name and its dates stand, for instance a letter.",
                        max_length=400,
                        verbose_name="source",
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="speakers.delegation",
                        verbose_name="delegation",
                    ),
                ),
            ],
            options={
                "verbose_name": "dated name",
                "verbose_name_plural": "dated names",
                "ordering": ["delegation", models.OrderBy(models.F("from_on"), nulls_first=True)],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_on", None), ("to_on", None), ("from_on__lte", models.F("to_on")), _connector="OR"
                        ),
                        name="a_name_begins_before_it_ends",
                        violation_error_message="A name must begin before it ends.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="a_dated_name_has_a_source",
                        violation_error_message="A name without a source is not used.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="level",
            name="observer_label",
            field=I18nCharField(
                blank=True,
                default="",
                help_text="If theirs is another one, as “Permanent Observer”.",
                verbose_name="label for others than Member States",
            ),
        ),
        migrations.AddField(
            model_name="inscription",
            name="level_label",
            field=I18nCharField(blank=True, default="", editable=False, verbose_name="level on the list"),
        ),
        migrations.AddField(
            model_name="speakerslist",
            name="own_levels",
            field=models.JSONField(blank=True, default=list, verbose_name="levels of its own"),
        ),
        migrations.RunPython(label_levels, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(name_nauru, migrations.RunPython.noop, elidable=True),
    ]
