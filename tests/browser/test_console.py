"""The officer's console in a real browser: at a desk by keyboard, on a tablet by thumb, with a colleague at work.

On every page: axe finds nothing wrong, the content security policy stops nothing, no request goes to another site.
"""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.contrib.auth.models import Permission, User
from django.db.models import F
from django.test import Client
from playwright.sync_api import expect

from dialogue.models import Meeting, Sitting
from floor.acts import calling, messaging
from floor.models import Interruption, Room, Turn
from speakers.models import SpeakersList
from tests.browser.visitor import NARROW, WIDE, counts_the_time_left
from tests.factories import STAFF, make_delegation, make_inscription, make_meeting
from tests.floor.room import press
from tests.servers import free_port

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLET = {"width": 768, "height": 1024}
NAMES = {
    "AUS": "Australia",
    "CRI": "Costa Rica",
    "DNK": "Denmark",
    "GHA": "Ghana",
    "NLD": "Netherlands",
    "RWA": "Rwanda",
    "SVN": "Slovenia",
}


@pytest.fixture
def meeting(db):
    """A meeting whose morning sitting is held now, with seven delegations on its list."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=9),
        closes_at=now - timedelta(days=5),
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=7),
    )
    for code, name in NAMES.items():
        make_inscription(meeting, make_delegation(code, name), at=now - timedelta(days=6))
    return meeting


@pytest.fixture
def site(served, live, meeting):
    return f"{served.replace('127.0.0.1', 'localhost')}/meetings/{meeting.slug}/floor/"


@pytest.fixture
def officer(visit, site):
    """A signed-in conference officer with a browser, looking at the console."""

    def come(name="officer", has_clock=False, **context):
        user, _is_new = User.objects.get_or_create(username=name, is_staff=True)
        user.user_permissions.add(Permission.objects.get(codename="run_room"))
        client = Client()
        client.force_login(user)
        visitor = visit(**context)
        visitor.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        if has_clock:
            visitor.page.clock.install()
        visitor.page.goto(site)
        return visitor

    return come


def press_button(visitor, name):
    visitor.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def now_speaking(visitor):
    return visitor.page.locator(".now-name")


@pytest.mark.parametrize("viewport", [WIDE, TABLET, NARROW], ids=["desk", "tablet", "phone"])
def test_an_officer_runs_statements_from_the_first_call_to_the_third_speaker(officer, viewport):
    visitor = officer(viewport=viewport, compares=True)
    visitor.finds_nothing_wrong()

    press_button(visitor, "Call the next")
    expect(now_speaking(visitor)).to_have_text("Australia")
    visitor.finds_nothing_wrong()
    press_button(visitor, "Start the clock")
    expect(visitor.page.locator(".acts--main")).to_contain_text("End and call the next")
    counts_the_time_left(visitor.page.locator("[data-clock-face]"), Turn.objects.get(state="speaking").began_at)
    visitor.finds_nothing_wrong()
    press_button(visitor, "Pause")
    expect(visitor.page.locator(".clock-words")).to_contain_text("paused")
    press_button(visitor, "Resume the clock")
    press_button(visitor, "End and call the next")
    expect(now_speaking(visitor)).to_have_text("Costa Rica")
    press_button(visitor, "Absent")
    expect(now_speaking(visitor)).not_to_have_text("Costa Rica")
    press_button(visitor, "Call the next")
    expect(now_speaking(visitor)).to_have_text("Denmark")
    visitor.finds_nothing_wrong()

    assert Turn.objects.get(inscription__delegation__code="AUS").state == "delivered"


def test_every_act_is_done_by_key(officer):
    visitor = officer(viewport=WIDE)
    keys = visitor.page.keyboard
    primary = visitor.page.locator(".acts--main .btn").first

    keys.press("n")
    expect(primary).to_contain_text("Start the clock")
    keys.press("s")
    expect(primary).to_contain_text("End and call the next")
    keys.press("p")
    expect(visitor.page.locator(".clock-words")).to_contain_text("paused")
    keys.press("p")
    expect(visitor.page.locator(".clock-words")).not_to_contain_text("paused")
    keys.press("e")
    expect(primary).to_contain_text("Call the next")
    keys.press("g")
    expect(primary).to_contain_text("End and call the next")
    keys.press("n")
    expect(now_speaking(visitor)).to_have_text("Costa Rica")
    keys.press("a")
    keys.press("Enter")
    expect(primary).to_contain_text("Call the next")
    keys.press("u")
    keys.press("Enter")
    expect(primary).to_contain_text("Start the clock")
    keys.press("2")
    expect(visitor.page.locator(".upcoming").nth(1)).to_contain_text("In the room")
    keys.press("m")
    keys.type("Please take your seats")
    keys.press("Enter")
    expect(visitor.page.locator(".on-screens")).to_contain_text("Please take your seats")
    keys.press("r")
    keys.press("Enter")
    expect(visitor.page.locator(".console-facts")).to_contain_text("suspended")
    visitor.finds_nothing_wrong()

    assert Room.objects.get().suspended_at is not None


def test_the_next_key_after_a_message_or_a_point_of_order_is_an_act_and_never_typed_into_the_field(officer):
    visitor = officer(viewport=WIDE)
    page, keys = visitor.page, visitor.page.keyboard
    keys.press("n")
    expect(page.locator(".acts--main")).to_contain_text("Start the clock")
    keys.press("s")
    expect(page.locator(".acts--main")).to_contain_text("End and call the next")

    keys.press("o")
    keys.type("Ghana")
    keys.press("Enter")
    expect(page.locator(".clock-words")).to_contain_text("paused")
    keys.press("p")
    expect(page.locator(".clock-words")).not_to_contain_text("paused")
    assert Interruption.objects.get().raised_by == "Ghana"
    expect(page.get_by_label("Raised by")).to_have_value("")
    keys.press("m")
    keys.type("Lunch at one")
    keys.press("Enter")
    keys.press("e")

    expect(page.locator(".acts--main")).to_contain_text("Call the next")
    expect(page.locator(".on-screens")).to_contain_text("Lunch at one")
    expect(page.get_by_label("Message", exact=True)).to_have_value("Lunch at one")
    assert Room.objects.get().message == "Lunch at one"


def test_what_is_being_typed_and_what_is_focused_stay_while_a_colleague_acts(officer, meeting):
    visitor = officer(viewport=WIDE)
    page = visitor.page
    page.get_by_label("Message", exact=True).fill("Please keep to")
    page.locator(".later summary").click()
    ghana = page.get_by_role("button", name="Not seen yet: Ghana")
    ghana.focus()

    press(meeting, calling.call, datetime.now(UTC))
    messaging.show(meeting, "A colleague's words", by=STAFF, at=datetime.now(UTC))
    expect(now_speaking(visitor)).to_have_text("Australia", timeout=8000)
    expect(page.locator(".on-screens")).to_contain_text("A colleague's words", timeout=8000)

    expect(ghana).to_be_focused()
    expect(page.locator(".later")).to_have_attribute("open", "")
    expect(page.get_by_label("Message", exact=True)).to_have_value("Please keep to")
    expect(page.locator(".upcoming").first).to_contain_text("Costa Rica")


def test_a_button_never_turns_into_another_under_a_finger(officer, meeting):
    visitor = officer(viewport=WIDE)
    visitor.page.get_by_role("button", name="Call the next").focus()

    press(meeting, calling.call, datetime.now(UTC))
    expect(now_speaking(visitor)).to_have_text("Australia", timeout=8000)
    visitor.page.keyboard.press("Enter")

    expect(now_speaking(visitor)).to_be_focused()
    assert Turn.objects.get(state="called").began_at is None


def test_the_clock_is_right_though_the_computers_own_is_set_back_and_the_stream_is_cut(officer, meeting, settings):
    settings.LIVE_PORT = free_port()
    press(meeting, calling.call, datetime.now(UTC))
    press(meeting, calling.begin, datetime.now(UTC))
    began_at = Turn.objects.get(state="speaking").began_at
    visitor = officer(viewport=WIDE, has_clock=True)
    counts_the_time_left(visitor.page.locator("[data-clock-face]"), began_at)

    visitor.page.clock.set_system_time(datetime.now(UTC) - timedelta(seconds=90))
    visitor.page.route("**/state.json*", lambda route: route.abort())

    visitor.page.wait_for_timeout(2500)
    counts_the_time_left(visitor.page.locator("[data-clock-face]"), began_at)


def test_keys_can_be_switched_off_and_stay_off(officer):
    visitor = officer(viewport=WIDE)
    visitor.page.get_by_label("Use these keys").uncheck()
    visitor.page.reload()

    visitor.page.locator("body").press("n")

    expect(visitor.page.get_by_label("Use these keys")).not_to_be_checked()
    expect(now_speaking(visitor)).to_have_text("No one has been called yet")


def test_what_a_colleague_does_is_seen_and_a_press_on_an_old_page_skips_no_one(officer, meeting):
    visitor = officer(viewport=WIDE)
    press(meeting, calling.call, datetime.now(UTC))
    expect(now_speaking(visitor)).to_have_text("Australia", timeout=8000)
    press_button(visitor, "Start the clock")
    expect(visitor.page.locator(".acts--main")).to_contain_text("End and call the next")
    visitor.page.route("**/state.json*", lambda route: route.abort())
    press(meeting, calling.advance, datetime.now(UTC) + timedelta(seconds=3))
    expect(visitor.page.locator("[data-lost]")).to_be_visible(timeout=12000)

    press_button(visitor, "End and call the next")

    expect(visitor.page.locator(".notice")).to_contain_text("has been called")
    expect(now_speaking(visitor)).to_have_text("Costa Rica")


def test_a_console_that_warns_of_too_many_is_fetched_again_only_if_its_words_change(officer, meeting):
    """The limit that fits all shrinks by a second now and then: the page is fetched only then."""
    SpeakersList.objects.update(national_limit=timedelta(hours=1))
    visitor = officer(viewport=WIDE)
    expect(visitor.page.locator(".advice--urgent")).to_contain_text("too many")
    told, fetched = [visitor.page.locator("#console").get_attribute("data-advice")], []

    def answer(route):
        response = route.fetch()
        told.append(response.json()["advice"])
        route.fulfill(response=response)

    visitor.page.route("**/state.json*", answer)
    visitor.page.on("request", lambda request: fetched.append(request.url.removeprefix(visitor.site)))
    while len(told) < 8:
        visitor.page.wait_for_timeout(500)
    visitor.page.unroute("**/state.json*")
    visitor.page.wait_for_timeout(1000)

    changes = sum(words != before for before, words in pairwise(told))
    assert changes < len(told) - 1
    assert fetched.count("") == pytest.approx(changes, abs=1)  # the page may already include the next change


@pytest.mark.parametrize(("viewport", "look"), [(WIDE, "light"), (NARROW, "dark")], ids=["desk-light", "phone-dark"])
def test_before_the_sitting_one_key_calls_no_one_and_the_question_is_answered_by_a_press(
    officer, meeting, viewport, look
):
    Meeting.objects.update(starts_at=F("starts_at") + timedelta(days=2), ends_at=F("ends_at") + timedelta(days=2))
    Sitting.objects.update(starts_at=F("starts_at") + timedelta(days=2), ends_at=F("ends_at") + timedelta(days=2))
    visitor = officer(viewport=viewport, color_scheme=look)
    page = visitor.page

    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Call a speaker now?")).to_be_focused()
    page.keyboard.press("n")
    expect(page.get_by_role("region", name="Call a speaker now?")).to_contain_text("the sitting starts on")
    expect(page.locator("#console[aria-busy]")).to_have_count(0)
    assert not Turn.objects.filter(called_at__isnull=False).exists()
    visitor.finds_nothing_wrong()

    page.get_by_role("button", name="Yes, call now").click()
    expect(now_speaking(visitor)).to_have_text("Australia")
    expect(page.get_by_role("heading", name="Call a speaker now?")).to_have_count(0)
    visitor.finds_nothing_wrong()


def test_an_officer_who_works_by_tab_and_enter_keeps_their_place(officer):
    visitor = officer(viewport=WIDE)
    page = visitor.page
    focused = "document.activeElement.innerText"

    page.locator(".upcoming").nth(2).get_by_role("button", name="Not seen yet").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".upcoming").nth(2)).to_contain_text("In the room")
    assert "In the room" in page.evaluate(focused)

    page.get_by_role("button", name="Call the next").focus()
    page.keyboard.press("Enter")
    expect(now_speaking(visitor)).to_have_text("Australia")
    expect(now_speaking(visitor)).to_be_focused()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_in_compact_mode_the_clock_and_five_of_the_next_are_seen_on_a_small_screen(officer, meeting, look):
    """With the longest group of the register, a message on the screens and a warning above them."""
    group = "Group of Friends of the Responsibility to Protect and further delegations"
    at = meeting.speakers_list.opens_at
    for code, name in [("GBR", "United Kingdom of Great Britain and Northern Ireland"), ("BOL", "Bolivia")]:
        make_inscription(meeting, make_delegation(code, name), capacity="group", group_name=f"{group} {code}", at=at)
    press(meeting, calling.call, datetime.now(UTC))
    press(meeting, calling.begin, datetime.now(UTC) - timedelta(seconds=160))
    messaging.show(meeting, "Please keep to three minutes", by=STAFF, at=datetime.now(UTC))
    visitor = officer(viewport={"width": 1280, "height": 800}, color_scheme=look)
    page, rows = visitor.page, visitor.page.locator("#console-next .upcoming")
    seen = "all => all.filter(each => each.getBoundingClientRect().bottom <= innerHeight).length"
    assert rows.evaluate_all(seen) < 5

    page.get_by_label("Compact").check()
    page.reload()
    page.evaluate("scrollTo(0, 0)")

    expect(page.get_by_label("Compact")).to_be_checked()
    assert rows.evaluate_all(seen) >= 5
    for part in (".clock", ".acts--main"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    visitor.finds_nothing_wrong()


HEARD = """() => { window.tones = 0; const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (at) { window.tones += 1; return start.call(this, at); }; }"""


def test_a_tone_sounds_once_for_each_colour_and_only_for_the_officer_who_wants_it(officer, meeting):
    visitor, other = officer(viewport=WIDE), officer("colleague", viewport=WIDE)
    for each in (visitor, other):
        each.page.evaluate(HEARD)
    expect(visitor.page.get_by_label("A tone at 30 seconds")).not_to_be_checked()
    visitor.page.get_by_label("A tone at 30 seconds").check()
    SpeakersList.objects.update(national_limit=timedelta(seconds=33))

    press(meeting, calling.call, datetime.now(UTC))
    press(meeting, calling.begin, datetime.now(UTC))

    for each in (visitor, other):
        expect(each.page.locator(".clock")).to_have_attribute("data-colour", "amber", timeout=15000)
    expect(visitor.page.get_by_text("30 seconds or less")).to_be_visible()
    visitor.page.wait_for_timeout(1500)
    assert [each.page.evaluate("window.tones") for each in (visitor, other)] == [1, 0]
    visitor.finds_nothing_wrong()


def test_a_switch_is_kept_for_the_person_and_not_for_the_machine(officer, site):
    visitor = officer(viewport=WIDE)
    visitor.page.get_by_label("A tone at 30 seconds").check()
    colleague = User.objects.create(username="colleague", is_staff=True)
    colleague.user_permissions.add(Permission.objects.get(codename="run_room"))
    client = Client()

    client.force_login(colleague)
    visitor.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    visitor.page.reload()

    expect(visitor.page.get_by_label("A tone at 30 seconds")).not_to_be_checked()


def test_undo_goes_back_step_by_step_and_the_button_says_what_it_takes_back(officer):
    visitor = officer(viewport=WIDE)
    page = visitor.page
    press_button(visitor, "Call the next")
    press_button(visitor, "Start the clock")
    press_button(visitor, "End and call the next")

    for words in ["Undo the call of Costa Rica", "Undo: Australia waits again"]:
        page.get_by_role("main").get_by_role("button", name=words).click()

    expect(now_speaking(visitor)).to_have_text("No one has been called yet")
    expect(page.locator(".now-next")).to_have_text("Next: Australia")
    expect(page.get_by_role("main").get_by_role("button", name="Undo")).to_have_count(0)


def test_a_point_of_order_is_raised_by_a_delegation_and_a_wrong_name_stays_in_the_field(officer):
    visitor = officer(viewport=WIDE)
    page = visitor.page
    press_button(visitor, "Call the next")
    press_button(visitor, "Start the clock")
    page.get_by_label("Raised by").fill("Atlantis")
    press_button(visitor, "Pause and log it")
    expect(page.get_by_text("“Atlantis” does not say which delegation.")).to_be_visible()
    expect(page.get_by_label("Raised by")).to_have_value("Atlantis")
    expect(page.get_by_label("Raised by")).to_have_attribute("aria-invalid", "true")
    visitor.finds_nothing_wrong()

    page.get_by_label("Raised by").fill("ghana")
    press_button(visitor, "Pause and log it")

    expect(page.locator(".clock-words")).to_contain_text("paused: point of order, Ghana")


def test_a_message_says_until_when_it_is_shown_and_is_taken_down(officer):
    visitor = officer(viewport=WIDE)
    page = visitor.page
    page.get_by_label("Message", exact=True).fill("Lunch")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".on-screens")).to_contain_text("On the screens until")
    visitor.finds_nothing_wrong()

    press_button(visitor, "Take it down")
    expect(page.locator(".on-screens")).to_have_count(0)


def test_targets_on_a_tablet_are_large_enough_for_a_thumb(officer):
    visitor = officer(viewport=TABLET, has_touch=True)

    sizes = visitor.page.eval_on_selector_all(
        "main .btn", "all => all.filter(b => b.offsetParent).map(b => [b.innerText, b.offsetWidth, b.offsetHeight])"
    )

    assert [size for size in sizes if size[1] < 44 or size[2] < 44] == []


def test_it_works_without_any_script(officer):
    visitor = officer(viewport=WIDE, java_script_enabled=False)

    press_button(visitor, "Call the next")
    press_button(visitor, "Start the clock")
    press_button(visitor, "End and call the next")

    expect(now_speaking(visitor)).to_have_text("Costa Rica")


def test_the_pages_with_something_to_type(officer, meeting):
    visitor = officer(viewport=WIDE)
    page = visitor.page
    page.get_by_role("link", name="Insert a speaker").click()
    visitor.finds_nothing_wrong()
    press_button(visitor, "Insert")
    visitor.finds_nothing_wrong()
    page.get_by_label("Full name").fill("Ban Ki-moon")
    page.get_by_label("Functional title").fill("Secretary-General")
    press_button(visitor, "Insert")
    expect(page.locator(".upcoming").first).to_contain_text("Ban Ki-moon")

    page.get_by_role("link", name="Limits").click()
    visitor.finds_nothing_wrong()
    page.get_by_label("National capacity").fill("2:30")
    press_button(visitor, "Set the limits")
    expect(page.locator(".notice")).to_contain_text("The limits apply")
    meeting.refresh_from_db()
    assert meeting.speakers_list.national_limit == timedelta(seconds=150)

    page.get_by_role("link", name="Change: Rwanda").or_(page.locator(".later summary")).first.click()
    page.locator(".upcoming", has_text="Ghana").get_by_role("link").click()
    visitor.finds_nothing_wrong()
    page.get_by_label("Right before").select_option(label="before 1, Australia")
    page.get_by_label("Reason").first.fill("Travel")
    press_button(visitor, "Move the entry")
    visitor.finds_nothing_wrong()
    page.goto(visitor.site)
    expect(page.locator(".upcoming").nth(1)).to_contain_text("Ghana")
