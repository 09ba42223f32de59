"""Who is expected, who has come, who is inside.  R-55"""

from dataclasses import dataclass

from django.db.models import Count, Q

from dialogue.models import Meeting
from registration.models import Manifest, Representative, Scan
from registration.models.representative import LET_IN, State
from registration.models.scan import GREEN, Outcome


@dataclass(frozen=True)
class Attendance:
    """The three counts of a door.

    `expected`: everyone who was granted a ticket, whether they came or not. `arrived`: those whose ticket was handed
    over. `inside`: those who arrived, less those scanned going out and not coming back.
    """

    expected: int
    arrived: int
    inside: int

    @classmethod
    def of(cls, meeting: Meeting) -> "Attendance":
        """The counts of `meeting` (two queries)."""
        people = Representative.objects.filter(meeting=meeting).aggregate(
            expected=Count("pk", filter=Q(state__in=LET_IN)), arrived=Count("pk", filter=Q(state=State.HANDED_OVER))
        )
        return cls(people["expected"], people["arrived"], people["arrived"] - len(outside(meeting)))


def outside(meeting: Meeting) -> set[int]:
    """The keys of those at `meeting` who went out and did not come back, by their last green scan (one query)."""
    passings = Scan.objects.filter(meeting=meeting, outcome__in=[*GREEN, Outcome.TAKEN_BACK])
    last = dict(passings.order_by("pk").values_list("representative", "outcome"))
    return {person for person, outcome in last.items() if outcome == Outcome.WENT_OUT}


def has_manifest(meeting: Meeting) -> bool:
    """Was a manifest of `meeting` frozen? Then security issued tickets for the people on it only.  R-52"""
    return Manifest.objects.filter(meeting=meeting).exists()
