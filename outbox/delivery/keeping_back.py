"""Keeping mail back after a restore: what a backup has as unsent may have been sent since.  R-76"""

from datetime import datetime

from django.db.models import Case, Value, When

from outbox import kinds
from outbox.models import KeptFor, Message, State

UNSENT = {State.QUEUED: KeptFor.WAITING, State.SENDING: KeptFor.SENDING, State.FAILED: KeptFor.FAILED}


def keep_back(*, at: datetime) -> tuple[int, int]:
    """Keep back all mail that waits, is being sent or failed; drop alerts and one-time codes.  R-76

    A sender that holds one changes nothing any more. Mail that was held stays so. Call it in a transaction. Returns how
    many are kept back, and how many were dropped at the real moment `at`.
    """
    unsent = Message.objects.filter(state__in=UNSENT, body_erased_at=None)
    of_the_moment = unsent.filter(kind__in=kinds.of_the_moment())
    idle = {"next_attempt_at": None, "lease_until": None, "lease_token": None, "lost_claims": 0}
    dropped = of_the_moment.update(state=State.DROPPED, body="", facts=None, body_erased_at=at, **idle)
    why = Case(*(When(state=state, then=Value(why)) for state, why in UNSENT.items()))
    return unsent.update(kept_back_for=why, state=State.KEPT, **idle), dropped
