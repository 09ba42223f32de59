"""Each act as a sentence. An app has its own sentences in a module `act_words`, in the dictionary `ACTS`.

A sentence may hold `%(entry)s`, who or what it is about, and `%(other)s`, the other party.  R-58
"""

from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _


@cache
def told() -> dict[str, Any]:
    """Every act of every app, with its sentence (translated when it is read)."""
    found: dict[str, str] = {}
    for app in apps.get_app_configs():
        if app.name != "journal" and module_has_submodule(app.module, "act_words"):
            found |= import_module(f"{app.name}.act_words").ACTS
    return found


def sentence(act: str, *, entry: str, other: str) -> str:
    """The `act` of the journal in words, or its name if no app has a sentence for it."""
    return told().get(act, _("%(entry)s: %(act)s")) % {"entry": entry, "other": other, "act": act}
