"""What the tests of faults share: their size, their ground, and the table of figures at the end."""

import pytest

from tests import servers
from tests.faults import figures as figuring
from tests.faults import hosts, sizes
from tests.faults.brokers import Broker
from tests.faults.ground import SETTINGS, Ground, database_of_scene


@pytest.fixture(scope="session")
def size(request):
    """How large the tests are: see `--full-size`."""
    return sizes.FULL if request.config.getoption("--full-size") else sizes.SMALL


@pytest.fixture
def figures(record_property):
    """Where a test puts its figures."""
    return figuring.Figures(record_property)


@pytest.fixture(scope="session")
def scene(private_postgresql, tmp_path_factory):
    """A database with the scenery, of which each test gets a copy."""
    return database_of_scene(private_postgresql, tmp_path_factory.mktemp("scene"))


@pytest.fixture
def make_ground(scene, tmp_path_factory):
    """A function that makes a fresh `Ground` with a Redis at the address given, or on a given database."""
    made = []

    def make(broker, database=None):
        database = database or scene.copy(f"ground_{len(made)}")
        environment = servers.environment(database.address, broker) | {"DJANGO_SETTINGS_MODULE": SETTINGS}
        made.append(Ground(database, environment, tmp_path_factory.mktemp("ground")))
        return made[-1]

    yield make
    for ground in made:
        ground.end()
    for ground in made:
        ground.database.drop()


@pytest.fixture
def redis():
    """The address of a Redis of this test alone."""
    with servers.redis() as address:
        yield address


@pytest.fixture
def broker():
    """A Redis that may be stopped, or fall silent."""
    broker = Broker()
    broker.live()
    yield broker
    broker.stop()


@pytest.fixture
def ground(make_ground, redis):
    """A fresh database and a fresh Redis."""
    return make_ground(redis)


def pytest_collection_modifyitems(config, items):
    """Leave out what needs hosts of its own where there can be none; the summary says so."""
    wanting = [item for item in items if item.get_closest_marker("machines")]
    if wanting and hosts.missing():
        config.hook.pytest_deselected(items=wanting)
        items[:] = [item for item in items if item not in wanting]


def pytest_terminal_summary(terminalreporter):
    deselected = terminalreporter.stats.get("deselected", [])
    if any(item.get_closest_marker("machines") for item in deselected) and (missing := hosts.missing()):
        terminalreporter.write_line(f"Not run: several machines (missing: {missing}; see script/bootstrap)")
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    if found := figuring.rows([report for report in reports if getattr(report, "when", "") == "call"]):
        terminalreporter.section("figures of the tests of faults")
        for line in figuring.table(found):
            terminalreporter.write_line(line)
