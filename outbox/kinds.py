"""The kinds of mail. An app names its own in a module `mail_kinds`, in the dictionary `KINDS`.

In `TO_MANY` it names those that go to many at once, and so wait for all others (R-74), in `OF_THE_MOMENT` those that
are of no use later, alerts and one-time codes, which a restore drops (R-76), in `RECEIPTS` those that acknowledge what
was recorded (R-10). In `WRITERS` it may name a function for each kind that is stored with its facts alone: see
`delivery/writing.py`.
"""

from collections import ChainMap
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
    return dict(ChainMap(*_told("KINDS")))


@cache
def to_many() -> set[str]:
    """The kinds of mail that go to many at once.  R-74"""
    return set().union(*_told("TO_MANY"))


@cache
def of_the_moment() -> set[str]:
    """The kinds of mail that are of use at the moment when they are written, and not later.  R-76"""
    return set().union(*_told("OF_THE_MOMENT"))


@cache
def receipts() -> set[str]:
    """The kinds of mail by which a delegation holds proof of what was recorded.  R-10"""
    return set().union(*_told("RECEIPTS"))


@cache
def writers() -> dict[str, Callable[..., Any]]:
    """The writer of each kind that has one."""
    return dict(ChainMap(*_told("WRITERS")))


def label(kind: Any) -> str:
    """The `kind` in words, or as it is stored if no app names it."""
    return str(named().get(kind, kind))


def _told(name):
    """What each module `mail_kinds` says under `name`."""
    told = [each for each in apps.get_app_configs() if module_has_submodule(each.module, "mail_kinds")]
    return [getattr(import_module(f"{each.name}.mail_kinds"), name, {}) for each in told]
