import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from tests.config.serving import Site, ended


@pytest.fixture
def manage(tmp_path):
    """A function that runs manage.py with an environment of its own, and returns its output and its exit code."""

    def run(*arguments, **environment):
        own = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DATABASE_URL": ""}
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, env=own | environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
        )
        return done.stdout + done.stderr, done.returncode

    return run


@dataclass
class FirstStart:
    """What a first start left behind, what it said, on which port, and how its front page answered."""

    state: Path
    said: str
    port: int
    answer: int


@pytest.fixture(scope="session")
def first_start(tmp_path_factory):
    """The first start on an empty state, which takes its time; once for all tests of a worker."""
    state = tmp_path_factory.mktemp("first")
    with ended(Site(state)) as site:
        site.start()
        first = FirstStart(state, site.said.read_text(), site.port, site.answers())
    return first


@pytest.fixture
def prepared(first_start, tmp_path):
    """A site that was started before, on a state and a port of its own."""
    shutil.copytree(first_start.state, tmp_path, dirs_exist_ok=True)
    with ended(Site(tmp_path)) as site:
        yield site
