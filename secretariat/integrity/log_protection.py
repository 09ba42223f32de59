"""Triggers that refuse to change Django's log of the pages, or to delete a line before it is due.  R-57 R-77

`secretariat/retention.py` deletes a line after 30 days; the day between is for clocks that do not quite agree.
"""

from typing import Any

from journal.triggers import Triggers

LEAST_AGE = {
    "postgresql": "OLD.action_time > CURRENT_TIMESTAMP - INTERVAL '29 days'",
    "sqlite": "OLD.action_time > datetime('now', '-29 days')",
}


def protect(connection: Any) -> None:
    """Make the database refuse; calling it again changes nothing."""
    _triggers(connection).protect(connection)


def unprotect(connection: Any) -> None:
    """Remove the triggers. Only migrations and the emptying of a test database do this."""
    _triggers(connection).unprotect(connection)


def missing(connection: Any) -> list[str]:
    """The names of triggers that the database lacks, sorted."""
    return _triggers(connection).missing(connection)


def _triggers(connection):
    log = "django_admin_log"
    changed = "UPDATE OF id, action_time, user_id, object_id, object_repr, action_flag, change_message"
    return Triggers(
        "The log of the pages is never changed.",
        {
            "django_admin_log_refuses_update": (changed, log),
            "django_admin_log_refuses_delete": ("DELETE", log, LEAST_AGE[connection.vendor]),
        },
    )
