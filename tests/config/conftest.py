import shutil

import pytest

from tests.config.serving import Site, ended


@pytest.fixture
def site(tmp_path):
    """A site that was never started."""
    with ended(Site(tmp_path)) as site:
        yield site


@pytest.fixture(scope="session")
def first_state(tmp_path_factory):
    """The state that a first start leaves behind."""
    state = tmp_path_factory.mktemp("first")
    with ended(Site(state)) as site:
        site.start()
    return state


@pytest.fixture
def prepared(first_state, tmp_path):
    """A site that was started before, on a state and a port of its own."""
    shutil.copytree(first_state, tmp_path, dirs_exist_ok=True)
    with ended(Site(tmp_path)) as site:
        yield site
