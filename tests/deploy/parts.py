"""The parts of the site as `deploy/` defines them: its units, its compose file and its image, as they are to be run."""

import configparser
import re
import shlex
import subprocess
from dataclasses import replace
from pathlib import Path

import yaml
from django.conf import settings

from tests.deploy.confining import Confinement, made_for_all

DEPLOY = settings.BASE_DIR / "deploy"
UNITS = ["web", "live", "worker", "beat"]
# What runs only where the settings ask for it.
BY_CHOICE = ["metrics"]
SYSTEMD_PATH = "/usr/local/bin:/usr/bin:/bin"


class OfUnits(configparser.RawConfigParser):
    """A unit of systemd; a name that comes twice keeps all its values, one to a line."""

    def __init__(self):
        super().__init__(strict=False, interpolation=None, delimiters=["="], comment_prefixes=["#"])
        self.optionxform = str

    @classmethod
    def read_unit(cls, path, instance=""):
        unit, lines = cls(), []
        for line in path.read_text().replace("%i", instance).splitlines():
            name, is_setting, value = line.partition("=")
            is_one_of_many = is_setting and name == "Environment"
            lines.append(f"Environment {value.partition('=')[0]}={value}" if is_one_of_many else line)
        unit.read_string("\n".join(lines))
        return unit

    def environment(self):
        return dict(value.split("=", 1) for name, value in self["Service"].items() if name.startswith("Environment "))


def path_of_unit(name, folder=DEPLOY):
    """The file of the unit of the part `name`: that of the web server is a template, of which a port is an instance."""
    return folder / f"systemd/speakers-{name}{'@' if name == 'web' else ''}.service"


def unit(name, folder=DEPLOY, *, port="8000"):
    """The unit of the part `name`; of the web server that on `port`."""
    return OfUnits.read_unit(path_of_unit(name, folder), port)


def as_systemd(one, environment, state):
    """How systemd runs the unit `one` with its `environment` file, and `state` as its state directory.

    Returns (command, confinement). Raises `KeyError` if the unit is not held to what is imitated here.
    """
    service = one["Service"]
    assert (service["ProtectSystem"], service["ProtectHome"], service["PrivateTmp"]) == ("strict", "true", "true")
    assert service["CapabilityBoundingSet"] == ""
    known = {"PATH": SYSTEMD_PATH, "HOME": "/nonexistent"} | one.environment() | environment
    command = re.sub(r"\$\{(\w+)\}", lambda found: known[found[1]], service["ExecStart"])
    confinement = Confinement(
        writable=((str(state), f"/var/lib/{service['StateDirectory']}"),) if "StateDirectory" in service else (),
        temporary=("/tmp", "/var/tmp"),
        umask=service["UMask"],
        workdir=service["WorkingDirectory"],
        no_new_privileges=service.getboolean("NoNewPrivileges"),
        environment=known,
    )
    return shlex.split(command), confinement


def compose(folder):
    """The services of `compose.yaml` in `folder`, prepared, as docker-compose itself reads the file: name → service."""
    said = subprocess.run(
        ["docker-compose", "--file", "compose.yaml", "config"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
    return yaml.safe_load(said.stdout)["services"]


def image():
    """What the Containerfile says of its last stage: its environment, command and health check."""
    text = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ")
    environment = dict(pair.split("=", 1) for pair in re.search(r"^ENV (.+)$", text, re.M)[1].split())
    command, check = (yaml.safe_load(found) for found in re.findall(r"CMD (\[.+\])$", text, re.M)[::-1])
    return {"environment": environment, "command": command, "healthcheck": {"test": ["CMD", *check]}}


def as_container(service, secrets, **environment):
    """How a container of `service` runs: (command, confinement). Its secrets are the files in the folder `secrets`.

    Its volumes are folders beside that one, which outlive it.
    """
    own = image()
    known = own["environment"] | service.get("environment", {}) | environment
    known["PATH"] = known["PATH"].replace("$PATH", SYSTEMD_PATH)
    shown = tuple((f"{secrets}/{each['source']}", f"/run/secrets/{each['source']}") for each in service["secrets"])
    assert service["read_only"] is True
    assert service["user"] != "0:0"
    confinement = Confinement(
        shown=shown,
        writable=tuple(
            (str(made_for_all(Path(secrets).parent / "volumes" / name)), target)
            for name, target, _mode in volumes(service)
        ),
        temporary=tuple(service.get("tmpfs", ())),
        environment=known,
    )
    command = [word.replace("$$", "$") for word in service.get("entrypoint") or []] + (service.get("command") or [])
    return command or own["command"], confinement


def volumes(service):
    """The volumes of `service` that have a name: (name, where it is, `ro` or `rw`)."""
    found = [(*each.split(":"), "rw")[:3] for each in service.get("volumes", ())]
    return [each for each in found if "/" not in each[0]]


def health_check(service):
    """The command by which a container of `service` is asked whether it is well."""
    kind, *command = service.get("healthcheck", image()["healthcheck"])["test"]
    assert kind == "CMD"
    return command


def with_port(command, before, port):
    """The `command` with `port` in the place of `before`."""
    assert before in command
    return [str(port) if word == before else word for word in command]


def at_root(confinement: Confinement, release: Path, packages) -> Confinement:
    """The `confinement` with the installed `release` and its packages in it."""
    return replace(confinement, shown=((str(release), "/srv/speakers"), *packages, *confinement.shown))
