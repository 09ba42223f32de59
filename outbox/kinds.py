"""The names of the kinds of mail. An app names its own in a module `mail_kinds`, in the dictionary `KINDS`."""

from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule


@cache
def named() -> dict[str, str | Promise]:
    """Every kind of every app, with its name (translated when it is read)."""
    found: dict[str, str | Promise] = {}
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, "mail_kinds"):
            found |= import_module(f"{app.name}.mail_kinds").KINDS
    return found


def label(kind: Any) -> str:
    """The `kind` in words, or as it is stored if no app names it."""
    return str(named().get(kind, kind))
