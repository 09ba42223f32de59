"""/healthz: what the secretariat's front page says in words, for an alarm. No personal data.  R-06 R-10

Whether one process lives, or may be sent requests, is asked at `/livez` and `/readyz` (`config/monitoring/probes.py`).
"""

import time
from datetime import datetime, timedelta
from typing import Any

from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from acts.locking import is_lock_timeout
from floor.models import Statement, StatementFile, Turn
from journal.models import Entry, Payload
from outbox import health
from outbox.models import Message
from registration.models import Representative, TicketRequest
from secretariat import attention
from secretariat.maintenance import announcing
from secretariat.recovery import banner
from speakers.models import Inscription, LateRequest, SignIn
from uploads import scanning

# What delegations, organizations and the room file, with its journal and its mail.
WRITTEN = [Inscription, LateRequest, SignIn, TicketRequest, Representative, Turn, Statement, StatementFile]
WRITTEN += [Entry, Payload, Message]


# For how many seconds a lock on a table is no fault: one that lasts, and not that an index is made.
LOCKED_FOR_TOO_LONG = 120
# Since when this process has met a lock each time it was asked, by its own clock; empty if it has met none.
_locked_since: list[float] = []


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 if the machinery works, 503 otherwise, in JSON, even if the database is down or takes nothing.

    During maintenance it says so, and judges the machinery all the same: one looks here before it ends.
    """
    answer: dict[str, Any] = {}
    try:
        seen, at, ahead = health.signs_of_life()
        answer = report(at, seen, ahead=ahead)
        _ask_to_write()
        _locked_since.clear()
    except Error as error:
        answer = _in_spite_of(error, answer)
    if announced := announcing.announced():
        answer |= {"maintenance": True, "maintenance_until": announced.until}
    response = JsonResponse(answer, status=200 if answer["is_well"] else 503)
    response["Cache-Control"] = "no-store"
    return response


def _in_spite_of(error, read):
    """What to answer if the database raised `error` after those facts were `read`, which may be none."""
    if is_lock_timeout(error):
        _locked_since[:] = _locked_since or [time.monotonic()]
        is_short = time.monotonic() - _locked_since[0] <= LOCKED_FOR_TOO_LONG
        return read | {"is_well": read.get("is_well", True) and is_short, "database": "waits for a lock"}
    return read | {"is_well": False, "database": "refuses to write" if read else "down"}


def _ask_to_write():
    """Raise an `Error` of the database if it would not take a submission.  R-09

    It is asked to write no row into each table that a submission is written into, which it refuses on a standby and
    without the right to; and for room, which it has none of on a full disk.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        ask_for_room(cursor)
        for table in (connection.ops.quote_name(model._meta.db_table) for model in WRITTEN):
            cursor.execute(f"INSERT INTO {table} SELECT * FROM {table} WHERE 1 = 0")  # noqa: S608  our own names


def ask_for_room(cursor: Any) -> None:
    """Let PostgreSQL write some hundred kilobytes to its disk, into a file that it removes at once.

    Raises `DatabaseError` if the disk is full: rows still fit into pages that are not, and are no sign of room.
    """
    if connection.vendor == "postgresql":
        cursor.execute("SET LOCAL work_mem = '64kB'")
        cursor.execute("SELECT count(*) FROM generate_series(1, 20000)")


def report(at: datetime, seen: dict[str, datetime] | None = None, *, ahead: timedelta = timedelta(0)) -> dict[str, Any]:
    """The facts at the real moment `at`, with what `outbox.health` has `seen`; ages and waits in seconds.

    This machine's clock is `ahead` of the one clock.
    """
    facts = attention.facts(at, seen)
    mail = facts.mail
    scanner_failed_at = scanning.failed_at(at)
    return {
        "is_well": mail.is_well and scanner_failed_at is None and abs(ahead) <= health.CLOCKS_APART,
        "database": "up",
        "mail": {
            "oldest_unsent_seconds": _seconds(mail.oldest_unsent_age),
            "failed": mail.failed,
            "held": mail.held,
            "kept_back_after_a_restore": mail.kept,
            "receipts_undelivered": mail.without_receipt,
        },
        "on_hold_after_a_restore_seconds": _seconds((hold := banner.standing()) and at - hold.gap_until),
        "worker_seen_seconds_ago": _seconds(mail.worker_seen_at and at - mail.worker_seen_at),
        "beat_seen_seconds_ago": _seconds(mail.beat_seen_at and at - mail.beat_seen_at),
        "clock_ahead_seconds": int(ahead.total_seconds()),
        "scanner_failed_seconds_ago": _seconds(scanner_failed_at and at - scanner_failed_at),
        "lists": [_list(each, each.meeting.moment(at)) for each in facts.lists if each.meeting.is_published],
    }


def _list(speakers_list, at):
    return {
        "meeting": speakers_list.meeting.slug,
        "list": speakers_list.slug,
        "is_open": speakers_list.accepts_inscriptions(at),
        "hours_to_deadline": attention.hours_to_deadline(speakers_list, at),
        "standing": speakers_list.standing,
        "unverified": speakers_list.unverified,
        "unconfirmed": speakers_list.unconfirmed,
    }


def _seconds(age):
    return None if age is None else int(age.total_seconds())
