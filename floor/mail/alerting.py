"""Alerting waiting speakers when ten, five and one are left before them, once for each mark.  R-45

The alert is written in the transaction of the act that brought them near; changes to the list made elsewhere are
noticed within seconds.
"""

from datetime import datetime, timedelta

from django.db.models import F

from acts.locking import locked
from floor import standings
from floor.forecast import live_forecast
from floor.mail import notices
from floor.models import Room, Turn
from languages.wording import when_read
from outbox import posting

A_DAY = timedelta(days=1)
# How many are still to speak before an entry when it is alerted, the nearest first.
BEFORE = (1, 5, 10)


def alert(floor: standings.Floor, *, at: datetime) -> int:
    """Alert entries that have come near, in this transaction, at the meeting's moment `at`. Returns how many.  R-45

    No one is alerted before the first speaker is called, and no one outside the list, for whom there is no contact. An
    entry that was moved back is alerted again when it comes near again. At most six queries, however many are alerted.
    """
    if floor.room.pointer_id is None or floor.room.concluded_at:
        return 0
    places = _on_the_list(floor.waiting)
    moved = [(before, each) for before, each in places if each.turn.alerted_at_place != crossing(before)]
    crossed = near(floor.waiting)
    _note([(each.turn, crossing(before)) for before, each in moved])
    if crossed:
        _tell(floor, crossed, at)
    return len(crossed)


def near(waiting: list[standings.Standing]) -> list[tuple[int, standings.Standing]]:
    """Those of `waiting`, in order, that have come near and are to be alerted, each with how many are before it."""
    return [(before, each) for before, each in _on_the_list(waiting) if _has_come_near(each.turn, crossing(before))]


def _on_the_list(waiting):
    return [(before, each) for before, each in enumerate(waiting) if each.turn.inscription]


def _tell(floor, crossed, at):
    foreseen = live_forecast.of(floor, at)
    with posting.together():
        for before, each in crossed:
            notices.alert(
                each.turn.inscription,
                before=before,
                about=when_read(live_forecast.about, floor, foreseen, each.turn),
                version=floor.version,
            )


def alert_rooms(*, at: datetime) -> int:
    """Alert in every room in session, at the moment `at` of the one clock. Returns how many were alerted.  R-45

    Acts in the room alert by themselves (`acting.py`). Celery beat calls this for acts on the list itself (a
    withdrawal, a swap), which also bring entries nearer.
    """
    at_work = Room.objects.filter(pointer__isnull=False, concluded_at=None)
    rooms = at_work.filter(meeting__ends_at__gte=at + F("meeting__clock_shift") - A_DAY)
    alerted = 0
    for room in rooms.select_related("meeting"):
        with locked(standings.heard(room.meeting)) as speakers_list:
            meeting = speakers_list.meeting
            alerted += alert(standings.read(meeting), at=meeting.moment(at))
    return alerted


def crossing(before: int) -> int | None:
    """The mark (ten, five or one) that an entry with `before` others ahead of it has reached; None beyond ten."""
    return next((number for number in BEFORE if before <= number), None)


def _has_come_near(turn, reached):
    """Is the mark that `turn` has `reached` nearer than the one it was last alerted at?"""
    return reached is not None and (turn.alerted_at_place is None or reached < turn.alerted_at_place)


def _note(moved):
    """Store the mark that each turn of `moved` has reached, creating turns that are not stored yet."""
    for turn, reached in moved:
        turn.alerted_at_place = reached
    turns = [turn for turn, _reached in moved]
    Turn.objects.bulk_update([turn for turn in turns if turn.pk], ["alerted_at_place"])
    Turn.objects.bulk_create([turn for turn in turns if not turn.pk])
