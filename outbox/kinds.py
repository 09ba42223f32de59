"""The kinds of mail. An app names its own in a module `mail_kinds`, in the dictionary `KINDS`.

In `WRITERS` it may name a function for each kind that is stored with its facts alone: see `delivery/writing.py`.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule


@cache
def named() -> dict[str, str | Promise]:
    """Every kind of every app, with its name (translated when it is read)."""
    return _told("KINDS")


@cache
def writers() -> dict[str, Callable[..., Any]]:
    """The writer of each kind that has one."""
    return _told("WRITERS")


def label(kind: Any) -> str:
    """The `kind` in words, or as it is stored if no app names it."""
    return str(named().get(kind, kind))


def _told(name):
    """What all modules `mail_kinds` have in their dictionary `name`."""
    found: dict[str, Any] = {}
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, "mail_kinds"):
            found |= getattr(import_module(f"{app.name}.mail_kinds"), name, {})
    return found
