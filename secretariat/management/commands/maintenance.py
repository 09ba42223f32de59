"""`manage.py maintenance on --until 14:00 --zone America/New_York`, and `off`."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from dialogue import moments
from registration.models import Ticketing
from secretariat.maintenance import announcing
from speakers.models import SpeakersList


class Command(BaseCommand):
    help = (
        "Begins or ends maintenance on this machine: every page then says NOT recorded, and whom to call. It needs no "
        "database. Several machines: run it on each."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("state", choices=["on", "off"])
        parser.add_argument("--until", metavar="HH:MM", help="when the site is expected back: the next such time")
        parser.add_argument("--zone", default="UTC", help="the time zone of that time; default: UTC")

    def handle(self, *_args: Any, state: str, until: str | None, zone: str, **_options: Any) -> None:
        if state == "off":
            announcing.end()
            self.stdout.write("The pages of this machine are served again.")
            return
        announced = announcing.begin(_next(until, zone) if until else None, zone)
        ends = announced.in_words(datetime.now(UTC)) or "an unknown time"
        self.stdout.write(f"Every page of this machine says NOT recorded, until {ends}.")
        if not (announced.officers or settings.SECRETARIAT_CONTACT):
            self.stderr.write("It names no one to call: set SECRETARIAT_CONTACT.")
        for sentence in _deadlines(announced):
            self.stderr.write(sentence)


def _next(text, zone):
    """The next moment at which it is `text`, as “14:00”, in the time zone named `zone`."""
    try:
        now = datetime.now(ZoneInfo(zone))
        time = datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007  a time of day
    except (ZoneInfoNotFoundError, ValueError) as error:
        words = "Write the time as HH:MM and the zone as a city: --until 14:00 --zone America/New_York"
        raise CommandError(words) from error
    at = now.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0)
    return at if at > now else at + timedelta(days=1)


def _deadlines(announced):
    """A warning for each deadline before the site is expected back: the clock alone decides."""
    if announced.until is None:
        return []
    now = datetime.now(UTC)
    try:
        due = _lists(now, announced.until) + _tickets(now, announced.until)
    except Error:
        return []
    return [f"{what} meanwhile, {when}: the clock alone decides. Extend its deadline first." for what, when in due]


def _lists(now, until):
    """What closes until then, and when in words: each list of speakers."""
    due = SpeakersList.objects.filter(closed_at=None, closes_at__gt=now, closes_at__lte=until)
    return [
        (f"The list of {each.meeting.slug} closes", moments.in_words(each.closes_at, each.meeting))
        for each in due.filter(meeting__is_published=True).select_related("meeting")
    ]


def _tickets(now, until):
    """What passes until then, and when in words: each deadline for tickets, with and without a grounds pass."""
    due = {
        (each.meeting, closes_at)
        for each in Ticketing.objects.of_published()
        for closes_at in (each.closes_at, each.pass_closes_at)
        if now < closes_at <= until
    }
    return [
        (f"A deadline for requests of tickets of {meeting.slug} passes", moments.in_words(closes_at, meeting))
        for meeting, closes_at in sorted(due, key=lambda each: each[1])
    ]
