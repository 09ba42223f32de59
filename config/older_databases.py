"""A system check: the migrations of an older version were carried out to their end before they became one.

Django leaves out what it cannot place in a database that stopped between two of them, or gives up without
saying so.
"""

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


@register(Tags.database)
def an_older_database_is_wholly_migrated(databases: Iterable[str] | None, **_what_to_check: Any) -> list[CheckMessage]:
    """Asked by `migrate` before anything is changed: each app has all of the migrations that one replaces, or none."""
    return [_error(app, missing) for alias in databases or [] for app, missing in _begun(alias)]


def _begun(alias):
    """The apps of which the database `alias` has some of the replaced migrations, with the names of the others."""
    applied = set(MigrationRecorder(connections[alias]).applied_migrations())
    for key, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        replaced = set(migration.replaces)
        if key not in applied and replaced & applied and not replaced <= applied:
            yield key[0], sorted(name for _app, name in replaced - applied)


def _error(app, missing):
    return Error(
        f"This database belongs to an older version, and is not up to date with it: of {app}, it lacks "
        f"{', '.join(missing)}. Nothing was changed.",
        hint="Run manage.py migrate with the last version before the first release, then upgrade; "
        "see Upgrading in docs/operations/upgrading.md.",
        id="project.E002",
    )
