"""Each act as a sentence. An app has its own sentences in a module `act_words`, in the dictionary `ACTS`.

A sentence may hold `%(entry)s`, who or what it is about, and `%(other)s`, the other party. In `KINDS` the app sorts its
acts for the reader who wants one kind of them: a key, its label, and the acts.  R-58
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
    return _gathered("ACTS")


@cache
def kinds() -> dict[str, tuple[Any, frozenset[str]]]:
    """The kinds of acts of every app, by their keys: each with its label (translated when read) and its acts."""
    return {key: (label, frozenset(acts)) for key, (label, acts) in _gathered("KINDS").items()}


def _gathered(name):
    """What each app's module `act_words` has in the dictionary `name`, as one."""
    found: dict[str, Any] = {}
    for app in apps.get_app_configs():
        if app.name != "journal" and module_has_submodule(app.module, "act_words"):
            found |= getattr(import_module(f"{app.name}.act_words"), name)
    return found


def sentence(act: str, *, entry: str, other: str) -> str:
    """The `act` of the journal in words, or its name if no app has a sentence for it."""
    return told().get(act, _("%(entry)s: %(act)s")) % {"entry": entry, "other": other, "act": act}
