"""Makes the data of the test of the upgrade: `python -m tests.upgrade.making NAME`.

It writes into tests/upgrade/data what the checked-out version makes of the scene: two databases, and the facts and
pages that it reads from them. Those named 0.8 were made at 2ef3bea, the last version with many migrations, and cannot
be made again. It needs PostgreSQL, and starts a server of its own.
"""

import gzip
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from tests import servers
from tests.upgrade import site

ENACT = "import django; django.setup(); from tests.upgrade import scene; scene.enact()"


def main(name):
    """Make both databases of the release `name`, and keep them with what is read from them."""
    with servers.postgresql() as address, tempfile.TemporaryDirectory(prefix="upgrade-") as folder:
        pages = make(name, "postgresql", site.on_postgresql(address, folder), lambda: site.pg_dump(address))
    with tempfile.TemporaryDirectory(prefix="upgrade-") as folder:
        same = make(name, "sqlite", site.on_sqlite(folder), lambda: dump_of_file(folder))
    if pages != same:
        raise ValueError("The pages of the two databases differ.")
    site.keep(f"{name}-pages", pages)


def make(name, vendor, environment, dump):
    """Enact the scene in one database and keep it with its facts; returns its pages."""
    site.run(environment, "manage.py", "migrate", "--verbosity", "0")
    site.run(environment, "-c", ENACT)
    text = dump()
    found = site.facts_and_pages(environment)
    (site.DATA / f"{name}-{vendor}.sql.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    site.keep(f"{name}-{vendor}-facts", found["facts"])
    return found["pages"]


def dump_of_file(folder):
    """The database of the embedded mode with its state in `folder` as text."""
    with closing(sqlite3.connect(Path(folder) / "database.sqlite3")) as database:
        return "\n".join([*database.iterdump(), ""])


if __name__ == "__main__":
    main(sys.argv[1])
