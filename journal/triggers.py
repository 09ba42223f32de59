"""Triggers with which the database itself refuses to rewrite permanent records, on both databases.  R-28 R-58

On SQLite, Django rebuilds a table to alter it, which loses the triggers: a migration that alters a protected table
calls `unprotect` before and `protect` after.
"""

from dataclasses import dataclass
from typing import Any

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_with_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""


@dataclass(frozen=True)
class Triggers:
    """What the database refuses: for each trigger name the event (UPDATE, DELETE) and the table, and the words.

    Names and words are constants of this project, written into statements unescaped.
    """

    words: str
    refused: dict[str, tuple[str, str]]

    def protect(self, connection: Any) -> None:
        """Make the database refuse; calling it again changes nothing. It raises `IntegrityError` from then on."""
        self.unprotect(connection)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(POSTGRESQL_FUNCTION)
            for name, (event, table) in self.refused.items():
                cursor.execute(self._statement(connection.vendor, name, event, table))

    def unprotect(self, connection: Any) -> None:
        """Remove the triggers. Only migrations and the emptying of a test database do this."""
        with connection.cursor() as cursor:
            for name, (_event, table) in self.refused.items():
                where = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")

    def missing(self, connection: Any) -> list[str]:
        """The names of triggers that the database lacks, sorted."""
        catalogue = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
        if connection.vendor == "sqlite":
            catalogue = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        with connection.cursor() as cursor:
            cursor.execute(catalogue)
            return sorted(set(self.refused) - {name for (name,) in cursor.fetchall()})

    def _statement(self, vendor, name, event, table):
        """The statement that makes `event` on `table` fail."""
        if vendor == "postgresql":
            act = f"EXECUTE FUNCTION refuse_with_words('{self.words}')"
            return f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {act}"
        return f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{self.words}'); END"
