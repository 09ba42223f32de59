"""Each alert: break what it watches, ask the exporter, and let Prometheus judge.  R-10"""

import json
import re
import subprocess
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import OperationalError, connection, connections, transaction
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

import clock
from acts.locking import locked
from config.monitoring import exporting
from floor.streaming import application
from outbox.delivery import heartbeats, sweeping
from outbox.models import Heartbeat, Message, State
from outbox.posting import post
from speakers.models import SpeakersList
from tests import factories, servers
from tests.factories import OPEN
from tests.floor.streaming.test_application import asked
from tests.outbox.conftest import use_port
from webhooks import subscribing
from webhooks.models import Webhook

pytestmark = pytest.mark.django_db
RULES = settings.BASE_DIR / "deploy/prometheus/alerts.yml"
DASHBOARD = settings.BASE_DIR / "deploy/grafana/speakers.json"
# Within the last day before the deadline.
AT = OPEN + timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def samples():
    """What Prometheus would be told by the exporter and by this process: each series with its value."""
    text = generate_latest(exporting.registry(afterwards=lambda: None)).decode() + generate_latest().decode()
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = ",".join(f"{name}={json.dumps(value)}" for name, value in sample.labels.items())
            found[f"{sample.name}{{{labels}}}"] = sample.value
    return {name: value for name, value in found.items() if name.startswith("speakers_") and "_created{" not in name}


def firing(before, after, folder):
    """The alerts that fire four minutes after what is told has turned from `before` into `after`."""
    series = [
        {"series": name, "values": f"{before.get(name, value)}x4 {value}x20"} for name, value in sorted(after.items())
    ]
    expected = {"expr": 'ALERTS{alertstate="firing"}', "eval_time": "6m", "exp_samples": []}
    test = {"interval": "30s", "input_series": series, "promql_expr_test": [expected]}
    path = folder / "test.json"
    path.write_text(json.dumps({"rule_files": [str(RULES)], "evaluation_interval": "30s", "tests": [test]}))
    judged = subprocess.run(["promtool", "test", "rules", str(path)], capture_output=True, text=True, check=False)
    said = judged.stdout + judged.stderr
    assert judged.returncode == 0 or "got:" in said, said
    return set(re.findall(r'alertname="(\w+)"', said))


@pytest.fixture
def alive(db):
    """A site that is well, at this moment."""
    with clock.stopped(AT):
        for part in Heartbeat.Part:
            heartbeats.stamp(part)
        yield


def a_silent(part):
    return lambda: Heartbeat.objects.filter(part=part).update(at=AT - 10 * MINUTE)


def a_mail(kind, minutes, state=State.QUEUED):
    def write():
        post(key=kind, kind=kind, to=["a@mission.example"], subject="S", body="B", at=AT - minutes * MINUTE)
        if state != State.QUEUED:
            Message.objects.update(state=state, next_attempt_at=None)

    return write


def a_mail_server_that_refuses():
    for number in range(3):
        post(key=f"mail {number}", kind="test", to=["a@mission.example"], subject="S", body="B")
    sweeping.drain()


def too_long_a_list():
    meeting = factories.make_meeting()
    for number in range(86):
        factories.make_inscription(meeting, factories.make_delegation(f"S{number:03d}"))


def an_entry_that_no_one_verified():
    factories.make_inscription(factories.make_meeting(), is_verified=False)


def a_webhook_that_no_one_takes():
    """Nothing was told of its meeting for eleven minutes."""
    meeting = factories.make_meeting("second")
    webhook = Webhook(meeting=meeting, name="Screens", url="https://receiver.example/", secret_half="0" * 32)
    subscribing.add(webhook, by=factories.STAFF, at=AT - 11 * MINUTE)
    factories.make_inscription(meeting, factories.make_delegation("RWA"), at=AT - 11 * MINUTE)


def inscriptions_that_the_database_refuses():
    meeting = factories.make_meeting()

    def refuse(execute, sql, params, many, context):
        if "INSERT" in sql and "speakers_inscription" in sql:
            raise OperationalError("disk full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse), pytest.raises(OperationalError):
        factories.make_inscription(meeting)


def streams_that_are_full():
    assert asked("/live/dialogue/")[0] == 503


BROKEN = {
    "SpeakersWorkerSilent": a_silent("worker"),
    "SpeakersSchedulerSilent": a_silent("beat"),
    "SpeakersCodesWait": a_mail("sign-in", 2),
    "SpeakersMailWaits": a_mail("test", 11),
    "SpeakersReceiptsUndelivered": a_mail("speakers.acknowledgement", 11, State.FAILED),
    "SpeakersMailFailed": a_mail("test", 11, State.FAILED),
    "SpeakersMailServerInTrouble": a_mail_server_that_refuses,
    "SpeakersWebhookWaits": a_webhook_that_no_one_takes,
    "SpeakersListTooLong": too_long_a_list,
    "SpeakersUnverifiedNearDeadline": an_entry_that_no_one_verified,
    "SpeakersInscriptionsFail": inscriptions_that_the_database_refuses,
    "SpeakersStreamsRefused": streams_that_are_full,
}
# Tried below, and beside the real exporter in tests/config/test_metrics.py.
TRIED_ALONE = {"SpeakersDatabaseDown", "SpeakersLockWaitsLong", "SpeakersRequestsFail", "SpeakersNotScraped"}


@pytest.mark.parametrize("alert", BROKEN)
def test_an_alert_fires_for_what_it_watches_and_not_before(alive, settings, monkeypatch, tmp_path, alert):
    use_port(settings, servers.free_port())
    settings.WEBHOOKS = True
    monkeypatch.setattr(application, "AT_MOST", 0)
    before = samples()

    BROKEN[alert]()

    assert firing(before, before, tmp_path) == set()
    assert alert in firing(before, samples(), tmp_path)


@pytest.mark.parametrize("kind", ["sign-in", "registration.link"])
def test_what_people_wait_for_at_the_screen_may_wait_for_a_minute_alone(alive, settings, tmp_path, kind):
    use_port(settings, servers.free_port())
    before = samples()

    a_mail(kind, 2)()

    assert "SpeakersCodesWait" in firing(before, samples(), tmp_path)


def test_a_database_that_is_away_is_told(alive, tmp_path):
    def away(execute, sql, params, many, context):
        raise OperationalError("away")

    before = samples()
    with connection.execute_wrapper(away):
        after = samples()

    assert firing(before, before | after, tmp_path) == {"SpeakersDatabaseDown"}


def test_answers_that_fail_are_told(alive, client, monkeypatch, tmp_path):
    def fail(*_arguments, **_named):
        raise ZeroDivisionError

    monkeypatch.setattr(clock, "read_with", fail)
    client.raise_request_exception = False
    page = "/meetings/dialogue/"
    assert client.get(page).status_code == 500
    monkeypatch.undo()
    before = samples()

    monkeypatch.setattr(clock, "read_with", fail)
    for _request in range(7):
        client.get(page)
    monkeypatch.undo()

    assert firing(before, samples(), tmp_path) == {"SpeakersRequestsFail"}


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_is_held_for_more_than_a_second_is_told(tmp_path):
    speakers_list, taken, done = factories.make_meeting().speakers_list, threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            SpeakersList.objects.select_for_update().get(pk=speakers_list.pk)
            taken.set()
            done.wait(1.3)
        connections.close_all()

    before = samples()
    holder = threading.Thread(target=hold)
    holder.start()
    assert taken.wait(20)
    with locked(speakers_list):
        pass
    holder.join()

    assert "SpeakersLockWaitsLong" in firing(before, before | samples(), tmp_path)


def test_every_alert_is_tried():
    assert set(re.findall(r"alert: (\w+)", RULES.read_text())) == {*BROKEN, *TRIED_ALONE}


def test_the_rules_and_the_dashboard_ask_for_what_there_is(alive, settings):
    settings.WEBHOOKS = True
    too_long_a_list()
    a_webhook_that_no_one_takes()
    told = {name.partition("{")[0] for name in samples()} | {"speakers_mail_oldest_seconds", "speakers_streams"}

    asked_for = set(re.findall(r"\bspeakers_[a-z_]+", RULES.read_text() + DASHBOARD.read_text()))

    assert asked_for - told == set()
