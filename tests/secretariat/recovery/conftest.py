"""A site with two lists, and a way to make its database an older state of itself."""

import pytest

import clock
from secretariat.models import Database
from secretariat.recovery import banner, marks
from tests.factories import OPEN, make_delegation, make_inscription, make_meeting, make_panel


@pytest.fixture
def meeting(settings, tmp_path, db):
    """A meeting with two open lists of two entries and none, while the clock stands; the marks are in a new folder."""
    settings.VAR_DIR, settings.EMBEDDED = tmp_path, True
    banner.forget()
    with clock.stopped(OPEN):
        meeting = make_meeting()
        make_panel(meeting)
        for code in ("AAA", "BBB"):
            make_inscription(meeting, make_delegation(code))
        yield meeting
    banner.forget()


@pytest.fixture
def restored(meeting):
    """The database as a restore leaves it: marks were left outside since."""
    for _minute in range(3):
        marks.leave(at=clock.now())
    Database.objects.update(number=1)
    return meeting
