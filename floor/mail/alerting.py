"""Alerting those who wait: at ten, five and one before them, once for each crossing.  R-45

In the transaction of the act that brought them near; what other parts do to the list is noticed within seconds.
"""

from datetime import timedelta

from django.db.models import F

from floor import standings
from floor.forecast import live_forecast
from floor.mail import notices
from floor.models import Room, Turn
from outbox import posting
from speakers import locking

A_DAY = timedelta(days=1)
BEFORE = (1, 5, 10)
"""How many still speak before an entry when it is alerted, the nearest first."""


def alert(floor, *, at):
    """Alert whoever has come near, in this transaction, at the meeting's moment `at`. Gives how many.  R-45

    Nobody before the first speaker is called, and nobody off the list, who has no contact. An entry that was moved
    back is alerted again when it comes near again. Costs six statements at most, however many are alerted.
    """
    if floor.room.pointer_id is None or floor.room.concluded_at:
        return 0
    places = [(before, each) for before, each in enumerate(floor.waiting) if each.turn.inscription]
    moved = [(before, each) for before, each in places if each.turn.alerted_at_place != crossing(before)]
    crossed = [(before, each) for before, each in moved if _has_come_near(each.turn, crossing(before))]
    _note([(each.turn, crossing(before)) for before, each in moved])
    if crossed:
        _tell(floor, crossed, at)
    return len(crossed)


def _tell(floor, crossed, at):
    foreseen = live_forecast.of(floor, at)
    with posting.together():
        for before, each in crossed:
            notices.alert(
                each.turn.inscription,
                before=before,
                about=live_forecast.about(floor, foreseen, each.turn),
                version=floor.version,
            )


def alert_rooms(*, at):
    """Alert in every room that is at work, at the moment `at` of the one clock. Gives how many were alerted.  R-45

    Acts in the room alert by themselves (`acting.py`). Celery beat calls this for acts on the list itself (a
    withdrawal, a swap), which bring entries nearer too.
    """
    at_work = Room.objects.filter(pointer__isnull=False, concluded_at=None)
    rooms = at_work.filter(meeting__ends_at__gte=at + F("meeting__clock_shift") - A_DAY).values_list(
        "meeting", flat=True
    )
    return sum(
        locking.under_lock(pk, lambda meeting: alert(standings.read(meeting), at=meeting.moment(at))) for pk in rooms
    )


def crossing(before):
    """The nearest of ten, five and one that an entry with `before` others before it has reached; None beyond ten."""
    return next((number for number in BEFORE if before <= number), None)


def _has_come_near(turn, reached):
    """Is what `turn` has `reached` nearer than what it was alerted of?"""
    return reached is not None and (turn.alerted_at_place is None or reached < turn.alerted_at_place)


def _note(moved):
    """Keep what each turn of `moved` has reached; a turn that nobody touched yet is stored with it."""
    for turn, reached in moved:
        turn.alerted_at_place = reached
    turns = [turn for turn, _reached in moved]
    Turn.objects.bulk_update([turn for turn in turns if turn.pk], ["alerted_at_place"])
    Turn.objects.bulk_create([turn for turn in turns if not turn.pk])
