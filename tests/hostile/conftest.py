"""One scene for all tests of a module, in a transaction that is rolled back at its end."""

import pytest

import clock
from tests.hostile import meetings
from tests.hostile.meetings import AT
from tests.scenes import undone


@pytest.fixture(scope="session")
def is_full_size(request):
    """Is everything tried, as `script/faults` does it?"""
    return request.config.getoption("--full-size")


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """The full meeting at the moment of the visit; each test changes nothing in it."""
    with django_db_blocker.unblock(), clock.stopped(AT), undone():
        meetings.full()
        yield
