"""What needs the attention of the ticket office, for the front page of the secretariat.  R-46 R-47"""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext

from dialogue.models import Meeting
from registration.models import Representative
from registration.models.representative import LET_IN, State
from secretariat import manifest_attention


def counts_of(meetings: list[Meeting]) -> dict[int, dict[str, Any]]:
    """For each of `meetings` with requests for tickets, how many await a decision and how many wait (1 statement).

    Includes what its next manifest would say, with the days on which the office is closed (1 more statement, if there
    is any such meeting).
    """
    asked = Representative.objects.for_staff().filter(meeting__in=meetings).order_by()
    counted = asked.values("meeting").annotate(
        undecided=Count("pk", filter=Q(state=State.CONFIRMED)),
        waiting=Count("pk", filter=Q(state=State.WAITLISTED)),
        held=Count("pk", filter=Q(decision__state="held")),
        expected=Count("pk", filter=Q(state__in=LET_IN)),
        arrived=Count("pk", filter=Q(state=State.HANDED_OVER)),
        **manifest_attention.counted(),
    )
    found = {row["meeting"]: row for row in counted}
    closed = manifest_attention.closed_days() if found else set()
    return {meeting: {**row, "closed": closed} for meeting, row in found.items()}


def sentences(meeting: Meeting, counts: dict[str, Any], at: datetime) -> list[tuple[str, str, bool]]:
    """The lines about the tickets of `meeting` at its moment `at`, as (words, address, whether it is urgent)."""
    page = "admin:registration_representative_changelist"
    undecided = ngettext(
        "Tickets: %(count)d representative waits for a decision.",
        "Tickets: %(count)d representatives wait for a decision.",
        counts["undecided"],
    )
    waiting = ngettext(
        "Tickets: %(count)d person is on the waiting list.",
        "Tickets: %(count)d people are on the waiting list.",
        counts["waiting"],
    )
    held = ngettext(
        "Tickets: the mail of %(count)d decision is not released.",
        "Tickets: the mails of %(count)d decisions are not released.",
        counts["held"],
    )
    return [
        (
            undecided % {"count": counts["undecided"]},
            reverse(page, query={"meeting": meeting.pk}),
            counts["undecided"] > 0,
        ),
        (
            waiting % {"count": counts["waiting"]},
            reverse(page, query={"meeting": meeting.pk, "state": "waitlisted"}),
            False,
        ),
        (
            held % {"count": counts["held"]},
            reverse(page, query={"meeting": meeting.pk, "state": "any", "mark": "held"}),
            counts["held"] > 0,
        ),
        *manifest_attention.sentences(meeting, counts, at),
        _hand_over(meeting, counts),
    ]


def _hand_over(meeting, counts):
    """How many have arrived, with a link to the desk at the door.  R-55"""
    words = ngettext(
        "Hand-over: %(arrived)d of %(count)d expected has arrived.",
        "Hand-over: %(arrived)d of %(count)d expected have arrived.",
        counts["expected"],
    )
    address = reverse("registration:hand_over", args=[meeting.slug])
    return words % {"arrived": counts["arrived"], "count": counts["expected"]}, address, False
