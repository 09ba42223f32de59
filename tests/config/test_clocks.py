"""The clock of this machine and the one clock: how far they differ, who says so, and one that was set back.  R-03"""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

import clock
from floor.acts import calling, pausing
from outbox import desk
from outbox.models import Message, State
from outbox.posting import post
from registration.requests import vouchers
from secretariat import attention, health
from tests.factories import OPEN
from tests.floor.room import after, make_room, press, state_of
from tests.registration.factories import make_representative, make_ticketing

pytestmark = pytest.mark.django_db
NOW, SECOND = datetime(2016, 8, 22, 13, 0, tzinfo=UTC), timedelta(seconds=1)
SET_BACK = timedelta(seconds=90)


@pytest.mark.parametrize(
    ("at", "ahead"), [(NOW, 0), (NOW + 2 * SECOND, 0), (NOW - 90 * SECOND, 90), (NOW + 95 * SECOND, -92)]
)
def test_how_long_the_question_took_counts_for_neither_clock(time_machine, at, ahead):
    time_machine.move_to(NOW + 3 * SECOND, tick=False)

    assert clock.host_ahead(at, since=NOW) == ahead * SECOND


def test_a_clock_that_is_held_differs_from_none():
    with clock.stopped(OPEN):
        assert clock.host_ahead(OPEN, since=NOW) == timedelta(0)


def words_of(ahead):
    blocks = attention.survey(OPEN, clock_ahead=ahead)
    return [(line.words, line.is_urgent) for line in blocks[-1].lines if "clock" in line.words]


def test_clocks_that_differ_by_more_than_five_seconds_are_said_to_staff_and_to_monitoring():
    ahead = "The clock of this machine is 90 seconds ahead of the database’s, which alone decides deadlines."
    behind = "The clock of this machine is 2 minutes behind the database’s, which alone decides deadlines."

    assert [words_of(seconds * SECOND) for seconds in (5, 90, -120)] == [[], [(ahead, True)], [(behind, True)]]
    assert health.report(OPEN, {}, ahead=90 * SECOND)["clock_ahead_seconds"] == 90
    assert health.report(OPEN, {}, ahead=90 * SECOND)["is_well"] is False


def test_the_front_page_and_healthz_ask_for_it_themselves(reader_of_staff):
    assert reader_of_staff.get("/secretariat/").status_code == 200
    assert reader_of_staff.get("/healthz").json()["clock_ahead_seconds"] == 0


@pytest.fixture
def reader_of_staff(django_user_model):
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("reader"))
    return client


def test_no_scheduled_task_expires_before_the_sign_of_life_of_the_scheduler():
    expiries = {name: entry["options"]["expires"] for name, entry in settings.CELERY_BEAT_SCHEDULE.items()}

    assert min(expiries.values()) == expiries["outbox.pulse"] == 120


def test_a_statement_that_began_before_the_clock_was_set_back_is_ended_and_its_pause_is_no_gain():
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, calling.begin, after(10))
    press(meeting, pausing.pause, after(20))

    press(meeting, calling.end, after(20) - SET_BACK)

    assert state_of(meeting, "AAA") == "delivered"


def test_a_mail_that_was_held_before_the_clock_was_set_back_is_released(write_held):
    desk.release(write_held, at=write_held.created_at - SET_BACK)

    assert Message.objects.get().state == State.QUEUED


@pytest.fixture
def write_held():
    post(key="k", kind="notice", to=["a@missions.example"], subject="S", body="B", hold=True, at=OPEN)
    return Message.objects.get()


def test_a_voucher_that_was_issued_before_the_clock_was_set_back_is_revoked():
    person = make_representative(make_ticketing().meeting, "approved")
    issued_at = person.vouchers.get().issued_at

    assert vouchers.revoke(person, at=issued_at - SET_BACK)
    assert person.vouchers.get().revoked_at == issued_at
