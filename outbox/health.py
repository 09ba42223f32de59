"""Whether mail is moving, and the processes that send it are alive.  R-10"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import clock
from outbox import kinds
from outbox.models import Heartbeat, Message, State

UNSENT_FOR_TOO_LONG = timedelta(minutes=10)
# Longer than a worker takes to notice that the broker is away and to stand in, behind one slow sweep.
WORKER_SILENT_FOR_TOO_LONG = timedelta(seconds=150)
BEAT_SILENT_FOR_TOO_LONG = timedelta(seconds=120)
# By how much the clocks of two machines that keep time never differ.
CLOCKS_APART = timedelta(seconds=5)


@dataclass(frozen=True)
class Report:
    """The state of the mail at one moment. `problems` are translated sentences for staff, including failed mail;
    `is_well` is false only if the machinery itself does not work. `held` are drafts that wait for staff, `withheld`
    those that are held because they belong to a rehearsal, and may wait for ever; `kept` are those that a restore
    kept back; `without_receipt` are receipts that no one has after ten minutes, on their way or failed."""

    oldest_unsent_age: timedelta | None
    failed: int
    without_receipt: int
    held: int
    withheld: int
    kept: int
    worker_seen_at: datetime | None
    beat_seen_at: datetime | None
    problems: list[str]
    is_well: bool


def signs_of_life() -> tuple[dict[str, datetime], datetime, timedelta]:
    """When each part was last seen, the real moment, and how far this machine's clock is ahead of it.  R-03

    One statement, or two if none was seen ever.
    """
    since = datetime.now(UTC)
    rows, at = clock.read_with(Heartbeat.objects.all())
    return {row.part: row.at for row in rows}, at, clock.host_ahead(at, since=since)


def report(at: datetime, seen: dict[str, datetime] | None = None) -> Report:
    """The `Report` at the real moment `at`, which does not read mail that was sent.

    Two statements; one if it gets what the `signs_of_life` are.
    """
    mail = Message.objects.not_sent().aggregate(
        oldest=Min("queued_at", filter=Q(state__in=[State.QUEUED, State.SENDING])),
        failed=Count("pk", filter=Q(state=State.FAILED)),
        without_receipt=Count("pk", filter=_undelivered_receipts(at)),
        held=Count("pk", filter=Q(state=State.HELD, is_withheld=False)),
        withheld=Count("pk", filter=Q(state=State.HELD, is_withheld=True)),
        kept=Count("pk", filter=Q(state=State.KEPT)),
    )
    seen = dict(Heartbeat.objects.values_list("part", "at")) if seen is None else seen
    age = at - mail["oldest"] if mail["oldest"] else None
    worker, beat = seen.get(Heartbeat.Part.WORKER), seen.get(Heartbeat.Part.BEAT)
    faults = _faults(at, age, worker, beat) + missing_receipts(mail["without_receipt"])
    return Report(
        oldest_unsent_age=age,
        failed=mail["failed"],
        without_receipt=mail["without_receipt"],
        held=mail["held"],
        withheld=mail["withheld"],
        kept=mail["kept"],
        worker_seen_at=worker,
        beat_seen_at=beat,
        problems=faults + _failed_mail(mail["failed"]),
        is_well=not faults,
    )


def _faults(at, age, worker, beat):
    """What is wrong with the machinery, as sentences."""
    found = []
    if age is not None and age > UNSENT_FOR_TOO_LONG:
        minutes = int(age.total_seconds() // 60)
        words = ngettext(
            "A mail has been unsent for %(minutes)d minute.",
            "A mail has been unsent for %(minutes)d minutes.",
            minutes,
        )
        found.append(words % {"minutes": minutes})
    if worker is None or at - worker > WORKER_SILENT_FOR_TOO_LONG:
        found.append(
            _("The worker has worked off no task for two and a half minutes: mail waits and lists are closed late.")
        )
    if beat is None or at - beat > BEAT_SILENT_FOR_TOO_LONG:
        found.append(_("Celery beat has not been seen for two minutes: nothing is done on time."))
    return found


def _undelivered_receipts(at):
    """Receipts queued ten minutes before the moment `at` and not sent, except those that are erased.  R-10"""
    is_late = Q(queued_at__lt=at - UNSENT_FOR_TOO_LONG, body_erased_at=None)
    return is_late & Q(kind__in=sorted(kinds.receipts()), is_rehearsal=False)


def missing_receipts(count: int) -> list[str]:
    """The sentence about receipts that were not delivered, in a list of none or one."""
    words = ngettext(
        "%(count)d receipt was not delivered within ten minutes.",
        "%(count)d receipts were not delivered within ten minutes.",
        count,
    )
    return [words % {"count": count}] if count else []


def _failed_mail(count):
    """The sentence about failed mail, in a list of none or one."""
    words = ngettext(
        "%(count)d mail failed and waits for staff to try it again.",
        "%(count)d mails failed and wait for staff to try them again.",
        count,
    )
    return [words % {"count": count}] if count else []
