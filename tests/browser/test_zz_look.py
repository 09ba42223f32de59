import os
from datetime import UTC, datetime, timedelta
import pytest
from tests.browser.test_console import *  # noqa
from tests.browser.test_console import officer, site, press_button
from tests.browser.busy_room import make_busy_room
from floor.acts import calling, pausing, messaging
from floor.models import Interruption
from tests.floor.room import press
from tests.factories import STAFF, make_delegation
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

@pytest.fixture
def meeting(db):
    return make_busy_room()

def test_look(officer, meeting):
    at = datetime.now(UTC)
    press(meeting, calling.begin, at - timedelta(seconds=160))
    v = officer(viewport={"width": 1280, "height": 800}, color_scheme=os.environ.get("LOOK", "light"))
    messaging.show(meeting, "Please keep to three minutes", by=STAFF, at=at)
    if os.environ.get("COMPACT"):
        v.page.get_by_label("Compact").check()
    v.page.wait_for_timeout(2500); v.page.evaluate("scrollTo(0,0)")
    v.page.screenshot(path="/tmp/room/console.png")
    v.page.screenshot(path="/tmp/room/console-full.png", full_page=True)
