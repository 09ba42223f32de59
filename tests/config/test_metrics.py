"""The metrics as Prometheus gets them: counted by several processes, told by one on a port of its own."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import ExitStack

import pytest
from django.conf import settings
from prometheus_client.parser import text_string_to_metric_families

from tests import servers
from tests.config.serving import wait_until
from tests.config.test_alerts import firing

REQUESTS = 12


def migrate(environment):
    """Make the database of a site that has that `environment`."""
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=environment, cwd=settings.BASE_DIR, check=True)


@pytest.fixture
def start(tmp_path):
    """A function that starts a part of the site, whose metrics are on a port of their own, and ends it afterwards."""
    port, metrics = servers.free_port(), servers.free_port()
    own = servers.EMBEDDED | {"VAR_DIR": str(tmp_path), "PORT": str(port), "METRICS_PORT": str(metrics)}
    environment = os.environ | own | {"DJANGO_SETTINGS_MODULE": "tests.settings", "WEB_CONCURRENCY": "2"}
    migrate(environment)
    with ExitStack() as ended:

        def begin(*command):
            process = subprocess.Popen([sys.executable, *command], env=environment, cwd=settings.BASE_DIR)
            ended.callback(process.wait, 20)
            ended.callback(process.terminate)
            return process

        yield begin, port, metrics


def get(port, path):
    """The text of an answer; empty if there is none."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return ""
    except urllib.error.URLError:
        return ""


def test_what_several_processes_counted_is_told_together_until_the_exporter_ends(start, tmp_path):
    begin, port, metrics = start
    begin("-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi")
    exporter = begin("manage.py", "export_metrics")
    wait_until(lambda: servers.answers(port) and servers.answers(metrics), "both to listen", seconds=90)

    for number in range(REQUESTS):
        get(port, "/accessibility/" if number % 2 else f"/meetings/no-{number}/speakers/sign-in/link/a-secret/")
    told = get(metrics, "/metrics")
    exporter.terminate()
    exporter.wait(20)
    gone = get(metrics, "/metrics")

    counted = {
        (sample.labels["page"], sample.labels["status"]): sample.value
        for family in text_string_to_metric_families(told)
        for sample in family.samples
        if sample.name == "speakers_requests_total"
    }
    assert counted[("accessibility", "2xx")] == REQUESTS / 2
    assert sum(counted.values()) == REQUESTS
    assert "a-secret" not in told
    assert "speakers_database_up 1.0" in told
    assert len(list((tmp_path / "metrics").glob("counter_*.db"))) >= 2
    up = 'up{job="speakers",instance="here"}'
    assert firing({up: 1}, {up: 1 if gone else 0}, tmp_path) == {"SpeakersNotScraped"}


def test_without_its_port_there_are_no_metrics(tmp_path):
    environment = os.environ | servers.EMBEDDED | {"VAR_DIR": str(tmp_path), "METRICS_PORT": ""}
    command = [sys.executable, "manage.py", "export_metrics"]
    done = subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "Write METRICS_PORT=9101" in done.stderr
    assert not (tmp_path / "metrics").exists()


def test_a_worker_counts_its_tasks_where_the_exporter_looks(tmp_path):
    environment = os.environ | servers.EMBEDDED | {"VAR_DIR": str(tmp_path), "METRICS_PORT": "9101"}
    work = "import django; django.setup(); from outbox.tasks import pulse; pulse.apply()"
    told = "from prometheus_client import generate_latest; from config.monitoring.exporting import Counts\n"
    told += f"for each in Counts({str(tmp_path / 'metrics')!r}).collect():\n"
    told += "    print([sample for sample in each.samples if sample.name == 'speakers_tasks_total'])"
    migrate(environment)
    command = [sys.executable, "-c", f"{work}\n{told}"]
    done = subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)

    assert "{'state': 'SUCCESS', 'task': 'outbox.pulse'}, value=1.0" in done.stdout, done.stderr
