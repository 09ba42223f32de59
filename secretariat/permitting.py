"""Giving each group of staff what the tables permit it.

An app says in a module `permissions` who may do what: `GROUPS` has a sentence for each group that is at home there,
`PERMISSIONS` what a group may do, act by act in words, each with the permissions it takes. A table may name permissions
of the apps below its own, and groups of any. `WORK` and `LOOKING` name the place of work that a permission is for (see
`secretariat/workspace/parts.py`), the first of each table that a person has.
"""

from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.module_loading import module_has_submodule


class UnknownPermission(Exception):
    """A table names permissions that the database does not have; the text says which."""


def tables() -> list[ModuleType]:
    """The tables of all apps, as their modules, in the order in which the apps are installed."""
    found = [app.name for app in apps.get_app_configs() if module_has_submodule(app.module, "permissions")]
    return [import_module(f"{name}.permissions") for name in found]


def acts() -> dict[str, dict[str, list[str]]]:
    """What each group may do: for its name, the acts in words with the permissions each takes."""
    found: dict[str, dict[str, list[str]]] = {}
    for table in tables():
        for group, permitted in table.PERMISSIONS.items():
            found[group] = found.get(group, {}) | permitted
    return found


def declared() -> dict[str, set[str]]:
    """The permissions (“app.codename”) of each group, as sets."""
    return {group: {name for names in permitted.values() for name in names} for group, permitted in acts().items()}


def places_of_work(user: Any) -> list[str]:
    """Where `user` works, by permission alone: one place of each app; without any, where they may look; [] without."""
    places = [_first_place(user, getattr(table, "WORK", {})) for table in tables()]
    if not any(places):
        looking = [_first_place(user, getattr(table, "LOOKING", {})) for table in tables()]
        places = [place for place in looking if place][:1]
    return [place for place in places if place]


def _first_place(user, places):
    return next((place for permission, place in places.items() if user.has_perm(permission)), "")


@transaction.atomic
def apply() -> dict[str, tuple[list[str], list[str]]]:
    """Give each declared group exactly its permissions, and make those that are missing. Other groups are left alone.

    Returns the groups that were not as declared, each with the permissions it got and those it lost. Raises
    `UnknownPermission`, changing nothing.
    """
    known = {_name(permission): permission for permission in Permission.objects.select_related("content_type")}
    if unknown := set().union(*declared().values()) - set(known):
        raise UnknownPermission(", ".join(sorted(unknown)))
    changes = {}
    for name, wanted in declared().items():
        group, _is_new = Group.objects.get_or_create(name=name)
        had = {_name(permission) for permission in group.permissions.select_related("content_type")}
        if wanted != had:
            group.permissions.set(known[each] for each in wanted)
            changes[name] = (sorted(wanted - had), sorted(had - wanted))
    return changes


def _name(permission):
    return f"{permission.content_type.app_label}.{permission.codename}"
