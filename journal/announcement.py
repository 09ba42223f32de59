"""PostgreSQL tells whoever listens that an act was recorded, at the moment it is committed.

A trigger, so that no act can forget it and a process that dies after its commit has told all the same. Nothing is
said of the act but the stream it belongs to; whoever hears it reads the state again.
"""

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


def announce_entries(connection):
    """Make PostgreSQL announce every new entry on `CHANNEL`; SQLite has nobody to tell (see `floor/streaming`)."""
    if connection.vendor != "postgresql":
        return
    silence_entries(connection)
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        cursor.execute(TRIGGER)


def silence_entries(connection):
    """Take the trigger away; for the way back of its migration."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER IF EXISTS journal_entry_is_announced ON journal_entry")
