import time
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections

# How long a migration waits for a lock, as PostgreSQL reads it: everyone who needs the table waits behind it.
LONGEST_WAIT = "1s"
LOCK_NOT_AVAILABLE = "55P03"
PAUSES = [1, 2, 4, 8, *[15] * 20]
"""Seconds between the attempts, five minutes in all: a transaction of the site's own ends within one."""
OLDEST = """SELECT pid, xact_start FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
            ORDER BY xact_start LIMIT 1"""


class Command(migrate.Command):
    """Django's own, which on PostgreSQL waits for no lock longer than a second, and tries again.

    A migration that waits for a long transaction keeps everyone out who comes after it. Each one is a transaction of
    its own: what was carried out stays, and the one that had to wait is as if it had not begun.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            super().handle(*args, **options)
            return
        _ask(connection, f"SET lock_timeout = '{LONGEST_WAIT}'")
        try:
            self._try_until_it_has_the_locks(connection, args, options)
        finally:
            _ask(connection, "RESET lock_timeout")

    def _try_until_it_has_the_locks(self, connection, args, options):
        for pause in [*PAUSES, None]:
            try:
                super().handle(*args, **options)
            except OperationalError as error:
                if getattr(error.__cause__, "pgcode", "") != LOCK_NOT_AVAILABLE:
                    raise
                if pause is None:
                    words = f"The migration was not carried out. {_who_is_in_the_way(connection)}"
                    raise CommandError(words) from error
            else:
                return
            self.stderr.write(f"\n{_who_is_in_the_way(connection)} Trying again in {pause} s.")
            time.sleep(pause)


def _who_is_in_the_way(connection):
    """A sentence about the oldest transaction in the database."""
    found = _ask(connection, OLDEST)
    if not found:
        return "A table is in use."
    ((process, since),) = found
    seconds = round((datetime.now(UTC) - since).total_seconds())
    return f"A table is in use: the process {process} of PostgreSQL has had a transaction open for {seconds} s."


def _ask(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []
