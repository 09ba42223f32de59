"""The whole scene, played once for all tests of a module."""

import shutil

import pytest
from django.test import override_settings

from dialogue.models import Meeting
from tests.retention.scene import enact
from tests.scenes import undone


def _kept_in(folder):
    """Settings with which the files and the mail of the scene are kept in `folder`."""
    mail = {"MAILBOX_DIR": folder / "mailbox", "EMAIL_BACKEND": "mailbox.backend.EmailBackend"}
    return override_settings(VAR_DIR=folder, **mail)


@pytest.fixture(scope="module")
def enacted(django_db_setup, django_db_blocker, tmp_path_factory):
    """The folder with the files of the scene; what it stored is in the database until the end of the module."""
    folder = tmp_path_factory.mktemp("enacted")
    with django_db_blocker.unblock(), undone():
        with _kept_in(folder):
            enact()
        yield folder


@pytest.fixture
def meeting(enacted, db, tmp_path):
    """The meeting of the scene, with files that the test may change."""
    shutil.copytree(enacted, tmp_path, dirs_exist_ok=True)
    with _kept_in(tmp_path):
        yield Meeting.objects.get()
