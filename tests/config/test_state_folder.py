"""The folder of the state: made where it is missing, and what is wrong with it is said in words."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.embedded.state import make_state_folder

STRANGER = 65534


@contextmanager
def as_another_user():
    """Do what the block does as a user who owns nothing, if this one may do everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(STRANGER)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder():
    """A folder that every user may enter and write in."""
    with tempfile.TemporaryDirectory(prefix="state-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        folder.chmod(0o777)


def test_it_is_made_with_the_folders_above_it(tmp_path):
    make_state_folder(tmp_path / "above" / "state")

    assert (tmp_path / "above" / "state").is_dir()


def test_making_it_again_leaves_what_is_in_it(tmp_path):
    (tmp_path / "kept").write_text("kept")

    make_state_folder(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_folder_of_another_user_is_refused_in_words(open_folder):
    open_folder.chmod(0o555)

    with as_another_user(), pytest.raises(ImproperlyConfigured) as refusal:
        make_state_folder(open_folder / "state")

    assert str(refusal.value) == (
        f"The state cannot be kept in {open_folder}/state: {open_folder}/state: Permission denied. "
        "Mend that, or choose another folder: VAR_DIR=another-folder script/server"
    )


def test_a_file_in_it_that_cannot_be_written_is_named(open_folder):
    (open_folder / "database.sqlite3").touch()
    (open_folder / "database.sqlite3").chmod(0o000)

    with as_another_user(), pytest.raises(ImproperlyConfigured, match=r"database\.sqlite3: Permission denied"):
        make_state_folder(open_folder)
