"""One release, installed once, and prepared by the shipped steps on a PostgreSQL and a Redis of its own."""

import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.deploy import confining, installing, parts
from tests.deploy.proxies import HOST
from tests.servers import free_port, postgresql_programs

SETTINGS_OF_SECRETS = {
    "DATABASE_URL": "database-url",
    "REDIS_URL": "redis-url",
    "EMAIL_URL": "email-url",
    "SECRET_KEY": "secret-key",
}


@dataclass
class Installed:
    """An installed release on its servers: where it is, its services and secrets, and what of it runs."""

    release: Path
    folder: Path
    secrets: Path = None
    services: dict = field(default_factory=dict)
    environment: dict = field(default_factory=dict)
    running: dict = field(default_factory=dict)

    def root(self):
        """An empty folder, at which the root of one command is made."""
        return Path(tempfile.mkdtemp(prefix="root-", dir=self.folder))

    def inside(self, confinement):
        return parts.at_root(confinement, self.release, confining.packages())

    def run(self, command, confinement):
        """Run `command` to its end, so confined. Returns (code, what it said)."""
        return self.inside(confinement).run(command, self.root())

    def start(self, name, command, confinement):
        whole = self.inside(confinement)
        log = self.folder / f"{name}.log"
        self.running[name] = confining.Running(whole.command(command, self.root()), whole.environment, log)
        return self.running[name]

    def end(self):
        for each in self.running.values():
            each.end()
        self.running.clear()


@pytest.fixture(scope="session")
def committed(tmp_path_factory):
    return installing.committed_copy(tmp_path_factory.mktemp("tree"))


@pytest.fixture(scope="session")
def archive(committed):
    """A release, built once."""
    return installing.build(committed)


@pytest.fixture(scope="session")
def installed(archive, tmp_path_factory):
    """The release, unpacked and installed."""
    folder = tmp_path_factory.mktemp("installed")
    folder.chmod(0o755)
    return Installed(installing.install(archive, folder), folder)


@pytest.fixture(scope="session")
def prepared(installed, private_postgresql, private_redis):
    """The release after `deploy/prepare` and the steps of compose.yaml that run once, with a meeting."""
    subprocess.run([installed.release / "deploy/prepare", HOST, "catch", f"mailto:security@{HOST}"], check=True)
    installed.secrets = installed.release / "deploy/secrets"
    installed.services = parts.compose(installed.release / "deploy")
    _point_at(installed.secrets, private_postgresql, private_redis)
    for name in ["migrate", "roles", "setup"]:
        command, confinement = parts.as_container(installed.services[name], installed.secrets)
        code, said = installed.run(*_with_its_files(name, command, confinement, installed.release))
        assert code == 0, f"{name}: {said}"
    meeting = ["python", "manage.py", "load_meeting", "dialogue/meetings/r2p-2016.toml"]
    code, said = installed.run(meeting, parts.as_container(installed.services["setup"], installed.secrets)[1])
    assert code == 0, said
    installed.environment = {
        "SITE_URL": f"https://{HOST}",
        "ALLOWED_HOSTS": HOST,
        **{name: (installed.secrets / file).read_text() for name, file in SETTINGS_OF_SECRETS.items()},
        **{name: str(free_port()) for name in ("PORT", "LIVE_PORT", "METRICS_PORT")},
        "LIVE_STREAMS_PER_NETWORK": "4",
    }
    return installed


def _point_at(secrets, database, broker):
    """Write the addresses of the test's servers into the secrets, in the place of the names that compose gives them."""
    with_owner = urlsplit(database).netloc.rpartition("@")[2]
    owner = "CREATE ROLE speakers SUPERUSER LOGIN"
    subprocess.run([postgresql_programs() / "psql", database, "-qc", owner], check=True)
    for name in ["owner-database-url", "database-url"]:
        text = (secrets / name).read_text()
        assert "@db:5432/" in text
        (secrets / name).write_text(text.replace("@db:5432/", f"@{with_owner}/"))
    text = (secrets / "redis-url").read_text()
    assert "@redis:6379/" in text
    (secrets / "redis-url").write_text(broker)
    (secrets / "email-url").write_text("smtp://127.0.0.1:9")


def _with_its_files(name, command, confinement, release):
    """Show `roles` the two folders that compose.yaml mounts, and the psql that its image has."""
    if name != "roles":
        return command, confinement
    shown = [(release / "deploy/compose", "/compose"), (release / "config", "/config")]
    path = f"{postgresql_programs()}:{parts.SYSTEMD_PATH}"
    return command, confinement.showing(*shown).with_environment(PATH=path)


@pytest.fixture(scope="session")
def as_units(prepared):
    """The site with every part run as its unit says, until the end of the tests."""
    state = confining.made_for_all(prepared.folder / "state")
    port = prepared.environment["PORT"]
    file = {name: value for name, value in prepared.environment.items() if name != "PORT"}
    for name in [*parts.UNITS, *parts.BY_CHOICE]:
        prepared.start(name, *parts.as_systemd(parts.unit(name, port=port), file, state))
    yield prepared
    prepared.end()
    shutil.rmtree(state)
