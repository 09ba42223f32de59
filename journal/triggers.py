"""Triggers with which the database itself refuses to rewrite permanent records, on both databases.  R-28 R-58

On SQLite, Django rebuilds a table to alter it, which loses the triggers, and PostgreSQL does not alter a column that a
trigger names: a migration that alters a protected table calls `unprotect` before and `protect` after.
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
# PostgreSQL allows no subquery in the condition of a trigger itself.
POSTGRESQL_CONDITION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {condition} THEN
        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$
"""


@dataclass(frozen=True)
class Triggers:
    """What the database refuses: for each trigger name the event (such as UPDATE OF a column) and the table.

    A third text is the condition on OLD and NEW under which alone it refuses, in SQL that both databases read; it names
    no table that migrations alter, as SQLite then could not alter it. `words` are those of the refusal. All are
    constants of this project, written into statements unescaped.
    """

    words: str
    refused: dict[str, tuple[str, ...]]

    def protect(self, connection: Any) -> None:
        """Make the database refuse; calling it again changes nothing. It raises `IntegrityError` from then on."""
        self.unprotect(connection)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(POSTGRESQL_FUNCTION)
            for name, rule in self.refused.items():
                for statement in self._statements(connection, name, *rule):
                    cursor.execute(statement)

    def unprotect(self, connection: Any) -> None:
        """Remove the triggers. Only migrations and the emptying of a test database do this."""
        with connection.cursor() as cursor:
            for name, (_event, table, *_condition) in self.refused.items():
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

    def _statements(self, connection, name, event, table, condition=""):
        """The statements that make `event` on `table` fail, under the `condition` if there is one."""
        if connection.vendor == "sqlite":
            when = f"WHEN {condition} " if condition else ""
            act = f"BEGIN SELECT RAISE(ABORT, '{self.words}'); END"
            return [f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when}{act}"]
        function = name if condition else "refuse_with_words"
        trigger = f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW"
        created = [POSTGRESQL_CONDITION.format(name=name, condition=condition)] if condition else []
        return [*created, f"{trigger} EXECUTE FUNCTION {function}('{self.words}')"]


@dataclass(frozen=True)
class Protection:
    """Several `Triggers` as one."""

    parts: tuple[Triggers, ...]

    def protect(self, connection: Any) -> None:
        """Make the database refuse all of it; calling it again changes nothing."""
        for part in self.parts:
            part.protect(connection)

    def unprotect(self, connection: Any) -> None:
        """Remove all these triggers."""
        for part in self.parts:
            part.unprotect(connection)

    def missing(self, connection: Any) -> list[str]:
        """The names of triggers that the database lacks, sorted."""
        return sorted(name for part in self.parts for name in part.missing(connection))

    @property
    def refused(self) -> dict[str, tuple[str, ...]]:
        """All that is refused, by the names of the triggers."""
        return {name: rule for part in self.parts for name, rule in part.refused.items()}
