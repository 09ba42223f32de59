"""Delegations are found in every script, as people type it there, and sorted in every language.  R-71"""

from django.db import migrations

import spelling
from speakers.models import alphabet


def note_names(apps, _schema_editor):
    for delegation in apps.get_model("speakers", "Delegation").objects.prefetch_related("names"):
        named = [delegation, *delegation.names.all()]
        texts = [getattr(text, "data", text) for each in named for text in (each.short_name, each.formal_name)]
        names = [name for each in texts for name in (each.values() if isinstance(each, dict) else [str(each)])]
        delegation.search_words = "\n".join(sorted({spelling.search_key(name) for name in names}))
        delegation.sort_keys = alphabet.keys_of(delegation.short_name)
        delegation.save(update_fields=["search_words", "sort_keys"])


class Migration(migrations.Migration):
    dependencies = [("speakers", "0025_levels_in_six_languages")]

    beside_the_last_release = {
        "note_names": "Its search finds a name in plain letters as before; it writes keys as before, which are found too."
    }

    operations = [migrations.RunPython(note_names, migrations.RunPython.noop, elidable=True)]
