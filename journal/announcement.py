"""PostgreSQL announces to all listeners that an act was recorded, at the moment it is committed.

A trigger does it, so no act can forget it, and a process that dies after its commit has still announced it. The
announcement names only the stream of the act; listeners read the state again.
"""

from typing import Any

CHANNEL = "journal"
FUNCTION = f"""
CREATE OR REPLACE FUNCTION journal_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('{CHANNEL}', NEW.stream);
    RETURN NULL;
END
$$
"""
TRIGGER = """
CREATE TRIGGER journal_entry_is_announced AFTER INSERT ON journal_entry
FOR EACH ROW EXECUTE FUNCTION journal_announce()
"""


def announce_entries(connection: Any) -> None:
    """Make PostgreSQL announce every new entry on `CHANNEL`; SQLite has no listeners (see `floor/streaming`)."""
    if connection.vendor != "postgresql":
        return
    silence_entries(connection)
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        cursor.execute(TRIGGER)


def silence_entries(connection: Any) -> None:
    """Remove the trigger, when its migration is reversed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER IF EXISTS journal_entry_is_announced ON journal_entry")
