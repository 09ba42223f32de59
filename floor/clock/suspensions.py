"""When the sitting was suspended, read from the journal.  R-37"""

from datetime import datetime, timedelta

from dialogue.models import Meeting
from journal.models import Entry
from speakers.forecast.turns import NOTHING, Stretch

SUSPENDED, RESUMED = "sitting suspended", "sitting resumed"


def suspensions(meeting: Meeting) -> list[Stretch]:
    """The suspensions of `meeting` that are over, as stretches of time in order (one query).

    They are in the order in which they were recorded, not by moment: the clock of a rehearsal may be shifted back.
    """
    acts = Entry.objects.filter(stream=meeting.journal_stream, act__in=[SUSPENDED, RESUMED]).order_by("sequence")
    over, since = [], None
    for act, at in acts.values_list("act", "at"):
        if act == SUSPENDED:
            since = at
        elif since is not None and since < at:
            over.append(Stretch(since, at))
            since = None
    return over


def within(stretches: list[Stretch], since: datetime, until: datetime) -> timedelta:
    """How long the sitting was suspended between `since` and `until`, given these `stretches`."""
    parts = [min(each.ends_at, until) - max(each.starts_at, since) for each in stretches]
    return sum((part for part in parts if part > NOTHING), NOTHING)
