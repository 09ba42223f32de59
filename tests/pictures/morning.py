"""The morning of the rehearsal: who has spoken and how long, a point of order, an absence, a speaker off the list."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import cycle

from django.db import connection

import clock
from dialogue.models import Meeting
from floor import standings
from floor.acts import absence, asking, calling, inserting, noting, opening, pausing, presence, rounds
from floor.models import Interruption, Turn
from speakers.models import Delegation
from tests.factories import STAFF
from tests.floor.room import press

SPOKE = cycle([170, 240, 175, 165, 240, 190, 205, 175, 190, 150, 190, 175, 192, 165, 245])
BEFORE_THEY_BEGAN = cycle([35, 20, 45, 25, 30])
STATEMENTS, WITH_A_POINT_OF_ORDER, ABSENT = 24, 3, 6
WHO_ASK = ["CRI", "RWA", "DNK", "GTM", "AUS"]


def hold():
    """Hold the morning, once; afterwards the rehearsal's clock is half an hour before its end.

    In a thread of its own: the browser's loop runs in this one.
    """
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_hold).result()


def _hold():
    try:
        meeting = Meeting.objects.get(slug="r2p-rehearsal")
        if Turn.objects.filter(meeting=meeting, state=Turn.State.DELIVERED).exists():
            return
        at = meeting.floor_opens_at + timedelta(seconds=40)
        for number in range(STATEMENTS):
            at = _turn(meeting, number, at)
        _and_more(meeting, at)
        meeting.refresh_from_db()
        meeting.clock_shift = at + timedelta(seconds=20) - clock.now()
        meeting.save(update_fields=["clock_shift"])
    finally:
        connection.close()


def ask():
    """Open the floor, once, and let five delegations ask for it; the panel replies after every three speakers."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_ask).result()


def _ask():
    try:
        meeting = Meeting.objects.get(slug="r2p-rehearsal")
        if meeting.room.floor_opened_at:
            return
        at = meeting.moment(clock.now())
        opening.open_floor(meeting, by=STAFF, at=at)
        for number, delegation in enumerate(Delegation.objects.filter(code__in=WHO_ASK)):
            asking.ask(meeting, delegation, by=STAFF, at=at + timedelta(seconds=number), is_by_sign=number == 1)
        panel = meeting.slots.filter(kind="panel").first()
        rounds.set_rounds(meeting, speakers_per_round=3, panel_slot=panel, by=STAFF, at=at)
    finally:
        connection.close()


def _turn(meeting, number, at):
    """One is called at the moment `at`, and speaks or is absent. Returns the moment at which that is over."""
    press(meeting, calling.call, at)
    at += timedelta(seconds=next(BEFORE_THEY_BEGAN))
    if number == ABSENT:
        press(meeting, absence.note_absence, at)
        return at
    press(meeting, calling.begin, at)
    if number == WITH_A_POINT_OF_ORDER:
        order, syria = Interruption.Ground.POINT_OF_ORDER, Delegation.objects.get(code="SYR")
        press(meeting, pausing.pause, at + timedelta(seconds=50), ground=order, raised_by=syria)
        at += timedelta(seconds=45)
        press(meeting, pausing.go_on, at + timedelta(seconds=50))
    at += timedelta(seconds=next(SPOKE))
    press(meeting, calling.end, at)
    return at + timedelta(seconds=5)


def _and_more(meeting, at):
    title = "Special Adviser on the Prevention of Genocide"
    second = standings.read(meeting).waiting[2].turn.identity
    inserting.insert(meeting, prefix="Mr.", name="Adama Dieng", title=title, before=second, by=STAFF, at=at)
    noting.said_about_time(meeting, "I remind speakers that they have three minutes.", by=STAFF, at=at)
    waiting = standings.read(meeting).waiting
    for standing in waiting[:6:2]:
        presence.mark(meeting, standing.turn.identity, is_present=True, by=STAFF, at=at)
    noting.note_turn(meeting, waiting[1].turn.identity, "Leaves at noon; the Deputy speaks then.", by=STAFF, at=at)
