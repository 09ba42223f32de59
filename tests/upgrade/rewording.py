"""Writes the pages of the test of the upgrade again after a change of words: `python -m tests.upgrade.rewording`.

The database of the version before is upgraded and its pages are read. The facts stay: no change of words touches them.
"""

import tempfile

from tests.upgrade import site

NAME = "0.8"

if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="upgrade-") as folder:
        environment = site.on_sqlite(folder)
        site.load_into_sqlite(NAME, folder)
        site.run(environment, "manage.py", "prepare")
        site.keep(f"{NAME}-pages", site.facts_and_pages(environment)["pages"])
