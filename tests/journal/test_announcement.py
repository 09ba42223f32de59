"""The database announces every entry of the journal, where it can."""

import pytest
from django.db import connection

from journal import announcement

pytestmark = pytest.mark.django_db


def announcing():
    """How many triggers announce entries; none on SQLite, which has no one to tell."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname = 'journal_entry_is_announced'")
        return cursor.fetchone()[0]


def test_entries_are_announced_once_however_often_that_is_asked_for():
    expected = 1 if connection.vendor == "postgresql" else 0
    for _ in range(2):
        announcement.announce_entries(connection)
    assert announcing() == expected

    announcement.silence_entries(connection)
    assert announcing() == 0
