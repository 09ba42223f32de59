"""The application's own role in PostgreSQL: it can do all its work and rewrite nothing.  R-58"""

import subprocess
import sys

import psycopg2
import pytest
from django.conf import settings

from tests.servers import postgresql_programs

RECORD = """
from django.db import transaction
import clock
from journal.actors import SYSTEM
from journal.recording import record
with transaction.atomic():
    record("tested", stream="secretariat", subject="role/1", by=SYSTEM, at=clock.now(), reason="a test")
"""

CHANGE = """
from django.db import transaction
import clock
from dialogue.models import Meeting
from journal.actors import SYSTEM
from journal.recording import record
with transaction.atomic():
    meeting = Meeting.objects.get()
    record("tested", stream=meeting.journal_stream, subject="role/2", by=SYSTEM, at=meeting.ends_at, reason="a test")
"""


@pytest.fixture(scope="module")
def application(private_postgresql):
    """The address of the migrated database for the application's role."""
    with psycopg2.connect(private_postgresql) as owner:
        owner.cursor().execute("CREATE ROLE speakers_app LOGIN")
    return private_postgresql.replace("postgres@", "speakers_app@")


@pytest.fixture
def manage(production_environment):
    def run(*arguments, **environment):
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            env=production_environment | environment,
            cwd=settings.BASE_DIR,
            check=True,
        )

    return run


@pytest.fixture
def ask(application):
    """A function that carries out one statement as the application."""

    def execute(statement):
        connection = psycopg2.connect(application)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.rowcount
        finally:
            connection.close()

    return execute


def test_the_application_sets_groups_and_records_and_cannot_rewrite(manage, ask, application, private_postgresql):
    manage("migrate", "--verbosity", "0")
    grant(private_postgresql)

    manage("set_permissions", DATABASE_URL=application)
    manage("shell", "--no-imports", "-c", RECORD, DATABASE_URL=application)

    assert ask("SELECT * FROM journal_entry") == 1
    for statement in [
        "UPDATE journal_entry SET act = 'forged'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry CASCADE",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "UPDATE journal_payload SET reason = 'another'",
        "UPDATE speakers_revision SET content = ''",
        "DELETE FROM speakers_revision",
        "UPDATE speakers_draw SET commitment = ''",
        "DELETE FROM speakers_draw",
        "UPDATE registration_scan SET outcome = 'unknown'",
        "DELETE FROM registration_scan",
        "UPDATE django_admin_log SET change_message = ''",
        "DELETE FROM journal_head",
        "UPDATE registration_manifest SET sha256 = ''",
        "DELETE FROM registration_manifest",
        "UPDATE registration_manifestfile SET content = ''",
        "UPDATE floor_statementfile SET content = ''",
        "UPDATE dialogue_documentfile SET content = ''",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())",
    ]:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(statement)


def test_the_application_takes_the_steps_of_a_draw_and_erases_who_scanned(manage, ask, private_postgresql):
    manage("migrate", "--verbosity", "0")
    grant(private_postgresql)

    for allowed in [
        "UPDATE speakers_draw SET beacon = '', beacon_source = '', beacon_entered_at = NULL",
        "UPDATE speakers_draw SET secret = '', seed = '', drawn_at = NULL, receipts = '[]', delegations = '[]'",
        "UPDATE registration_scan SET operator = '', desk = '', code_digest = ''",
        "DELETE FROM django_admin_log",
    ]:
        assert ask(allowed) == 0


def test_the_application_may_erase_what_is_personal(manage, ask, application, private_postgresql):
    tested = (
        "SELECT act FROM journal_entry e JOIN journal_payload ON entry_id = e.id "
        "WHERE stream LIKE 'meeting/%' AND act = 'tested'"
    )
    manage("migrate", "--verbosity", "0")
    grant(private_postgresql)
    manage("load_meeting", "dialogue/meetings/r2p-2016.toml", DATABASE_URL=application)
    manage("shell", "-c", CHANGE, DATABASE_URL=application)
    before = ask(tested)

    manage("erase_personal_data", DATABASE_URL=application)

    assert before == 1
    assert ask(tested) == 0


def grant(database, role="speakers_app"):
    """Apply the file that `docs/operations/installing.md` names, in the way described there."""
    psql = postgresql_programs() / "psql"
    script = settings.BASE_DIR / "config/application-role.sql"
    subprocess.run([psql, database, "-q", "-v", "ON_ERROR_STOP=1", "-v", f"role={role}", "-f", script], check=True)
