"""/healthz: what the secretariat's front page says in words, for monitoring. No personal data.  R-06 R-10"""

from datetime import datetime
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

import clock
from secretariat import attention
from uploads import scanning


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 if the machinery works, 503 otherwise, in JSON, even if the database is down."""
    try:
        answer = report(clock.now())
    except (DatabaseError, InterfaceError):
        answer = {"is_well": False, "database": "down"}
    response = JsonResponse(answer, status=200 if answer["is_well"] else 503)
    response["Cache-Control"] = "no-store"
    return response


def report(at: datetime) -> dict[str, Any]:
    """The facts at the real moment `at`; ages and waits in seconds."""
    facts = attention.facts(at)
    mail = facts.mail
    scanner_failed_at = scanning.failed_at(at)
    return {
        "is_well": mail.is_well and scanner_failed_at is None,
        "database": "up",
        "mail": {
            "oldest_unsent_seconds": _seconds(mail.oldest_unsent_age),
            "failed": mail.failed,
            "held": mail.held,
        },
        "worker_seen_seconds_ago": _seconds(mail.worker_seen_at and at - mail.worker_seen_at),
        "beat_seen_seconds_ago": _seconds(mail.beat_seen_at and at - mail.beat_seen_at),
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
