"""A release, from its archive to its pages: installed, prepared and run as `deploy/` says, with every restriction.

Its units and containers are imitated as far as `tests/deploy/confining.py` says; nginx and Caddy are themselves.
"""

import hashlib
import json
import re
import subprocess
import tarfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from deploy.messages import files
from tests.deploy import confining, installing, parts, proxies
from tests.deploy.asking import TOKEN, addresses_with_tokens, ask, wait_for_all
from tests.faults.processes import wait_until
from tests.servers import free_port, postgresql_programs

pytestmark = pytest.mark.servers

LARGEST, TOO_LARGE = 5 * 1024**2, 7 * 1024**2


@pytest.fixture(scope="module")
def members(archive):
    """What the archive holds: name without the folder at its top → bytes."""
    with tarfile.open(archive) as packed:
        return {
            each.name.partition("/")[2]: packed.extractfile(each).read()
            for each in packed.getmembers()
            if each.isfile()
        }


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def proxy(request, as_units, tmp_path_factory):
    """A proxy before the site of the units."""
    ports = {"pages": as_units.environment["PORT"], "streams": as_units.environment["LIVE_PORT"]}
    folder = tmp_path_factory.mktemp(request.param)
    with proxies.running(request.param, folder, proxies.certificate(folder), **ports) as running:
        wait_until(lambda: running.client().get("/").status_code == 200, "a page through the proxy", seconds=120)
        wait_until(lambda: running.client().get("/live/healthz").status_code == 200, "streams", seconds=120)
        yield running


def test_the_same_commit_gives_the_same_bytes_and_is_tagged(committed, archive):
    first = archive.read_bytes()

    again = installing.build(committed)

    assert again.read_bytes() == first
    sums = (archive.parent / "SHA256SUMS").read_text()
    assert f"{hashlib.sha256(first).hexdigest()}  {archive.name}\n" in sums
    assert installing.git(committed, "tag", "--points-at", "HEAD") == f"v{installing.VERSION}\n"


def test_it_holds_what_the_site_needs_and_no_tool_of_a_developer(members):
    tops = {name.partition("/")[0] for name in members}

    assert {"manage.py", "requirements.txt", "collected", "deploy", "docs", "LICENSE", "NOTICE"} <= tops
    assert tops & {"tests", ".github", "package.json", "requirements-dev.txt"} == set()
    assert {name for name in members if name.startswith("script/")} == {"script/backup", "script/restore"}
    assert [name for name in members if re.match("deploy/(releasing|messages)", name) or name.endswith(".pyc")] == []
    assert {f"locale/{each}/LC_MESSAGES/django.mo" for each in files.LANGUAGES} <= set(members)
    assert f"version: {installing.VERSION}\n".encode() in members["deploy/chart/Chart.yaml"]


def test_its_bill_of_materials_is_valid_and_names_a_licence_and_a_hash_of_each_part(members):
    text = members["sbom.cdx.json"].decode()
    components = json.loads(text)["components"]
    names = {component["name"] for component in components}
    pinned = set(re.findall(r"^([\w.-]+)==\S+ \\$", members["requirements.txt"].decode(), re.MULTILINE))

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert {"django", "bootstrap", "noto-sans-sc"} <= names
    assert len(pinned) > 50
    assert pinned - names == set()
    assert [each["name"] for each in components if not (each["licenses"] and each["hashes"])] == []


def test_it_holds_the_texts_of_all_licences(members):
    texts = members["LICENCES.txt"].decode()

    for component in json.loads(members["sbom.cdx.json"])["components"]:
        name = "/".join(filter(None, [component.get("group"), component["name"]]))
        following = texts.partition(f"\n{name} {component['version']}\n")[2].partition("\n─")[2].partition("\n────")[0]
        assert len(following) > 300, name


def test_every_unit_runs_under_its_own_restrictions(as_units):
    wait_for_all(as_units, as_units.environment["PORT"])

    assert ask(as_units.environment["LIVE_PORT"], "/live/healthz")[0] == 200
    assert list((as_units.folder / "state").glob("beat-schedule*"))
    assert as_units.environment["DATABASE_URL"].startswith("postgres://speakers_app:")


def test_prometheus_is_told_what_the_units_of_the_machine_counted_and_what_the_database_says(as_units):
    wait_until(lambda: ask(as_units.environment["PORT"], "/")[0] == 200, "the web server", seconds=120)

    def told():
        return ask(as_units.environment["METRICS_PORT"], "/metrics")[2]

    wait_until(lambda: "speakers_requests_total{" in told(), "the exporter", seconds=60)

    assert "speakers_database_up 1.0" in told()


def test_a_page_has_all_its_files_and_paper_its_fonts(as_units):
    port = as_units.environment["PORT"]
    wait_until(lambda: ask(port, "/")[0] == 200, "the web server", seconds=120)
    code = "from printing import fonts; print(all(path.exists() for path in fonts.files(fonts.installed()).values()))"

    page = ask(port, "/meetings/r2p-2016/")[2]
    files = {path: ask(port, path) for path in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))}
    found = as_units.run([".venv/bin/python", "-c", code], parts.as_systemd(parts.unit("live"), {}, as_units.folder)[1])

    assert len(files) > 5
    assert {path for path, answer in files.items() if answer[0] != 200} == set()
    assert any("woff2" in answer[2] for path, answer in files.items() if path.endswith(".css"))
    assert found == (0, "True\n")


def test_a_unit_without_a_state_directory_could_not_keep_the_schedule(prepared):
    unit = parts.unit("beat")
    del unit["Service"]["StateDirectory"]
    environment = {name: value for name, value in prepared.environment.items() if name != "METRICS_PORT"}
    command, confinement = parts.as_systemd(unit, environment, None)

    code, said = prepared.run(["timeout", "60", *command], confinement)

    assert code not in {0, 124}
    assert "beat-schedule" in said


def test_a_unit_writes_nothing_else_and_sees_no_homes(prepared, tmp_path):
    state = confining.made_for_all(prepared.folder / "other-state")
    _command, confinement = parts.as_systemd(parts.unit("web"), prepared.environment, state)
    tried = "/srv/speakers/x /etc/x /usr/x /var/x /x /var/lib/speakers/x /tmp/x"
    script = f"for f in {tried}; do (: >$f) 2>/dev/null && echo $f; done; ls {tmp_path} /home; node || msgfmt || id -u"

    _code, said = prepared.run(["sh", "-c", f"({script}) 2>/dev/null"], confinement)

    assert said == f"/var/lib/speakers/x\n/tmp/x\n{confining.USER}\n"


def test_every_container_runs_on_a_read_only_root_and_says_that_it_is_well(prepared):
    ports = {"PORT": str(free_port()), "LIVE_PORT": str(free_port())}
    held, running = {}, []
    for name in parts.UNITS:
        service = prepared.services[name]
        site = f"http://127.0.0.1:{ports['PORT']}"
        command, confinement = parts.as_container(service, prepared.secrets, PROBE_SITE=site, **ports)
        command = parts.with_port(command, "8001", ports["LIVE_PORT"]) if name == "live" else command
        held[name] = parts.health_check(service), confinement
        running.append(prepared.start(f"container-{name}", command, confinement))

    try:
        wait_until(lambda: ask(ports["PORT"], "/healthz")[0] == 200, "all containers", seconds=120)
        answers = {name: prepared.run(*check) for name, check in held.items()}
        running[0].end()
        without = prepared.run(*held["web"])
    finally:
        for each in running:
            each.end()

    assert answers == dict.fromkeys(parts.UNITS, (0, ""))
    assert (without[0], "web does not answer" in without[1]) == (1, True)


def test_what_the_site_must_know_after_a_restore_outlives_its_containers(prepared):
    worker, web = (parts.as_container(prepared.services[name], prepared.secrets)[1] for name in ("worker", "web"))
    commands = [["python", "manage.py", *words] for words in (["leave_mark"], ["maintenance", "on"])]

    done = [prepared.run(command, worker)[0] for command in commands]
    found = prepared.run(["sh", "-c", "cd $VAR_DIR && ls -d marks/* maintenance.* static/css"], web)
    prepared.run(["python", "manage.py", "maintenance", "off"], worker)

    assert (done, found[0]) == ([0, 0], 0)
    assert re.search(r"maintenance.html\nmaintenance.json\nmarks/\S+\nstatic/css\n$", found[1])


def test_pages_come_over_tls_and_plain_http_leads_there(proxy):
    page = proxy.client().get("/meetings/r2p-2016/")
    redirected = proxy.client(port=proxy.plain).get("/meetings/r2p-2016/?list=main")

    assert page.status_code == 200
    assert page.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert redirected.status_code in {301, 308}
    assert redirected.headers["Location"] == f"https://{proxies.HOST}/meetings/r2p-2016/?list=main"


def test_a_stream_comes_at_once_and_one_address_is_limited(proxy):
    most = proxies.STREAMS if proxy.name == "nginx" else 4  # behind Caddy, what the application was told
    lies = [{"X-Forwarded-For": f"203.0.113.{number}"} for number in range(most + 1)]
    with ExitStack() as streams:
        opened = [
            streams.enter_context(proxy.client().stream("GET", "/live/r2p-2016/", headers=headers)) for headers in lies
        ]
        elsewhere = streams.enter_context(proxy.client("127.0.0.2").stream("GET", "/live/r2p-2016/"))
        first, refusal = next(opened[0].iter_text()), opened[-1].read().decode()

        assert [answer.status_code for answer in [*opened, elsewhere]] == [*[200] * most, 429, 200]
        assert "data: " in first
        assert "Too many streams from your network" in refusal
        assert opened[-1].headers["Retry-After"] == "10"


def test_what_is_too_large_is_refused_in_words_and_the_largest_file_is_not(proxy):
    files = [{"file": ("text.pdf", b"x" * size)} for size in (TOO_LARGE, LARGEST)]

    client = proxy.client()
    client.headers["Origin"] = f"https://{proxies.HOST}"
    client.cookies["csrftoken"] = "x" * 32
    too_large, taken = (client.post("/secretariat/login/", files=each) for each in files)

    assert (too_large.status_code, "5 MB at most. Nothing was recorded." in too_large.text) == (413, True)
    assert taken.status_code == 403  # of the site itself, which looks for its own mark in what was sent


def test_the_log_holds_no_link_no_search_and_no_address(proxy):
    paths = list(addresses_with_tokens())

    for path in paths:
        proxy.client().get(path, headers={"Referer": f"https://{proxies.HOST}{path}", "Authorization": TOKEN})
    proxy.client().get(f"/?search={TOKEN}")
    wait_until(lambda: proxy.access.read_text().count("r2p-2016") >= len(paths), "the log", seconds=10)

    logged = proxy.logged()
    assert len(paths) > 8
    assert TOKEN[:5] not in logged
    assert "127.0.0.0" in proxy.access.read_text()
    assert "127.0.0.1" not in proxy.access.read_text().replace(f"127.0.0.1:{proxy.secure}", "")
    assert "/meetings/r2p-2016/speakers/sign-in/" in logged


def test_a_backup_of_the_containers_is_restored_into_an_empty_database(prepared, private_postgresql):
    confinements = {}
    for name in ["backup", "restore"]:
        command, confinement = parts.as_container(prepared.services[name], prepared.secrets)
        backups = confining.made_for_all(prepared.release / "deploy/backups")
        path = f"{postgresql_programs()}:{confinement.environment['PATH']}"
        held = replace(confinement, writable=(*confinement.writable, (str(backups), "/backups")))
        confinements[name] = command, held.with_environment(PATH=path)

    taken = prepared.run(*confinements["backup"])
    dump = Path(taken[1].strip()).name
    psql = [postgresql_programs() / "psql", private_postgresql, "--quiet"]
    subprocess.run([*psql, "--command", "CREATE DATABASE restored OWNER speakers"], check=True)
    command, confinement = confinements["restore"]
    owner = (prepared.secrets / "owner-database-url").read_text()
    address = confining.made_for_all(prepared.folder / "restored") / "owner-database-url"
    address.write_text(f"{owner.rpartition('/')[0]}/restored")
    shown = confinement.showing((address, "/run/secrets/owner-database-url"))
    code, said = prepared.run([*command[:-1], f"/backups/{dump}"], shown)

    assert taken[0] == 0, taken[1]
    assert code == 0, said
    assert "The site is on hold." in said
    assert "All is whole." in said
