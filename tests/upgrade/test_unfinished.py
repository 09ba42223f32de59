"""A database that stopped between two migrations of an older version is refused in words, and left as it is."""

import sqlite3
from contextlib import closing

import pytest

from tests.upgrade import site
from tests.upgrade.rewording import NAME

LAST = {
    "dialogue": "0007_a_rehearsal_holds_its_mail",
    "floor": "0005_who_reads_the_record",
    "journal": "0003_entries_are_announced",
    "outbox": "0005_mail_is_withheld",
    "registration": "0013_untold_decisions",
    "speakers": "0014_a_pin_stays_at_the_end",
}


def without(folder, migrations):
    """Load the older database into `folder`, as it was before these `migrations` were carried out."""
    site.load_into_sqlite(NAME, folder)
    with closing(sqlite3.connect(folder / "database.sqlite3")) as database, database:
        database.executemany("DELETE FROM django_migrations WHERE app = ? AND name = ?", migrations)


def carried_out(folder):
    with closing(sqlite3.connect(folder / "database.sqlite3")) as database:
        return database.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()


@pytest.mark.parametrize("command", ["migrate", "prepare"])
def test_it_is_refused_with_the_names_of_what_is_missing_and_nothing_is_changed(tmp_path, command):
    without(tmp_path, LAST.items())
    before = carried_out(tmp_path)

    with pytest.raises(site.Failed) as refusal:
        site.run(site.on_sqlite(tmp_path), "manage.py", command)

    for app, name in LAST.items():
        assert f"not up to date with it: of {app}, it lacks {name}. Nothing was changed." in str(refusal.value)
    assert "Traceback" not in str(refusal.value)
    assert carried_out(tmp_path) == before
