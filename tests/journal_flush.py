"""Lets a test database be emptied although the journal, frozen lists and manifests refuse deletion.

Import the fixture into `conftest.py`. PostgreSQL is emptied by TRUNCATE, which row triggers do not see; SQLite by
DELETE, which they refuse.
"""

import pytest
from django.db.backends.sqlite3.base import DatabaseWrapper

from dialogue import protection as protection_of_programmes
from journal import protection as protection_of_journal
from registration import protection as protection_of_manifests
from secretariat.integrity import log_protection as protection_of_log
from speakers import protection as protection_of_revisions

PROTECTIONS = [
    protection_of_journal,
    protection_of_programmes,
    protection_of_revisions,
    protection_of_manifests,
    protection_of_log,
]


@pytest.fixture(scope="session", autouse=True)
def journal_gives_way_to_the_flush():
    """Remove the triggers while Django empties the SQLite test database, and only then."""
    operations_class = DatabaseWrapper.ops_class
    flush = operations_class.execute_sql_flush

    def flush_without_triggers(operations, statements):
        for protection in PROTECTIONS:
            protection.unprotect(operations.connection)
        try:
            flush(operations, statements)
        finally:
            for protection in PROTECTIONS:
                protection.protect(operations.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations_class, "execute_sql_flush", flush_without_triggers)
        yield
