import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.config.serving import Site, ended


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
