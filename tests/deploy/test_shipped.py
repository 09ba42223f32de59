"""The files under `deploy/` that only other programs can start: read by those that are to be had.

hadolint, docker-compose, Helm and the schemas of Kubernetes; systemd reads its units. Nothing is downloaded.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import helm_python
import kubernetes_validate
import pytest
import yaml
from django.conf import settings

from deploy import probe
from tests.deploy import parts

pytestmark = pytest.mark.servers

KUBERNETES = "1.30"
OURS = ["web", "live", "worker", "beat", "migrate", "setup"]


@pytest.fixture
def folder(tmp_path):
    """A copy of `deploy/` that may be prepared."""
    left_out = shutil.ignore_patterns("secrets", ".env", "settings.env", "__pycache__")
    return shutil.copytree(parts.DEPLOY, tmp_path / "deploy", ignore=left_out, symlinks=True)


def prepare(folder, *arguments):
    """Run `deploy/prepare`. Returns (code, what it said)."""
    done = subprocess.run([folder / "prepare", *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def services(folder):
    prepare(folder, "speakers.example.org", "catch", "mailto:security@example.org")
    return parts.compose(folder)


@pytest.fixture(scope="module")
def rendered():
    return render({})


def render(values):
    """What Helm makes of the chart with these `values`: (kind, name) → resource."""
    with helm_python.Chart.load(str(parts.DEPLOY / "chart")) as chart:
        texts = chart.render(values, name="speakers", namespace="default").values()
    resources = [each for text in texts for each in yaml.safe_load_all(text) if each]
    return {(each["kind"], each["metadata"]["name"]): each for each in resources}


def test_the_image_is_as_hadolint_wants_it():
    hadolint = Path(sys.executable).parent / "hadolint"
    command = [hadolint, "--no-color", parts.DEPLOY / "Containerfile"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_image_ends_without_tools_and_without_root():
    last = (parts.DEPLOY / "Containerfile").read_text().rpartition("\nFROM ")[2]

    assert "pip uninstall --yes pip" in last
    assert not re.search(r"\b(gcc|build-essential|npm|nodejs|gettext|git)\b", last)
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert {"deploy/secrets", "deploy/.env", ".env", ".venv"} <= set(
        (settings.BASE_DIR / ".dockerignore").read_text().split()
    )


def test_docker_compose_reads_the_file_and_every_service_is_confined(services):
    assert set(services) >= {*OURS, "proxy", "roles", "db", "redis"}
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
    ports = {str(port) for service in services.values() for port in service.get("ports", [])}
    assert not [port for port in ports if re.search("5432|6379|8000|8001", port)]


def test_compose_holds_no_secret_and_no_part_starts_before_what_it_needs(services):
    for name in OURS:
        assert not [value for value in services[name]["environment"].values() if "://" in value and "@" in value]
    for name in parts.UNITS:
        assert services[name]["depends_on"]["setup"]["condition"].startswith("service_completed")


def test_without_prepare_compose_says_what_to_run(folder):
    (folder / "settings.env").touch()
    command = ["docker-compose", "--file", "compose.yaml", "config"]

    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    assert done.returncode != 0
    assert "Run deploy/prepare first" in done.stderr


def test_prepare_makes_secrets_once_that_only_their_owner_reads(folder):
    prepare(folder, "speakers.example.org", "smtp+tls://u:p@mail.example.org:587", "mailto:s@example.org")
    first = {path.name: path.read_text() for path in (folder / "secrets").iterdir()}

    prepare(folder, "other.example.org", "catch", "mailto:s@example.org")

    assert {path.name: path.read_text() for path in (folder / "secrets").iterdir()} == first
    assert {path.stat().st_mode & 0o777 for path in (folder / "secrets").iterdir()} == {0o600}
    passwords = [first[f"{name}-password"] for name in ("owner", "application", "redis")]
    assert len(set(passwords)) == 3
    assert min(len(each) for each in [*passwords, first["secret-key"]]) >= 48
    assert first["email-url"] == "smtp+tls://u:p@mail.example.org:587"
    assert "COMPOSE_PROFILES=\n" in (folder / ".env").read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["speakers.example.org"], "EMAIL_URL"),
        (["https://speakers.example.org", "catch", "mailto:s@example.org"], "HOST is a name alone"),
        (["speakers.example.org", "mail.example.org", "mailto:s@example.org"], "EMAIL_URL begins with"),
    ],
)
def test_prepare_decides_nothing_about_mail_by_itself(folder, arguments, words):
    code, said = prepare(folder, *arguments)

    assert (code, words in said) == (2, True)
    assert not (folder / "secrets").exists()


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path):
    own = next(path for path in map(Path, ["/usr/lib/systemd/system", "/lib/systemd/system"]) if path.is_dir())
    shutil.copytree(own, tmp_path / "lib/systemd/system", symlinks=True)
    shutil.copytree(parts.DEPLOY / "systemd", tmp_path / "etc/systemd/system")
    programs = tmp_path / "srv/speakers/.venv/bin"
    programs.mkdir(parents=True)
    for name in ["gunicorn", "uvicorn", "celery", "python"]:
        shutil.copy("/bin/true", programs / name)
    files = [path.name for path in (parts.DEPLOY / "systemd").iterdir()]
    units = [name.replace("@", f"@{port}") for name in files for port in (("8000", "8010") if "@" in name else [""])]

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", f"--root={tmp_path}", *units],
        capture_output=True,
        text=True,
        check=False,
    )

    assert len(files) == len(parts.UNITS) + len(parts.BY_CHOICE) + 1
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", [*parts.UNITS, *parts.BY_CHOICE])
def test_systemd_finds_a_unit_little_exposed(name):
    unit = str(parts.path_of_unit(name))
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=35", "--no-pager", unit]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_nginx_knows_both_ports_between_which_an_upgrade_moves_the_web_server():
    page = (settings.BASE_DIR / "docs/operations/upgrading.md").read_text()
    known = re.findall(r"server 127\.0\.0\.1:(\d+) ", (parts.DEPLOY / "nginx/speakers.conf").read_text())

    assert [parts.unit("web", port=port).environment()["PORT"] for port in known] == ["8000", "8010"]
    assert set(re.findall(r"speakers-web@(\d+)", page)) == set(known)


def test_helm_finds_nothing_wrong_with_the_chart_and_kubernetes_knows_every_field(rendered):
    found = helm_python.lint(str(parts.DEPLOY / "chart"))

    assert found["errors"] == []
    assert [each["error"] for each in found["messages"]] == ["icon is recommended"]
    for resource in rendered.values():
        kubernetes_validate.validate(resource, KUBERNETES, strict=True)


def test_every_pod_is_confined_and_probed_and_none_but_beat_is_alone(rendered):
    for name in parts.UNITS:
        deployment = rendered["Deployment", f"speakers-{name}"]["spec"]
        pod = deployment["template"]["spec"]
        container = pod["containers"][0]
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["automountServiceAccountToken"] is False
        assert container["livenessProbe"]
        asked = [container.get(f"{when}Probe", {}).get("httpGet") for when in ("startup", "readiness", "liveness")]
        answers = [{"path": path, "port": "http"} for path in ("/readyz", "/livez", "/livez")]
        assert asked == (answers if name in {"web", "live"} else [None] * 3)
        assert (deployment["replicas"] == 1) == (name == "beat")
        assert (("PodDisruptionBudget", f"speakers-{name}") in rendered) == (name != "beat")


def test_a_claim_keeps_the_state_of_every_pod_and_metrics_are_a_pod_by_choice(rendered):
    whole = render({"stateClaim": "speakers-state", "metrics": True})
    pods = [each["spec"]["template"]["spec"] for (kind, _name), each in whole.items() if kind == "Deployment"]
    exporter = whole["Deployment", "speakers-metrics"]["spec"]["template"]["spec"]["containers"][0]

    for resource in whole.values():
        kubernetes_validate.validate(resource, KUBERNETES, strict=True)
    for pod in pods:
        held = pod["containers"][0]
        assert {"name": "state", "persistentVolumeClaim": {"claimName": "speakers-state"}} in pod["volumes"]
        assert {"name": "state", "mountPath": "/var/lib/speakers"} in held["volumeMounts"]
        assert {"name": "VAR_DIR", "value": "/var/lib/speakers"} in held["env"]
    assert {"name": "METRICS_PORT", "value": "9101"} in exporter["env"]
    assert ("Deployment", "speakers-metrics") not in rendered
    assert "VAR_DIR" not in str(rendered)


def test_compose_keeps_the_state_in_a_volume_that_the_proxy_reads_and_tells_prometheus_by_choice(services):
    for name in OURS:
        assert parts.volumes(services[name]) == [("state", "/var/lib/speakers", "rw")]
        assert services[name]["environment"]["VAR_DIR"] == "/var/lib/speakers"
    assert ("state", "/var/lib/speakers", "ro") in parts.volumes(services["proxy"])
    exporter = services["metrics"]
    assert exporter["profiles"] == ["metrics"]
    assert exporter["command"] == ["python", "manage.py", "export_metrics"]
    assert [str(each).startswith("127.0.0.1:") for each in exporter["ports"]] == [True]
    assert [name for name in OURS if "METRICS_PORT" in services[name]["environment"]] == []


@pytest.mark.parametrize(
    ("part", "facts", "is_well"),
    [
        ("worker", {"worker_seen_seconds_ago": 20}, True),
        ("worker", {"worker_seen_seconds_ago": 900}, False),
        ("worker", {"worker_seen_seconds_ago": None}, False),
        ("worker", {"database": "down"}, True),
        ("beat", {"beat_seen_seconds_ago": 900, "worker_seen_seconds_ago": 1}, False),
    ],
)
def test_a_part_is_asked_for_its_own_health_alone(monkeypatch, part, facts, is_well):
    monkeypatch.setattr(probe, "ask", lambda _address, _path: (503, json.dumps(facts).encode()))

    assert probe.is_well(part) is is_well


@pytest.mark.parametrize("part", ["web", "live"])
@pytest.mark.parametrize(("status", "is_well"), [(200, True), (503, False)])
def test_a_server_is_asked_whether_its_process_answers(monkeypatch, part, status, is_well):
    asked = []
    monkeypatch.setattr(probe, "ask", lambda address, path: asked.append((address, path)) or (status, b""))

    assert probe.is_well(part) is is_well
    assert asked == [(probe.SERVERS[part], "/livez")]


def test_chart_and_compose_run_the_same_commands(rendered, services):
    image = parts.image()

    for name in parts.UNITS:
        container = rendered["Deployment", f"speakers-{name}"]["spec"]["template"]["spec"]["containers"][0]
        assert container["command"] == services[name].get("command", image["command"])


def test_the_job_of_the_chart_gives_the_role_its_rights_as_the_owner(rendered):
    job = rendered["Job", "speakers-setup"]["spec"]["template"]["spec"]
    steps = {each["name"]: each for each in [*job["initContainers"], *job["containers"]]}
    sql = rendered["ConfigMap", "speakers-role"]["data"]["application-role.sql"]

    assert list(steps) == ["migrate", "role", "setup"]
    assert {"name": "DATABASE_URL_FILE", "value": "/run/secrets/speakers/owner-database-url"} in steps["migrate"]["env"]
    assert "owner-database-url" in str(steps["role"]["command"])
    assert sql == (settings.BASE_DIR / "config/application-role.sql").read_text()


def test_all_files_that_the_page_about_installing_names_are_there():
    text = (settings.BASE_DIR / "docs/operations/installing.md").read_text()
    named = set(re.findall(r"(?<![\w/.])((?:deploy|config|script)/[\w./-]*[\w/])", text)) - {
        "deploy/secrets",
        "deploy/.env",
    }

    assert len(named) > 8
    made = {"deploy/settings.env", "deploy/secrets/email-url"}
    assert [path for path in named - made if not (settings.BASE_DIR / path).exists()] == []
