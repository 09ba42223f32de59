"""Levels and organizations that were loaded when they had an English name alone get those in the other five.

A row whose English name staff have changed stays as it is, and so does one with a name in another language. Lists that
have opened keep the levels that they opened with (R-61).
"""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parents[1] / "delegations/data"
LANGUAGES = {"ar": "ar", "zh": "zh-hans", "en": "en", "fr": "fr", "ru": "ru", "es": "es"}


def name_in_six(apps, _schema_editor):
    levels, delegations = _table("levels.csv"), _table("delegations.csv")
    for level in apps.get_model("speakers", "Level").objects.filter(code__in=levels):
        row = levels[level.code]
        level.label = _in_six(level.label, row, "label_")
        level.observer_label = _in_six(level.observer_label, row, "observer_label_")
        level.save(update_fields=["label", "observer_label"])
    for delegation in apps.get_model("speakers", "Delegation").objects.filter(code__in=delegations):
        delegation.short_name = _in_six(delegation.short_name, delegations[delegation.code], "")
        delegation.save(update_fields=["short_name"])


def _in_six(name, row, prefix):
    """The `name`; if it is in English alone and as in the `row`, what that says in all languages."""
    said = getattr(name, "data", name)
    said = {"en": said} if isinstance(said, str) else said
    known = {code: row[prefix + column] for column, code in LANGUAGES.items() if row[prefix + column]}
    return known if {code: text for code, text in said.items() if text} == {"en": known.get("en")} else name


def _table(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


class Migration(migrations.Migration):
    dependencies = [("speakers", "0024_delegations_in_every_alphabet")]

    beside_the_last_release = {
        "name_in_six": "Its code reads a name in the language of the reader if there is one, as of States for years."
    }

    operations = [migrations.RunPython(name_in_six, migrations.RunPython.noop, elidable=True)]
