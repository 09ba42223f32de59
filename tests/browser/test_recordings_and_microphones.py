"""The officer's pages of recordings and of microphones, and what the console shows of a signal."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from floor.acts import calling
from floor.models import RoomSystem
from floor.record import recordings
from tests.browser.test_room import LATE, act, meeting, site  # noqa: F401  the meeting that sits now
from tests.browser.visitor import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer(visit, meeting):  # noqa: F811
    """An officer who has signed in and sees the console."""
    visitor = visit(viewport=WIDE)
    User.objects.create_superuser("officer", password="a long word of staff")
    visitor.page.goto(f"{visitor.site}floor/")
    visitor.page.get_by_label("Username").fill("officer")
    visitor.page.get_by_label("Password").fill("a long word of staff")
    visitor.page.get_by_role("button", name="Log in").click()
    return visitor


def test_a_signal_begins_a_statement_on_the_console_and_one_out_of_turn_is_shown(officer, meeting):  # noqa: F811
    page, codes = officer.page, [each.delegation.code for each in meeting.speakers_list.inscriptions.order_by("pk")]
    page.goto(f"{officer.site}floor/microphones/")
    page.get_by_label("System").fill("Room 4")
    page.get_by_role("button", name="Make a key").click()
    key = page.locator("code").first.inner_text()
    officer.finds_nothing_wrong()
    page.goto(f"{officer.site}floor/")
    page.get_by_role("button", name="Switch on").click()

    def send(code, is_on, number):
        sent = {"delegation": code, "on": is_on, "id": number}
        return httpx.post(f"{officer.site}microphones/", json=sent, headers={"Authorization": f"Bearer {key}"})

    act(meeting, calling.call)
    refused = send("XXX", is_on=True, number="1")
    expect(page.get_by_text(f"Room 4: the microphone of XXX does nothing. {refused.json()['detail']}")).to_be_visible(
        timeout=LATE
    )
    begun = [code for code in codes if send(code, is_on=True, number=f"on {code}").status_code == 200]
    expect(page.get_by_text("By the microphones, at")).to_be_visible(timeout=LATE)

    assert len(begun) == 1
    assert RoomSystem.objects.get().is_on
    officer.finds_nothing_wrong()


@pytest.mark.parametrize("viewport", [WIDE, NARROW])
def test_a_recording_is_taken_in_and_its_files_are_on_the_record_and_on_the_public_page(
    officer,
    visit,
    meeting,  # noqa: F811
    viewport,
):
    for rule in (calling.call, calling.begin, calling.end):
        act(meeting, rule)
    page, now = officer.page, datetime.now(UTC)
    page.goto(f"{officer.site}floor/recordings/")
    page.get_by_label("These times are in").select_option("UTC")
    page.get_by_label("Second 0 of the recording").fill(f"{now - timedelta(minutes=5):%Y-%m-%dT%H:%M:%S}")
    page.get_by_label("Where it can be watched").fill("webtv.example.org/1")
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("link", name="Correct")).to_be_visible()
    officer.finds_nothing_wrong()
    page.goto(f"{officer.site}floor/record/")
    officer.finds_nothing_wrong()

    public = visit(viewport=viewport)
    public.page.goto(f"{public.site}statements/")

    expect(public.page.get_by_role("link", name="Watch it")).to_be_visible()
    with public.page.expect_download() as download:
        public.page.get_by_role("link", name="Français").first.click()
    assert download.value.suggested_filename.endswith("-recording-1-fr.vtt")
    public.finds_nothing_wrong()
    assert recordings.with_ends(meeting)[0][0].url == "https://webtv.example.org/1"
