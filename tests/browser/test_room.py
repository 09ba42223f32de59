"""Console, screen and telephone side by side: all show the same at the same moment.  R-33 R-35 R-41"""

import csv
import http.server
import io
import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from i18nfield.strings import LazyI18nString
from PIL import Image
from playwright.sync_api import Error, expect

from floor.acts import absence, asking, calling, messaging, opening, pausing, undoing
from floor.models import Interruption, Turn
from speakers.models import Inscription, SpeakersList
from tests.browser.visitor import NARROW, WIDE, counts_the_time_left
from tests.factories import STAFF, make_delegation, make_focal_point, make_inscription, make_meeting, make_panel
from tests.floor.room import last_called, press
from tests.servers import free_port

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Milliseconds within which every page shows what happened.
SOON = 2000
# Milliseconds after which something is broken, not only slow.
LATE = 15000


@pytest.fixture
def meeting():
    """A meeting that sits now, with six delegations on its list."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=9),
        closes_at=now - timedelta(days=2),
        starts_at=now - timedelta(minutes=30),
        ends_at=now + timedelta(hours=6),
    )
    for name in ["Kenya", "Rwanda", "Chile", "Norway", "Japan", "Ghana"]:
        make_inscription(meeting, make_delegation(name[:3].upper(), name), at=now - timedelta(days=3))
    make_focal_point(make_delegation("RWA"))
    return meeting


@pytest.fixture
def site(served, live):
    return served.replace("127.0.0.1", "localhost") + "/meetings/dialogue/"


def act(meeting, rule):
    """Do an act in the room now, as an officer elsewhere."""
    rule(meeting, expected_current=last_called(meeting), by=STAFF, at=datetime.now(UTC))


@pytest.mark.parametrize("viewport", [WIDE, {"width": 1920, "height": 1080}, NARROW])
def test_the_screen_follows_the_room_by_itself(visit, meeting, viewport):
    screen = visit(viewport=viewport)
    screen.page.goto(f"{screen.site}display/")
    expect(screen.page.locator(".display-next li:visible")).to_have_count(5)
    expect(screen.page.locator("[data-live]")).to_have_attribute("data-connection", "live", timeout=SOON)

    act(meeting, calling.call)
    expect(screen.page.locator(".display-name")).to_have_text("Kenya", timeout=SOON)
    act(meeting, calling.begin)
    expect(screen.page.get_by_text("Now speaking")).to_be_visible(timeout=SOON)
    counts_the_time_left(screen.page.locator("[data-clock-face]"), Turn.objects.get(state="speaking").began_at)
    screen.finds_nothing_wrong()

    act(meeting, calling.end)
    expect(screen.page.locator(".display-next-name").first).to_have_text("Rwanda", timeout=SOON)


@pytest.mark.parametrize("viewport", [WIDE, {"width": 1280, "height": 720}, {"width": 1920, "height": 1080}])
def test_the_longest_name_over_time_with_a_message_leaves_clock_and_foot_on_the_screen(visit, meeting, viewport):
    name = "United Kingdom of Great Britain and Northern Ireland"
    group = "Group of Friends of the Responsibility to Protect and further delegations"
    meeting.title = {"en": f"Informal interactive dialogue on the Report of the Secretary-General on the {group}"}
    meeting.speakers_list.shows_speaker_names = True
    meeting.save(update_fields=["title"])
    meeting.speakers_list.save(update_fields=["shows_speaker_names"])
    spoken = {"speaker_name": "Maria Teresa de la Vega", "speaker_title": "Minister of State for the United Nations"}
    entry = {"capacity": "group", "group_name": group, "at": meeting.speakers_list.opens_at}
    make_inscription(meeting, make_delegation("GBR", name), **entry, **spoken)
    at = datetime.now(UTC)
    press(meeting, calling.call, at - timedelta(minutes=5))
    press(meeting, calling.begin, at - timedelta(minutes=5))
    messaging.show(meeting, "Please keep to three minutes: the interpreters leave at one", by=STAFF, at=at)
    screen = visit(viewport=viewport)

    screen.page.goto(f"{screen.site}display/")

    expect(screen.page.locator(".display-name")).to_have_text(name)
    expect(screen.page.locator(".display-message")).to_be_in_viewport(ratio=1)
    expect(screen.page.locator(".display-foot")).to_be_in_viewport(ratio=1)
    assert screen.page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0
    screen.finds_nothing_wrong()


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 720}, {"width": 1920, "height": 1080}])
@pytest.mark.parametrize("has_message", [False, True], ids=["alone", "with a message"])
def test_the_longest_group_of_the_register_leaves_the_whole_clock_on_the_screen(visit, meeting, viewport, has_message):
    group = max(_groups_of_the_register(), key=len)
    meeting.speakers_list.shows_speaker_names = True
    meeting.speakers_list.save(update_fields=["shows_speaker_names"])
    name = "United Kingdom of Great Britain and Northern Ireland"
    spoken = {"speaker_name": "Maria Teresa de la Vega", "speaker_title": "Minister of State for the United Nations"}
    entry = {"capacity": "group", "group_name": group, "at": meeting.speakers_list.opens_at}
    make_inscription(meeting, make_delegation("GBR", name), **entry, **spoken)
    for code in ("BOL", "KOR", "VEN", "IRN"):
        make_inscription(
            meeting, make_delegation(code, name[:40] + code), **entry | {"group_name": f"{FRIENDS} {code}"}
        )
    at = datetime.now(UTC)
    press(meeting, calling.call, at - timedelta(minutes=5))
    press(meeting, calling.begin, at - timedelta(minutes=5))
    press(meeting, pausing.pause, at, ground=Interruption.Ground.POINT_OF_ORDER, raised_by=make_delegation("IRN"))
    if has_message:
        messaging.show(meeting, "Please keep to three minutes: the interpreters leave at one", by=STAFF, at=at)
    screen = visit(viewport=viewport)

    screen.page.goto(f"{screen.site}display/")

    page = screen.page
    expect(page.locator(".display-name")).to_have_text(name)
    for part in (".display-left", ".display-words", ".display-group", ".display-order", ".display-foot"):
        expect(page.locator(part).first).to_be_in_viewport(ratio=1)
        assert part == ".display-left" or not page.locator(part).first.evaluate(IS_CUT), part
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0
    assert page.evaluate(OVERLAPS) == []
    screen.finds_nothing_wrong()


FRIENDS = "the Group of Friends of the Responsibility to Protect"
# Is a part of the element's text outside of it?
IS_CUT = "each => each.scrollHeight > each.clientHeight + 2 || each.scrollWidth > each.clientWidth + 2"
# Which of the parts of the screen lie over each other.
OVERLAPS_IN = """(root) => {
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const parts = ["head", "now", "clock", "next", "message", "foot"]
    .map(name => root.querySelector(`.display-${name}`)).filter(part => part && !part.hidden);
  const boxes = parts.map(part => [part.className, part.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], i) =>
    boxes.slice(i + 1).filter(([, b]) => meet(a, b)).map(([other]) => `${one}, ${other}`));
}"""
OVERLAPS = f"() => ({OVERLAPS_IN})(document)"


def _groups_of_the_register():
    with (settings.BASE_DIR / "speakers/delegations/data/groups.csv").open(encoding="utf-8") as file:
        return [row["full_name"] for row in csv.DictReader(file)]


def test_two_languages_take_turns_on_the_screen_and_both_are_live(visit, meeting):
    names = LazyI18nString({"en": "Kenya", "ar": "كينيا"})
    Inscription.objects.filter(delegation__code="KEN").update(delegation_name=names)
    screen = visit(viewport=WIDE)
    page = screen.page
    page.clock.install()
    page.goto(f"{screen.site}display/?languages=en,ar")
    expect(page.locator("[data-live]")).to_have_attribute("data-connection", "live", timeout=LATE)

    act(meeting, calling.call)

    english, arabic = page.get_by_text("Kenya", exact=True), page.get_by_text("كينيا", exact=True)
    expect(english).to_be_visible(timeout=LATE)
    expect(arabic).to_be_hidden()
    screen.finds_nothing_wrong()
    page.clock.fast_forward(10_000)
    expect(arabic).to_be_visible(timeout=LATE)
    expect(english).to_be_hidden()
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    screen.finds_nothing_wrong()
    act(meeting, calling.begin)
    counts_the_time_left(page.locator("[data-clock-face]:visible"), Turn.objects.get(state="speaking").began_at)
    page.clock.fast_forward(10_000)
    expect(english).to_be_visible(timeout=LATE)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("languages", ["ar,en", "zh-hans,fr"])
def test_two_languages_stand_side_by_side_and_fit(visit, meeting, size, languages):
    every = {"en": "United Kingdom of Great Britain and Northern Ireland", "ar": "المملكة المتحدة لبريطانيا العظمى"}
    Inscription.objects.filter(delegation__code="KEN").update(delegation_name=LazyI18nString(every))
    screen = visit(viewport={"width": size[0], "height": size[1]})
    page = screen.page
    page.goto(f"{screen.site}display/?languages={languages}&side=1")
    expect(page.locator("[data-live]")).to_have_attribute("data-connection", "live", timeout=LATE)

    act(meeting, calling.call)
    act(meeting, calling.begin)

    halves = page.locator(".display-pair > .display")
    expect(halves.locator("[data-clock-face]")).to_have_count(2, timeout=LATE)
    assert halves.evaluate_all("each => each.map(half => half.lang)") == languages.split(",")
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    assert halves.evaluate_all(f"halves => halves.flatMap({OVERLAPS_IN})") == []
    screen.finds_nothing_wrong()


def test_the_overlay_paints_the_name_and_the_clock_and_nothing_else(visit, meeting):
    picture = visit(viewport={"width": 1920, "height": 1080})
    page = picture.page
    page.goto(f"{picture.site}overlay/")
    expect(page.locator("[data-live]")).to_have_attribute("data-connection", "live", timeout=LATE)
    assert _painted(page) is None

    act(meeting, calling.call)
    act(meeting, calling.begin)

    expect(page.locator(".overlay-name")).to_have_text("Kenya", timeout=LATE)
    counts_the_time_left(page.locator("[data-clock-face]"), Turn.objects.get(state="speaking").began_at)
    left, top, right, bottom = _painted(page)
    assert (left > 40, top > 900, right < 1900, bottom < 1060) == (True, True, True, True)
    assert page.locator("#overlay").inner_text().split() == ["Kenya", page.locator("[data-clock-face]").inner_text()]
    picture.finds_nothing_wrong()


def _painted(page):
    """The box of what is not transparent on the `page`; None if nothing is painted."""
    return Image.open(io.BytesIO(page.screenshot(omit_background=True))).getchannel("A").getbbox()


@pytest.mark.smoke
def test_console_screen_and_telephone_show_the_same(visit, meeting):
    officer, screen, telephone = visit(viewport=WIDE), visit(viewport=WIDE), visit(viewport=NARROW)
    User.objects.create_superuser("officer", password="a long word of staff")
    screen.page.goto(f"{screen.site}display/")
    telephone.page.goto(f"{telephone.site}now/")
    officer.page.goto(f"{officer.site}floor/")
    officer.page.get_by_label("Username").fill("officer")
    officer.page.get_by_label("Password").fill("a long word of staff")
    officer.page.get_by_role("button", name="Log in").click()

    officer.page.get_by_role("button", name="Call", exact=False).first.click()

    expect(officer.page.get_by_role("main")).to_contain_text("Kenya")
    expect(screen.page.locator(".display-name")).to_have_text("Kenya", timeout=SOON)
    expect(telephone.page.locator(".room-name")).to_have_text("Kenya", timeout=SOON)
    telephone.finds_nothing_wrong()


def test_a_page_whose_stream_is_cut_off_asks_instead(visit, meeting, settings):
    settings.LIVE_PORT = free_port()
    screen = visit(viewport=WIDE)
    screen.page.goto(f"{screen.site}display/")

    act(meeting, calling.call)

    expect(screen.page.locator(".display-name")).to_have_text("Kenya", timeout=8000)
    expect(screen.page.locator("[data-lost]")).to_be_hidden()


def test_the_screens_clock_is_right_though_the_computers_own_is_set_back_and_no_stream_opens(visit, meeting, settings):
    settings.LIVE_PORT = free_port()
    act(meeting, calling.call)
    act(meeting, calling.begin)
    began_at = Turn.objects.get(state="speaking").began_at
    screen = visit(viewport=WIDE)
    screen.page.clock.install()
    screen.page.goto(f"{screen.site}display/")
    face = screen.page.locator("[data-clock-face]")
    counts_the_time_left(face, began_at)

    screen.page.clock.set_system_time(datetime.now(UTC) - timedelta(seconds=90))

    screen.page.wait_for_timeout(2500)
    counts_the_time_left(face, began_at)


class Silent(http.server.BaseHTTPRequestHandler):
    """A stream that was opened and has gone silent, like the old connection of a device that wakes."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.flush()
        self.server.is_over.wait(60)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def silent_streams(settings):
    """Streams that open and then stay silent, in place of ours."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Silent) as server:
        server.daemon_threads, server.is_over = True, threading.Event()
        settings.LIVE_PORT = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.is_over.set()
        server.shutdown()


def test_a_laptop_that_slept_for_ten_minutes_shows_the_truth_within_two_seconds_of_waking(
    visit, meeting, silent_streams
):
    """The seconds are those of the laptop, whose clock stands unless it is moved on: a busy machine may take longer."""
    screen = visit(viewport=WIDE)
    screen.page.clock.install()
    screen.page.goto(f"{screen.site}display/")
    expect(screen.page.locator("[data-live]")).to_have_attribute("data-connection", "live", timeout=LATE)
    screen.page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=1))
    name = screen.page.locator(".display-name")

    for rule, shown in [
        (calling.call, "Kenya"),
        (absence.note_absence, "The list of speakers"),
        (calling.call, "Rwanda"),
    ]:
        before = name.text_content()
        act(meeting, rule)
        screen.page.wait_for_timeout(1000)
        assert name.text_content() == before

        screen.page.clock.fast_forward("10:00")
        screen.page.clock.run_for(2000)
        expect(name).to_have_text(shown, timeout=LATE)


def test_a_delegation_says_on_its_telephone_that_it_is_in_the_room(visit, meeting):
    telephone = visit(viewport=NARROW)
    telephone.sign_in_as("rwa@missions.example")
    page = telephone.page
    page.goto(f"{telephone.site}now/")
    expect(page.get_by_role("main")).to_contain_text("1 speaker before you.")
    telephone.finds_nothing_wrong()

    telephone.press("We are in the room")
    expect(page.get_by_role("main")).to_contain_text("that you were in the room")

    act(meeting, calling.call)
    expect(page.get_by_role("main")).to_contain_text("You are next.", timeout=5000)


def test_a_delegation_asks_for_the_floor_once_it_is_opened_and_sees_who_asked_before_it(visit, meeting):
    telephone = visit(viewport=NARROW)
    telephone.sign_in_as("rwa@missions.example")
    page = telephone.page
    page.goto(f"{telephone.site}now/")
    main = page.get_by_role("main")
    expect(main).to_contain_text("1 speaker before you.")

    opening.open_floor(meeting, by=STAFF, at=datetime.now(UTC))
    other = asking.ask(meeting, make_delegation("FJI", "Fiji"), by=STAFF, at=datetime.now(UTC))
    expect(main).to_contain_text("The floor is open: 1 delegation asks for it.", timeout=LATE)
    expect(page.get_by_role("button", name="We are in the room and ask for the floor")).to_be_visible(timeout=LATE)
    telephone.finds_nothing_wrong()

    telephone.press("We are in the room and ask for the floor")
    expect(main).to_contain_text("1 delegation asked before you.")
    telephone.finds_nothing_wrong()

    asking.withdraw(meeting, other.delegation, by=STAFF, at=datetime.now(UTC))
    expect(main).to_contain_text("No delegation asked before you.", timeout=LATE)
    telephone.press("Withdraw the request")
    expect(page.get_by_role("button", name="We are in the room and ask for the floor")).to_be_visible()


# Counts what a telephone is told to do, and lets it do so. A browser without windows denies notices: here it does not.
COUNTED = """window.rung = { tones: 0, buzzes: 0, notices: [] };
Object.defineProperty(Notification, "permission", { get: () => "granted" });
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (at) { window.rung.tones += 1; return start.call(this, at); };
const vibrate = Navigator.prototype.vibrate;
Navigator.prototype.vibrate = function (pattern) { window.rung.buzzes += 1; return vibrate.call(this, pattern); };
const notify = ServiceWorkerRegistration.prototype.showNotification;
ServiceWorkerRegistration.prototype.showNotification = function (title, more) {
  window.rung.notices.push(title); return notify.call(this, title, more); };"""


def test_a_telephone_rings_once_for_each_mark_of_each_own_turn_though_the_place_moves_back_and_forth(visit, meeting):
    for code in ("JAP", "GHA"):
        make_focal_point(make_delegation(code), "mission@missions.example")
    telephone = visit(viewport=NARROW)
    telephone.sign_in_as("mission@missions.example")
    page = telephone.page
    page.add_init_script(COUNTED)
    page.goto(f"{telephone.site}now/")
    page.get_by_label("Ring when ten, five and one").check()
    page.evaluate("window.rung = { tones: 0, buzzes: 0, notices: [] }")
    banner, state = page.get_by_role("alert"), page.locator(".own-state")
    expect(banner).to_be_hidden()

    def then(rule, *before):
        act(meeting, rule)
        expect(state.first).to_contain_text(before[0], timeout=LATE)
        expect(state.last).to_contain_text(before[1], timeout=LATE)

    then(calling.call, "3 speakers", "4 speakers")
    act(meeting, calling.begin)
    then(calling.advance, "2 speakers", "3 speakers")
    act(meeting, calling.begin)
    expect(banner).to_be_hidden()
    then(calling.advance, "1 speaker", "2 speakers")
    expect(banner).to_contain_text("Japan: 1 speaker before you.")
    assert page.evaluate("window.rung") == {"tones": 3, "buzzes": 1, "notices": ["Japan"]}
    telephone.finds_nothing_wrong()

    page.get_by_role("button", name="Close").click()
    then(undoing.undo, "2 speakers", "3 speakers")
    then(calling.call, "1 speaker", "2 speakers")
    page.reload()
    expect(state.first).to_contain_text("1 speaker")
    expect(banner).to_be_hidden()

    page.get_by_role("heading", name="In the room").click()
    act(meeting, calling.begin)
    then(calling.advance, "You are next.", "1 speaker")
    expect(banner).to_contain_text("Ghana: 1 speaker before you.")
    assert page.evaluate("window.rung") == {"tones": 3, "buzzes": 1, "notices": ["Ghana"]}


def test_both_entries_of_a_delegation_ring_at_ten_five_and_one_and_the_list_that_is_not_heard_does_not(visit, meeting):
    SpeakersList.objects.filter(meeting=meeting).update(policy=SpeakersList.Policy.RECEIPT_ONLY)
    before = {"at": datetime.now(UTC) - timedelta(days=3)}
    for number in range(5):
        make_inscription(meeting, make_delegation(f"N{number}"), **before)
    fiji = make_delegation("FJI", "Fiji")
    make_focal_point(fiji)
    make_inscription(meeting, fiji, **before)
    make_inscription(meeting, fiji, capacity="group", group_name="Pacific Islands Forum", **before)
    panel = make_panel(meeting, closes_at=datetime.now(UTC) + timedelta(days=1)).meeting_at_hand
    for each in (make_delegation("NOR"), fiji):
        make_inscription(panel, each, **before)
    telephone = visit(viewport=NARROW)
    telephone.sign_in_as("fji@missions.example")
    page = telephone.page
    page.add_init_script(COUNTED)
    page.goto(f"{telephone.site}now/")
    page.get_by_label("Ring when ten, five and one").check()
    states = page.locator(".own-state")
    expect(states).to_have_count(3)

    act(meeting, calling.call)
    for national in range(10, -1, -1):
        expect(states.nth(0)).to_contain_text(f"{national} speaker" if national else "You are next.", timeout=LATE)
        expect(states.nth(1)).to_contain_text(f"{national + 1} speaker", timeout=LATE)
        if national:
            act(meeting, calling.begin)
            act(meeting, calling.advance)

    national, group = "Fiji", "Fiji, on behalf of Pacific Islands Forum"
    expect(page.get_by_role("alert")).to_contain_text(f"{group}: 1 speaker before you.")
    assert page.evaluate("window.rung.notices") == [national, group] * 3
    expect(states.nth(2)).to_contain_text("1 speaker before you.")
    telephone.finds_nothing_wrong()


def test_the_page_in_the_room_is_installed_with_files_of_this_site_and_nothing_of_it_is_kept(visit, meeting):
    telephone = visit(viewport=NARROW)
    telephone.sign_in_as("rwa@missions.example")
    page = telephone.page
    page.goto(f"{telephone.site}now/")
    expect(page.get_by_label("Ring when ten, five and one")).not_to_be_checked()

    scope = page.evaluate("navigator.serviceWorker.ready.then(it => new URL(it.scope).pathname)")
    protocol = telephone.context.new_cdp_session(page)
    found = protocol.send("Page.getAppManifest")
    page.reload()

    assert scope == "/meetings/dialogue/now/"
    assert (found["errors"], json.loads(found["data"])["short_name"]) == ([], "In the room")
    assert [each["errorId"] for each in protocol.send("Page.getInstallabilityErrors")["installabilityErrors"]] == []
    assert page.evaluate("caches.keys()") == []
    telephone.finds_nothing_wrong()
    telephone.go_offline()
    with pytest.raises(Error):
        page.reload()
