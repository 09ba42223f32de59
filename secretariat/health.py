"""/healthz: what the secretariat's front page says in words, for monitoring. No personal data.  R-06 R-10"""

from datetime import datetime, timedelta
from typing import Any

from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

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


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 if the machinery works, 503 otherwise, in JSON, even if the database is down or takes nothing.

    During maintenance it says so, and judges the machinery all the same: one looks here before it ends.
    """
    try:
        seen, at, ahead = health.signs_of_life()
        answer = report(at, seen, ahead=ahead)
    except Error:
        answer = {"is_well": False, "database": "down"}
    else:
        if not _takes_submissions():
            answer |= {"is_well": False, "database": "refuses to write"}
    if announced := announcing.announced():
        answer |= {"maintenance": True, "maintenance_until": announced.until}
    response = JsonResponse(answer, status=200 if answer["is_well"] else 503)
    response["Cache-Control"] = "no-store"
    return response


def _takes_submissions():
    """Would the database take a submission?  R-09

    It is asked to write no row into each table that a submission is written into, which it refuses on a standby and
    without the right to; and for room, which it has none of on a full disk.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            ask_for_room(cursor)
            for table in (connection.ops.quote_name(model._meta.db_table) for model in WRITTEN):
                cursor.execute(f"INSERT INTO {table} SELECT * FROM {table} WHERE 1 = 0")  # noqa: S608  our own names
    except Error:
        return False
    return True


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
