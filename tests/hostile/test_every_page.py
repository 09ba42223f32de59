"""Every page of the site opens while the meeting is empty, full and finished, for staff and public, on both lists."""

import pytest

import clock
from tests.hostile import addresses, meetings
from tests.hostile.meetings import AT
from tests.hostile.visitors import PUBLIC, Browser

pytestmark = [pytest.mark.django_db, pytest.mark.differs]
# The states, each with how many addresses then open for a superuser: fewer, and the scene has lost something.
STATES = {meetings.empty: 140, meetings.full: 250, meetings.finished: 250}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_page_opens(state):
    state()
    statuses = {}

    with clock.stopped(AT):
        found = list(addresses.every())
        for visitor in ("superuser", *PUBLIC):
            browser = Browser(visitor)
            wanted = [each for each in found if visitor == "superuser" or not each.is_slow]
            statuses[visitor] = {each.path: browser.get(each.path).status_code for each in wanted}

    failed = {path for answers in statuses.values() for path, status in answers.items() if status >= 500}
    assert failed <= {"/healthz"}
    assert list(statuses["superuser"].values()).count(200) >= STATES[state]
