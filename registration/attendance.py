"""Who is expected, who has come, who is inside.  R-55"""

from dataclasses import dataclass

from django.db.models import Count, Q

from registration.models import Manifest, Representative, Scan
from registration.models.representative import LET_IN, State
from registration.models.scan import Outcome


@dataclass(frozen=True)
class Attendance:
    """The three counts of a door.

    `expected`: whoever was granted a ticket, come or not. `arrived`: those whose ticket was handed over. `inside`: the
    same, less those who were scanned going out and not coming back.
    """

    expected: int
    arrived: int
    inside: int

    @classmethod
    def of(cls, meeting):
        """The counts of `meeting` (2 statements)."""
        people = Representative.objects.filter(meeting=meeting).aggregate(
            expected=Count("pk", filter=Q(state__in=LET_IN)), arrived=Count("pk", filter=Q(state=State.HANDED_OVER))
        )
        passed = Scan.objects.filter(meeting=meeting).aggregate(
            out=Count("pk", filter=Q(outcome=Outcome.WENT_OUT)), back=Count("pk", filter=Q(outcome=Outcome.CAME_BACK))
        )
        return cls(people["expected"], people["arrived"], people["arrived"] - passed["out"] + passed["back"])


def is_inside(representative):
    """Is `representative`, whose ticket was handed over, inside? By the last scan of going out or coming back."""
    passing = representative.scans.filter(outcome__in=[Outcome.WENT_OUT, Outcome.CAME_BACK])
    last = passing.order_by("-pk").first()
    return last is None or last.outcome == Outcome.CAME_BACK


def has_manifest(meeting):
    """Was a manifest of `meeting` frozen? Then security issued tickets by it, and for nobody else.  R-52"""
    return Manifest.objects.filter(meeting=meeting).exists()
