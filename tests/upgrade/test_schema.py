"""An upgraded database has the tables, constraints, indexes and triggers of a new one, with columns in any order."""

import re
import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.upgrade import site

COMMENT = re.compile(r"(?m)^--.*\n")
UNIQUE = re.compile(r"_(?:key|[0-9a-f]{8}_uniq)\b")
"""How PostgreSQL and Django name a constraint on one column, made with the table or later."""


def test_an_upgraded_database_of_postgresql_has_the_schema_of_a_new_one(on_postgresql, make_database, tmp_path):
    new, new_again, upgraded_again = map(make_database, ("new", "new_again", "upgraded_again"))
    site.run(site.on_postgresql(new, tmp_path), "manage.py", "migrate", "--verbosity", "0")
    # A condition is written differently once it was loaded from a dump, so both are.
    site.psql(new_again, site.pg_dump(new, "--schema-only").encode())
    site.psql(upgraded_again, site.pg_dump(on_postgresql.environment["DATABASE_URL"], "--schema-only").encode())

    assert statements(upgraded_again) == statements(new_again)


def test_an_upgraded_database_of_sqlite_has_the_schema_of_a_new_one(on_sqlite, private_postgresql, tmp_path):
    site.run(site.on_sqlite(tmp_path), "manage.py", "migrate", "--verbosity", "0")

    assert objects(on_sqlite.environment["VAR_DIR"]) == objects(tmp_path)


@pytest.mark.parametrize("change", ["DROP TRIGGER journal_entry_refuses_update", "DROP INDEX scans_by_outcome"])
def test_the_comparison_would_notice_what_is_missing(on_sqlite, private_postgresql, tmp_path, change):
    shutil.copy(f"{on_sqlite.environment['VAR_DIR']}/database.sqlite3", tmp_path)
    before = objects(tmp_path)

    with closing(sqlite3.connect(tmp_path / "database.sqlite3")) as database:
        database.execute(change)

    assert objects(tmp_path) != before


def statements(address):
    """The statements that make the database at `address`, each as its parts in alphabetical order."""
    text = UNIQUE.sub("_unique", COMMENT.sub("", site.pg_dump(address, "--schema-only")))
    return {tuple(sorted(line.strip().rstrip(",") for line in each.split("\n"))) for each in text.split(";\n")}


def objects(folder):
    """What the SQLite database in `folder` holds: for each name its kind, and what makes it, in parts as above."""
    with closing(sqlite3.connect(f"{folder}/database.sqlite3")) as database:
        rows = database.execute("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: (kind, parts(sql)) for name, kind, sql in rows if not name.startswith("sqlite_")}


def parts(sql):
    head, _, body = sql.partition("(")
    return [head, *sorted(body.rpartition(")")[0].split(", "))]
