"""When the sitting was suspended: read from the journal, which forgets nothing.  R-37"""

from journal.models import Entry
from speakers.forecast.turns import NOTHING, Stretch

SUSPENDED, RESUMED = "sitting suspended", "sitting resumed"


def suspensions(meeting):
    """The suspensions of `meeting` that are over, as stretches of time in order (one statement).

    Not in the order of moments but of recording: the clock of a rehearsal may be shifted back.
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


def within(stretches, since, until):
    """How long, of the time between `since` and `until`, the sitting was suspended by these `stretches`."""
    parts = [min(each.ends_at, until) - max(each.starts_at, since) for each in stretches]
    return sum((part for part in parts if part > NOTHING), NOTHING)
