"""The database of a test, seen from outside: plain SQL, none of the code under test."""

import re
import sqlite3
from contextlib import closing, contextmanager

import psycopg2

from tests.faults import scenery


class Database:
    """Queries for any database, PostgreSQL or SQLite. Each call is a connection and a transaction of its own."""

    def ask(self, statement, *values):
        """The rows of a query."""
        with closing(self.connect()) as connection, connection, closing(connection.cursor()) as cursor:
            cursor.execute(statement.replace("?", self.mark), values)
            return cursor.fetchall() if cursor.description else []

    def one(self, statement, *values):
        """The only value of a query."""
        ((value,),) = self.ask(statement, *values)
        return value

    def mailed_code(self, address):
        """The code of the last sign-in that was posted to `address` and has not been sent yet."""
        newest = """SELECT body FROM outbox_message WHERE kind = 'sign-in' AND CAST("to" AS text) = ?
                    ORDER BY id DESC LIMIT 1"""
        return re.search(r"\b\d{8}\b", self.one(newest, f'["{address}"]')).group()


class PostgreSQL(Database):
    mark = "%s"

    def __init__(self, address):
        self.address = address

    def connect(self):
        return psycopg2.connect(self.address)

    def copy(self, name):
        """A new database of that name with the same content; there may be no other connection at the moment."""
        return self._new(name, self.address.rpartition("/")[2])

    def empty(self, name):
        """A new database of that name on the same server, with nothing in it."""
        return self._new(name, "template0")

    def _new(self, name, template):
        self._outside(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return PostgreSQL(f"{self.address.rpartition('/')[0]}/{name}")

    def drop(self):
        """Remove the database, even if it has connections."""
        name = self.address.rpartition("/")[2]
        self._outside(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _outside(self, statement):
        connection = psycopg2.connect(self.address.rpartition("/")[0] + "/postgres")
        connection.autocommit = True
        with closing(connection), connection.cursor() as cursor:
            cursor.execute(statement)

    def only_read(self, is_so):
        """Let every new connection only read, as on a standby, or no longer; the present ones have ended."""
        name = self.address.rpartition("/")[2]
        self._outside(f'ALTER DATABASE "{name}" SET default_transaction_read_only = {"on" if is_so else "off"}')
        others = f"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608
        self._outside(others)

    def keep_asking(self):
        """One connection for many queries: call it with a statement, ask it for `now()`, close it."""
        return Line(self.connect())

    @contextmanager
    def list_locked(self):
        """Hold the row of the meeting, as a slow process would, while the block runs."""
        with closing(self.connect()) as connection, connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM speakers_speakerslist WHERE meeting_id ="
                " (SELECT id FROM dialogue_meeting WHERE slug = %s) FOR UPDATE",
                [scenery.SLUG],
            )
            yield

    def waiting_for_a_lock(self):
        """How many connections are waiting for another one's lock."""
        return self.one(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )


class Line:
    """One connection kept open, each statement a transaction of its own."""

    def __init__(self, connection):
        self.connection = connection
        self.connection.autocommit = True

    def __call__(self, statement, *values):
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def now(self):
        """The one clock."""
        return self("SELECT clock_timestamp()")[0][0]

    def close(self):
        self.connection.close()


class SQLite(Database):
    mark = "?"

    def __init__(self, path):
        self.path = path

    def connect(self):
        return sqlite3.connect(self.path, timeout=10)
