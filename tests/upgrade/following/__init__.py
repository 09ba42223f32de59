"""A release after this one: this code, with one more migration of `speakers`.

`expanding` is a migration as it has to be, beside which the code of the last release goes on; `breaking` is one as it
must not be, for the negative controls. `FOLLOWING` in the environment chooses one of them.
"""

from pathlib import Path

from speakers import migrations

FOLDERS = list(migrations.__path__)


def last_migration():
    """The name of the last migration of `speakers` in this version."""
    (folder,) = FOLDERS
    return max(path.stem for path in Path(folder).glob("[0-9]*.py"))
