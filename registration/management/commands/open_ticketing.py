import csv
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

import clock
from dialogue.models import Meeting
from journal.actors import SYSTEM
from registration.models import Holiday
from registration.requests import opening

HOLIDAYS = settings.BASE_DIR / "registration/data/holidays.csv"


class Command(BaseCommand):
    help = (
        "Puts the holidays of Headquarters on record and opens each meeting to requests for tickets, "
        "with default deadlines. A second run changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", help="short names of meetings; all if none is given")

    def handle(self, *, slugs: list[Any], **_options: Any) -> None:
        self._load_holidays()
        meetings = Meeting.objects.filter(ticketing=None)
        for meeting in meetings.filter(slug__in=slugs) if slugs else meetings:
            at = meeting.moment(clock.now())
            opening.open_ticketing(meeting, by=SYSTEM, at=at)
            self.stdout.write(f"{meeting.slug} is open to requests for tickets.")

    def _load_holidays(self):
        with HOLIDAYS.open(encoding="utf-8", newline="") as lines:
            rows = [Holiday(**row) for row in csv.DictReader(lines)]
        Holiday.objects.bulk_create(rows, ignore_conflicts=True)
