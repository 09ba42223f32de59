"""Django's log of the secretariat's pages is changed by no one, and deleted only when it is due.  R-57 R-77"""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

import clock
from secretariat.integrity import log_protection

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    """A line of today and one of thirty days ago."""
    facts = {"user": User.objects.create(username="officer"), "object_repr": "A list", "action_flag": 2}
    for days in (0, 30):
        LogEntry.objects.create(action_time=clock.now() - timedelta(days=days), **facts)
    return LogEntry.objects.order_by("action_time")


@pytest.mark.parametrize(
    "act", [lambda lines: lines.update(change_message="Another"), lambda lines: lines.last().delete()]
)
def test_the_database_refuses_to_change_a_line_or_to_delete_a_new_one(lines, act):
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        act(lines)

    assert lines.count() == 2


def test_a_line_that_is_due_may_be_deleted(lines):
    lines.first().delete()

    assert lines.count() == 1


def test_without_the_triggers_a_line_could_be_changed_and_their_absence_is_noticed(lines):
    """The negative control."""
    log_protection.unprotect(connection)

    assert lines.update(change_message="Another") == 2
    missing = log_protection.missing(connection)
    log_protection.protect(connection)
    assert missing == ["django_admin_log_refuses_delete", "django_admin_log_refuses_update"]
    assert log_protection.missing(connection) == []
