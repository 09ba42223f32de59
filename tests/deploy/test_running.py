"""A release runs as it is shipped: its units and its containers, each command with the restrictions it is held to.

What is imitated, and what is not, is said in `tests/deploy/confining.py`.
"""

import http.client
import json
import re
import subprocess
from contextlib import closing

import pytest
from django.conf import settings

from tests.deploy import confining, parts
from tests.deploy.conftest import HOST
from tests.faults.processes import wait_until
from tests.servers import free_port

OVER_HTTPS = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}


def ask(port, path, headers=OVER_HTTPS):
    """The status, the headers and the text of the answer of the part at `port`; 0 if there is none."""
    with closing(http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)) as connection:
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode(errors="replace")
        except OSError:
            return 0, {}, ""


def words_of(site):
    return "\n".join(f"── {name}\n{each.said()}" for name, each in site.running.items())


def wait_for_all(site, port):
    """Wait until /healthz is well, which it is when worker and scheduler were seen."""

    def is_well():
        dead = [name for name, each in site.running.items() if each.process.poll() is not None]
        assert not dead, f"{dead} ended:\n{words_of(site)}"
        return ask(port, "/healthz")[0] == 200

    wait_until(is_well, "web server, worker and scheduler to be seen", seconds=120)


def test_every_unit_runs_under_its_own_restrictions(as_units):
    wait_for_all(as_units, as_units.environment["PORT"])

    assert ask(as_units.environment["LIVE_PORT"], "/live/healthz")[0] == 200
    assert list((as_units.folder / "state").glob("beat-schedule*"))


def test_a_page_of_a_release_has_all_its_files(as_units):
    port = as_units.environment["PORT"]
    wait_until(lambda: ask(port, "/")[0] == 200, "the web server")

    page = ask(port, "/meetings/r2p-2016/")[2]
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    sheets = [ask(port, path)[2] for path in files if path.endswith(".css")]

    assert len(files) > 5
    assert {path: ask(port, path)[0] for path in files if ask(port, path)[0] != 200} == {}
    assert any("woff2" in sheet for sheet in sheets)


def test_the_fonts_of_paper_are_in_the_release(prepared):
    code = "from printing import fonts; print([str(p) for p in fonts.files(fonts.installed()).values() if not p.exists()])"

    assert prepared.run([".venv/bin/python", "-c", code], parts.as_systemd(parts.unit("web"), {}, prepared.folder)[1]) == (
        0,
        "[]\n",
    )


def test_a_unit_without_a_state_directory_could_not_keep_the_schedule(prepared):
    unit = parts.unit("beat")
    del unit["Service"]["StateDirectory"]
    command, confinement = parts.as_systemd(unit, prepared.environment, None)

    code, said = prepared.run(["timeout", "30", *command], confinement)

    assert code not in {0, 124}
    assert "beat-schedule" in said


def test_a_unit_writes_nothing_else_and_sees_no_homes(prepared):
    state = confining.made_for_all(prepared.folder / "other-state")
    _command, confinement = parts.as_systemd(parts.unit("web"), prepared.environment, state)
    tried = "for f in /srv/speakers/x /etc/x /usr/x /var/x /x /var/lib/speakers/x /tmp/x; do (: >$f) 2>/dev/null && echo $f; done"

    said = prepared.run(["sh", "-c", f"{tried}; ls /root /home 2>/dev/null; command -v node npm msgfmt; true"], confinement)

    assert said == (0, "/var/lib/speakers/x\n/tmp/x\n")


def test_systemd_finds_nothing_wrong_with_the_units(prepared):
    units = sorted(f"/srv/speakers/deploy/systemd/{path.name}" for path in (parts.DEPLOY / "systemd").iterdir())
    _command, confinement = parts.as_systemd(parts.unit("web"), {}, prepared.folder)

    assert len(units) == len(parts.UNITS) + 1
    assert prepared.run(["systemd-analyze", "verify", "--man=no", *units], confinement) == (0, "")


@pytest.mark.parametrize("name", parts.UNITS)
def test_a_unit_is_little_exposed(name):
    unit = str(parts.DEPLOY / f"systemd/speakers-{name}.service")

    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=35", "--no-pager", unit],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_container_runs_on_a_read_only_root_and_says_that_it_is_well(prepared):
    ports = {"PORT": str(free_port()), "LIVE_PORT": str(free_port())}
    site = f"http://127.0.0.1:{ports['PORT']}"
    held = {}
    for name in parts.UNITS:
        service = prepared.services[name]
        command, confinement = parts.as_container(service, prepared.secrets, PROBE_SITE=site, **ports)
        command = parts.with_port(command, "8001", ports["LIVE_PORT"]) if name == "live" else command
        held[name] = service, confinement
        prepared.start(f"container-{name}", command, confinement)
    mine = [each for name, each in prepared.running.items() if name.startswith("container-")]

    try:
        wait_until(lambda: ask(ports["PORT"], "/healthz")[0] == 200, "all containers", seconds=120)
        answers = {name: prepared.run(parts.health_check(service), how) for name, (service, how) in held.items()}
        mine[0].end()
        without = prepared.run(parts.health_check(prepared.services["web"]), held["web"][1])
    finally:
        for each in mine:
            each.end()

    assert answers == dict.fromkeys(parts.UNITS, (0, ""))
    assert without[0] == 1
    assert "web does not answer" in without[1]


def test_the_probe_sees_a_worker_that_was_not_seen(prepared, tmp_path):
    program = settings.BASE_DIR / "deploy/probe.py"
    code = (
        f"import runpy; probe = runpy.run_path({str(program)!r}); found = []\n"
        "for answer in ({'worker_seen_seconds_ago': 20}, {'worker_seen_seconds_ago': 900}, "
        "{'worker_seen_seconds_ago': None}, {'database': 'down'}):\n"
        "    probe['is_well'].__globals__['ask'] = lambda *_: (200, __import__('json').dumps(answer))\n"
        "    found.append(probe['is_well']('worker'))\n"
        "print(__import__('json').dumps(found))"
    )
    said = subprocess.check_output(["python3", "-c", code], text=True)

    assert json.loads(said) == [True, False, False, True]
