"""What Prometheus is told: what the processes of this machine counted, and what one look at the database says."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import Error, connection
from django.db.models import Count, Min
from prometheus_client import CollectorRegistry, multiprocess
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from outbox import health
from outbox.delivery import breaker
from outbox.models import Message
from secretariat import attention
from speakers.forecast.list_forecast import forecast_lists
from webhooks import waiting

OF_A_LIST = ["meeting", "list"]


class Counts(Collector):
    """What the processes of this machine counted, as they wrote it into `folder`."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)

    def collect(self) -> Iterator[Metric]:
        for pid in {path.stem.rpartition("_")[2] for path in self.folder.glob("gauge_live*.db")}:
            if not Path("/proc", pid).exists():
                multiprocess.mark_process_dead(pid, str(self.folder))
        yield from multiprocess.MultiProcessCollector(CollectorRegistry(), str(self.folder)).collect()


class Facts(Collector):
    """What the database says, in a few statements for each look; that it is up or down, if it says nothing."""

    def __init__(self, afterwards: Callable[[], None]) -> None:
        self.afterwards = afterwards

    def collect(self) -> Iterator[Metric]:
        try:
            seen, at, _ahead = health.signs_of_life()
            found, is_up = [*_machinery(seen, at), *_mail(seen, at), *_webhooks(at), *_lists(seen, at)], 1
        except Error:
            found, is_up = [], 0
        finally:
            self.afterwards()
        yield _gauge("speakers_database_up", "Whether the database answers", {(): is_up})
        yield from found


def close_connection() -> None:
    """End the connection of the thread that was started for one look."""
    connection.close()


def registry(*, afterwards: Callable[[], None] = close_connection) -> CollectorRegistry:
    """Everything that is told, as it is at each look."""
    made = CollectorRegistry()
    made.register(Facts(afterwards))
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        made.register(Counts(folder))
    return made


def _machinery(seen, at):
    """When each part was last seen, and whether the breaker of the mail server is open."""
    ages = {(part,): (at - moment).total_seconds() for part, moment in seen.items()}
    yield _gauge("speakers_seen_seconds", "Since when a part was not seen", ages, ["part"])
    server, _at = breaker.look()
    yield _gauge("speakers_mail_server_open", "Whether the breaker is open", {(): int(server.is_open)})


def _mail(seen, at):
    """Mail that is on its way, by kind, and what needs staff."""
    rows = list(Message.objects.unsent().order_by().values_list("kind").annotate(Count("pk"), Min("queued_at")))
    ages = {(kind,): (at - oldest).total_seconds() for kind, _count, oldest in rows}
    yield _gauge("speakers_mail_oldest_seconds", "How long the oldest unsent mail waits", ages, ["kind"])
    yield _gauge("speakers_mail_unsent", "Unsent mail", {(kind,): count for kind, count, _oldest in rows}, ["kind"])
    report = health.report(at, seen)
    yield _gauge("speakers_mail_failed", "Mail that failed", {(): report.failed})
    yield _gauge("speakers_receipts_undelivered", "Receipts that no one has", {(): report.without_receipt})


def _webhooks(at):
    """What webhooks were not told yet, by the number of each."""
    found = {(str(pk),): each for pk, each in waiting.of_each(at=at).items()}
    acts = {key: each.acts for key, each in found.items()}
    yield _gauge("speakers_webhook_waiting", "Acts of the journal that a webhook was not told", acts, ["webhook"])
    ages = {key: each.oldest.total_seconds() for key, each in found.items()}
    yield _gauge("speakers_webhook_oldest_seconds", "How long the oldest of them waits", ages, ["webhook"])


def _lists(seen, at):
    """The published lists of meetings to come: deadlines, entries, and what the forecast says."""
    lists = [each for each in attention.facts(at, seen).lists if each.meeting.is_published]
    ahead = forecast_lists(lists, at)
    named = {(each.meeting.slug, each.slug): each for each in lists}
    left = {name: (each.closes_at - each.meeting.moment(at)).total_seconds() for name, each in named.items()}
    yield _gauge("speakers_deadline_seconds", "Time left to inscribe", left, OF_A_LIST)
    standing = {name: each.standing for name, each in named.items()}
    yield _gauge("speakers_entries_standing", "Entries that hold a place", standing, OF_A_LIST)
    unverified = {name: each.unverified for name, each in named.items()}
    yield _gauge("speakers_entries_unverified", "Entries that wait to be verified", unverified, OF_A_LIST)
    known = {name: ahead[each.pk] for name, each in named.items() if ahead[each.pk].has_hours}
    too_many = {name: each.forecast.too_many for name, each in known.items()}
    yield _gauge("speakers_forecast_too_many", "Entries for which the time is too short", too_many, OF_A_LIST)


def _gauge(name, what, values, labels=()):
    family = GaugeMetricFamily(name, what, labels=labels)
    for key, value in values.items():
        family.add_metric(key, value)
    return family
