"""What needs attention: the front page in words, and /healthz for machines.  R-06 R-10 R-11 R-14"""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import InternalError, OperationalError, ProgrammingError, connection

import clock
from outbox import posting
from outbox.delivery import heartbeats
from outbox.models import Heartbeat, Message
from secretariat import attention
from tests import factories
from tests.factories import OPEN
from tests.secretariat import pages


@pytest.fixture
def alive(at_the_desk, db):
    """Worker and scheduler were just seen."""
    heartbeats.stamp(Heartbeat.Part.WORKER)
    heartbeats.stamp(Heartbeat.Part.BEAT)


@pytest.fixture
def meeting(alive):
    return factories.make_meeting(title={"en": "The dialogue"})


def front_page(client, at=OPEN):
    with clock.stopped(at):
        return pages.text(client.get("/secretariat/"))


def write_mail(**options):
    return posting.post(key="a-key", kind="notice", to=["a@missions.example"], subject="S", body="B", **options)


def test_it_counts_what_stands_what_waits_and_who_is_to_be_confirmed(reader, meeting):
    factories.make_inscription(meeting)
    factories.make_inscription(meeting, factories.make_delegation("KEN"), is_verified=False)
    factories.make_inscription(meeting, factories.make_delegation("GHA"), speaker_name="")

    words = front_page(reader)

    assert "2 entries hold a place." in words
    assert "Action needed: 1 entry waits to be verified." in words
    assert "1 speaker is to be confirmed." in words
    assert "Action needed: 1 speaker" not in words


def test_a_speaker_to_be_confirmed_needs_attention_from_24_hours_before_the_meeting(reader, meeting):
    factories.make_inscription(meeting, speaker_name="")
    eve = meeting.starts_at - timedelta(hours=24)

    assert "Action needed: 1 speaker is to be confirmed." in front_page(reader, eve)
    assert "Action needed: 1 speaker" not in front_page(reader, eve - timedelta(seconds=1))


def test_it_counts_the_hours_to_the_deadline_in_the_meetings_zone(reader, meeting):
    words = "Inscription is open. The deadline is in 1 day, on Thursday, 1 September 2016, 1:00 p.m. (New York time)."

    assert words in front_page(reader)
    assert "The list is closed. The deadline was Thursday" in front_page(reader, meeting.speakers_list.closes_at)


def test_it_reports_mail_that_failed_is_held_or_waits_too_long(reader, meeting):
    write_mail(at=OPEN - timedelta(minutes=11))
    waits = front_page(reader)
    Message.objects.update(state="failed", next_attempt_at=None)
    failed = front_page(reader)
    Message.objects.all().delete()
    write_mail(hold=True)
    held = front_page(reader)

    assert "Action needed: The oldest unsent mail has been waiting for 11 minutes." in waits
    assert "Action needed: 1 mail failed." in failed
    assert "Action needed: 1 mail is held back." in held


def test_it_says_when_worker_and_scheduler_were_last_seen(reader, meeting):
    words = front_page(reader, OPEN + timedelta(seconds=20))
    later = front_page(reader, OPEN + timedelta(minutes=5))
    Heartbeat.objects.all().delete()
    never = front_page(reader)

    assert "The worker, which sends mail, was last seen 20 seconds ago." in words
    assert "Action needed: The worker" not in words
    assert "Action needed: The worker, which sends mail, was last seen 5 minutes ago." in later
    assert "Action needed: The scheduler, which closes lists on time, was last seen 5 minutes ago." in later
    assert "Action needed: The worker, which sends mail, has never been seen." in never


def test_each_sentence_leads_to_the_rows_it_speaks_of(reader, meeting):
    factories.make_inscription(meeting, is_verified=False)

    html = reader.get("/secretariat/").content.decode()

    assert f'href="{pages.list_page(meeting=meeting.pk, state="unverified")}"'.replace("&", "&amp;") in html
    assert 'href="/secretariat/outbox/message/?state__exact=failed"' in html


def test_machines_read_the_same_without_a_name(client, meeting):
    factories.make_inscription(meeting)
    factories.make_inscription(meeting, factories.make_delegation("KEN"), is_verified=False)
    Message.objects.all().delete()

    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer.json() == {
        "is_well": True,
        "database": "up",
        "mail": {
            "oldest_unsent_seconds": None,
            "failed": 0,
            "held": 0,
            "kept_back_after_a_restore": 0,
            "receipts_undelivered": 0,
        },
        "on_hold_after_a_restore_seconds": None,
        "worker_seen_seconds_ago": 0,
        "beat_seen_seconds_ago": 0,
        "clock_ahead_seconds": 0,
        "scanner_failed_seconds_ago": None,
        "lists": [
            {
                "meeting": "dialogue",
                "list": "",
                "is_open": True,
                "hours_to_deadline": 24,
                "standing": 1,
                "unverified": 1,
                "unconfirmed": 0,
            }
        ],
    }


@pytest.mark.parametrize("part", Heartbeat.Part)
def test_machines_get_503_if_a_part_is_silent(client, meeting, part):
    Heartbeat.objects.filter(part=part).update(at=OPEN - timedelta(minutes=3))

    with clock.stopped(OPEN):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.json()["is_well"]) == (503, False)


def test_machines_get_503_if_a_mail_is_unsent_after_ten_minutes(client, meeting):
    write_mail(at=OPEN - timedelta(minutes=10, seconds=1))

    assert client.get("/healthz").status_code == 503


def test_machines_get_503_if_the_database_is_down(client, meeting, monkeypatch):
    def down(at, seen):
        raise OperationalError("no connection")

    monkeypatch.setattr(attention, "facts", down)

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (503, {"is_well": False, "database": "down"})


def locked(execute, sql, params, many, context):
    """The database as it answers while another transaction holds a lock on each table."""
    raise OperationalError("database is locked")


def test_a_lock_is_not_down_and_machines_get_503_only_once_it_lasts(client, meeting, monkeypatch):
    moments = iter([0.0, 0.0, 119.0, 121.0])
    monkeypatch.setattr("secretariat.health.time", SimpleNamespace(monotonic=lambda: next(moments)))
    monkeypatch.setattr("secretariat.health._locked_since", [])

    with connection.execute_wrapper(locked):
        answers = [client.get("/healthz") for _ in range(3)]
    after = client.get("/healthz")

    assert [(answer.status_code, answer.json()["database"]) for answer in answers] == [
        (200, "waits for a lock"),
        (200, "waits for a lock"),
        (503, "waits for a lock"),
    ]
    assert (after.status_code, after.json()["database"]) == (200, "up")


@pytest.mark.parametrize("kind", [InternalError, OperationalError, ProgrammingError])
def test_machines_get_503_at_once_if_the_database_takes_nothing(client, meeting, kind):
    def refuse(execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            raise kind("cannot write")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.json()["is_well"]) == (503, False)
    assert answer.json()["database"] == "refuses to write"
