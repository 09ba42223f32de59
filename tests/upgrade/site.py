"""A site on a database of its own, in processes of its own, as the test of the upgrade needs it."""

import gzip
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests import servers

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parent / "data"
OF_NEWER_PROGRAMS = ("\\restrict", "\\unrestrict", "SET transaction_timeout")


class Failed(Exception):
    """The process ended with an error; the text is what it said."""


def on_postgresql(address, folder):
    """The environment of a site on the database at `address`, with its state in `folder` and no broker."""
    own = {"DJANGO_SETTINGS_MODULE": "tests.settings", "VAR_DIR": str(folder), "LOG_LEVEL": "CRITICAL"}
    return servers.environment(address, "redis://127.0.0.1:9/0") | own


def on_sqlite(folder):
    """The environment of a site in the embedded mode with its state in `folder`."""
    return on_postgresql("", folder) | servers.EMBEDDED


def run(site, *arguments):
    """Run Python with `arguments` in the environment `site` and return what it printed. Raises `Failed`."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=site, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise Failed(done.stdout + done.stderr)
    return done.stdout


def facts_and_pages(site):
    """Return what `facts.py` and `pages.py` read from the `site`."""
    return json.loads(run(site, "-m", "tests.upgrade.facts"))


def load_into_postgresql(name, address):
    """Load the database of the release `name` into the empty one at `address`."""
    psql(address, _dump(name, "postgresql"))


def psql(address, script):
    """Carry out the `script`, as bytes, in the database at `address`."""
    command = [servers.postgresql_programs() / "psql", address, "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1"]
    subprocess.run(command, input=script, check=True, capture_output=True)


def pg_dump(address, *options):
    """The database at `address` as text, without what psql of older versions does not know."""
    command = [servers.postgresql_programs() / "pg_dump", "--no-owner", "--no-privileges", *options, address]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(OF_NEWER_PROGRAMS))


def load_into_sqlite(name, folder):
    """Make the database of the release `name` the one of a site in the embedded mode with its state in `folder`."""
    with closing(sqlite3.connect(Path(folder) / "database.sqlite3")) as database:
        database.executescript(_dump(name, "sqlite").decode())


def kept(name):
    """Return the facts or pages kept under `name`."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def keep(name, value):
    """Keep facts or pages as `name`."""
    text = json.dumps(value, indent=1, ensure_ascii=False)
    (DATA / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


def _dump(name, vendor):
    return gzip.decompress((DATA / f"{name}-{vendor}.sql.gz").read_bytes())
