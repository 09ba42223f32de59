"""The desk at the door in a real browser: scanner, camera, supervisor, and a network that goes away.  R-54 R-55

On every page: axe finds nothing wrong, the content security policy stops nothing, no request goes to another site.
"""

import hashlib
import io
import re
import time
from datetime import UTC, datetime, timedelta

import pytest
import segno
from django.contrib.auth.models import Permission, User
from django.test import Client
from PIL import Image
from playwright.sync_api import expect

from registration.door import scanning
from registration.models import Manifest, Scan, Settlement
from registration.requests import ending
from tests.browser.chromium import program
from tests.browser.conftest import ARGUMENTS
from tests.browser.visitor import NARROW, WIDE, Visitor
from tests.factories import STAFF, make_meeting
from tests.registration.factories import make_representative, make_request, make_ticketing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOWED_GREEN = re.compile(r"At \d{1,2}:\d\d [ap]\.m\., this device showed green for this voucher\. Without a network")
LOOKS = [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]


@pytest.fixture
def meeting(db):
    """A meeting that begins in an hour."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=9),
        closes_at=now - timedelta(days=5),
        starts_at=now + timedelta(hours=1),
        ends_at=now + timedelta(hours=9),
    )
    closing = {"closes_at": now - timedelta(days=2), "pass_closes_at": now}
    make_ticketing(meeting, opens_at=now - timedelta(days=9), **closing)
    return meeting


@pytest.fixture
def ada(meeting):
    request = make_request(meeting, "Centre for Peace")
    return make_representative(request=request, state="approved", first_name="Ada", last_name="Lovelace")


@pytest.fixture
def site(served, meeting):
    return f"{served.replace('127.0.0.1', 'localhost')}/meetings/{meeting.slug}/hand-over/"


@pytest.fixture
def come(visit, site):
    """A member of staff with the permissions `may`, signed in at the desk called `name`."""

    def _come(name="Desk 1", may=("scan_voucher",), visitor=None, **context):
        user, _is_new = User.objects.get_or_create(username=name.lower().replace(" ", "-"), is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=may))
        client = Client()
        client.force_login(user)
        visitor = visitor or visit(**context)
        visitor.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        visitor.page.goto(site)
        visitor.page.get_by_label("Name of this desk").fill(name)
        visitor.page.get_by_label("Scan the voucher").focus()
        return visitor

    return _come


def code_of(person):
    return person.vouchers.get().code


def scan(visitor, code):
    """Act as a hand scanner: type, wherever the focus is, and end with Enter."""
    visitor.page.keyboard.type(code)
    visitor.page.keyboard.press("Enter")


def verdict(visitor):
    return visitor.page.locator(".verdict")


def state(visitor):
    return visitor.page.locator("[data-state]")


def count(visitor, name):
    return visitor.page.locator(f"[data-count={name}]")


def until(visitor, script, seconds=15):
    """Wait until `script` is true on the page; the page's own policy forbids the browser's way of waiting."""
    end = time.monotonic() + seconds
    while not visitor.page.evaluate(script):
        assert time.monotonic() < end, f"gave up waiting for {script}"
        visitor.page.wait_for_timeout(100)


def until_the_list_is_here(visitor):
    until(visitor, "Object.keys(localStorage).some((name) => name.endsWith(':list'))")


@pytest.mark.parametrize(("viewport", "colours"), LOOKS)
def test_a_hand_scanner_is_answered_green_amber_and_red(come, ada, viewport, colours):
    visitor = come(viewport=viewport, color_scheme=colours)
    visitor.finds_nothing_wrong()
    expect(visitor.page.locator(".seat-expected")).to_have_count(1)

    scan(visitor, code_of(ada))
    expect(verdict(visitor)).to_contain_text("Hand the ticket over")
    expect(verdict(visitor)).to_contain_text("Ada Lovelace")
    expect(count(visitor, "arrived")).to_have_text("1")
    expect(visitor.page.locator(".seat-inside")).to_have_count(1)
    expect(visitor.page.locator(".seat-free")).to_have_count(39)
    visitor.finds_nothing_wrong()

    scan(visitor, code_of(ada))
    expect(verdict(visitor)).to_contain_text("Stop: already used")
    expect(verdict(visitor)).to_contain_text("Desk 1, by desk-1.")
    visitor.finds_nothing_wrong()

    scan(visitor, "something else")
    expect(verdict(visitor)).to_contain_text("Refuse: unknown code")
    visitor.finds_nothing_wrong()
    assert Scan.objects.count() == 3


def test_the_field_regains_the_focus_after_any_touch(come, ada):
    visitor = come(viewport=NARROW)

    visitor.page.get_by_role("heading", level=1).click()
    visitor.page.get_by_text("Going out", exact=True).click()
    scan(visitor, code_of(ada))

    expect(verdict(visitor)).to_contain_text("Stop: no ticket yet")
    expect(visitor.page.get_by_label("Scan the voucher")).to_be_focused()


def test_without_any_script_each_scan_is_a_form(come, ada):
    visitor = come(viewport=NARROW, java_script_enabled=False)
    page = visitor.page

    page.get_by_label("Scan the voucher").fill(code_of(ada))
    page.get_by_role("button", name="Scan", exact=True).click()

    expect(verdict(visitor)).to_contain_text("Hand the ticket over")
    expect(page.get_by_label("Name of this desk")).to_have_value("Desk 1")
    page.get_by_label("Scan the voucher").fill(code_of(ada))
    page.get_by_label("Scan the voucher").press("Enter")
    expect(verdict(visitor)).to_contain_text("Stop: already used")


def test_without_a_network_the_signed_list_decides_and_the_scans_follow_when_it_is_back(come, ada, meeting):
    gone = make_representative(meeting, "approved", first_name="Grace", last_name="Hopper")
    code = code_of(gone)
    ending.cancel(gone, by=STAFF, at=meeting.starts_at - timedelta(hours=2))
    visitor = come(viewport=NARROW)
    until_the_list_is_here(visitor)

    visitor.go_offline()
    scan(visitor, code_of(ada))
    expect(verdict(visitor)).to_contain_text("Hand the ticket over")
    expect(verdict(visitor)).to_contain_text("Ada Lovelace")
    expect(verdict(visitor)).to_contain_text("Without a network")
    expect(state(visitor)).to_contain_text("No network.")
    expect(state(visitor)).to_contain_text("kept on this device until the network is back: 1.")
    visitor.finds_nothing_wrong()
    scan(visitor, code_of(ada))
    expect(verdict(visitor)).to_contain_text(SHOWED_GREEN)
    scan(visitor, code)
    expect(verdict(visitor)).to_contain_text("Refuse: revoked")
    scan(visitor, "0" * 40)
    expect(verdict(visitor)).to_contain_text("Refuse: not on the list")
    assert Scan.objects.count() == 0

    visitor.go_online()
    expect(state(visitor)).to_contain_text("Scans synchronized: 4.")
    expect(count(visitor, "arrived")).to_have_text("1")

    stored = Scan.objects.order_by("pk").values_list("outcome", "told", "is_offline")
    assert list(stored) == [
        ("handed_over", "green", True),
        ("already", "amber", True),
        ("revoked", "red", True),
        ("unknown", "red", True),
    ]
    assert all(row.device_at < row.scanned_at for row in Scan.objects.all())


@pytest.mark.smoke
def test_what_two_desks_let_in_without_a_network_is_shown_on_both(come, ada):
    first, second = come("Desk 1", viewport=NARROW), come("Desk 2", viewport=NARROW)
    for visitor in (first, second):
        until_the_list_is_here(visitor)
        visitor.go_offline()
        scan(visitor, code_of(ada))
        expect(verdict(visitor)).to_contain_text("Hand the ticket over")

    first.go_online()
    expect(state(first)).to_contain_text("Scans synchronized: 1.")
    second.go_online()
    expect(state(second)).to_contain_text("To be cleared up, see below: 1.")

    for visitor in (first, second):
        conflicts = visitor.page.locator("[data-conflicts]")
        expect(conflicts).to_contain_text("Ada Lovelace Stop: already used.", timeout=15000)
        expect(conflicts).to_contain_text("Desk 1, by desk-1")
        expect(conflicts).to_contain_text("Desk 2, by desk-2")
        visitor.finds_nothing_wrong()


def test_the_page_is_loaded_again_without_a_network_and_still_knows_what_it_did(come, ada, site):
    visitor = come(viewport=NARROW)
    until_the_list_is_here(visitor)
    kept = "async () => (await (await caches.open('hand-over')).keys()).some((each) => each.url.includes('jsQR'))"
    until(visitor, kept)

    visitor.go_offline()
    visitor.page.reload()
    scan(visitor, code_of(ada))
    expect(verdict(visitor)).to_contain_text("Ada Lovelace")
    visitor.page.reload()
    scan(visitor, code_of(ada))

    expect(verdict(visitor)).to_contain_text(SHOWED_GREEN)
    expect(state(visitor)).to_contain_text("kept on this device until the network is back: 2.")


@pytest.mark.parametrize("change", ["text", "signature"])
def test_a_list_changed_on_the_device_is_not_trusted(come, ada, change):
    visitor = come(viewport=NARROW)
    until_the_list_is_here(visitor)
    visitor.page.evaluate(
        """(change) => {
            const place = Object.keys(localStorage).find((name) => name.endsWith(":list"));
            const list = JSON.parse(localStorage.getItem(place));
            list[change] = change === "text" ? list.text.replace("handed_over", "came_back") : btoa("0".repeat(64));
            localStorage.setItem(place, JSON.stringify(list));
        }""",
        change,
    )
    visitor.page.route("**/list.json", lambda route: route.abort())
    visitor.page.reload()

    visitor.go_offline()
    scan(visitor, code_of(ada))

    expect(verdict(visitor)).to_contain_text("Stop: cannot be checked")


def test_an_operator_who_is_signed_out_is_warned_and_loses_no_scan(come, ada):
    visitor = come(viewport=NARROW)
    until_the_list_is_here(visitor)
    visitor.context.clear_cookies(name="sessionid")

    scan(visitor, code_of(ada))

    expect(state(visitor)).to_contain_text("You are signed out.")
    expect(verdict(visitor)).to_contain_text("Hand the ticket over")
    assert visitor.page.evaluate("import('/static/js/hand-over-queue.js').then(({ queue }) => queue.all().length)") == 1


def test_signing_out_waits_for_scans_and_then_leaves_nothing_on_the_device(come, ada):
    visitor = come(viewport=NARROW)
    until_the_list_is_here(visitor)
    visitor.go_offline()
    scan(visitor, code_of(ada))
    expect(verdict(visitor)).to_contain_text("Ada Lovelace")
    visitor.page.get_by_role("button", name="Sign out").click()
    expect(verdict(visitor)).to_contain_text("Not signed out: scans on this device are not synchronized yet: 1")

    visitor.go_online()
    expect(state(visitor)).to_contain_text("Scans synchronized: 1.")
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.page.wait_for_url("**/login/**")

    assert visitor.page.evaluate("Object.keys(localStorage).filter((name) => /:(list|done|waiting)$/.test(name))") == [
        "desk:dialogue:waiting"
    ]
    assert visitor.page.evaluate("localStorage.getItem('desk:dialogue:waiting')") == "[]"


KEPT = "JSON.stringify(Object.entries(localStorage))"


def test_no_code_is_kept_on_the_device_neither_while_scans_wait_nor_afterwards(come, ada):
    visitor = come(viewport=NARROW)
    until_the_list_is_here(visitor)

    visitor.go_offline()
    scan(visitor, code_of(ada))
    expect(verdict(visitor)).to_contain_text("Ada Lovelace")
    scan(visitor, "P<UTOLOVELACE<<ADA<<<<")
    expect(verdict(visitor)).to_contain_text("Refuse: not on the list")
    waiting = visitor.page.evaluate(KEPT)
    visitor.go_online()
    expect(state(visitor)).to_contain_text("Scans synchronized: 2.")

    assert hashlib.sha256(code_of(ada).encode()).hexdigest() in waiting
    for kept in [waiting, visitor.page.evaluate(KEPT)]:
        assert code_of(ada) not in kept
        assert "LOVELACE" not in kept.upper()
    assert list(Scan.objects.order_by("pk").values_list("outcome", flat=True)) == ["handed_over", "unknown"]


def test_without_a_network_a_person_not_on_the_frozen_manifest_is_still_amber(come, ada, meeting):
    Manifest.objects.create(
        meeting=meeting, number=1, frozen_at=meeting.starts_at, added=1, withdrawn=0, sha256="0" * 64
    )
    passed = make_representative(meeting, "approved", has_grounds_pass=True, first_name="Grace", last_name="Hopper")
    visitor = come(viewport=NARROW)
    until_the_list_is_here(visitor)

    visitor.go_offline()
    scan(visitor, code_of(ada))
    expect(verdict(visitor)).to_contain_text("Stop: not on the manifest")
    expect(verdict(visitor)).to_contain_text("Ada Lovelace")
    scan(visitor, code_of(passed))
    expect(verdict(visitor)).to_contain_text("Hand the ticket over")
    visitor.go_online()
    expect(state(visitor)).to_contain_text("Scans synchronized: 2.")

    stored = Scan.objects.order_by("pk").values_list("outcome", "told")
    assert list(stored) == [("not_on_manifest", "amber"), ("handed_over", "green")]
    assert not Scan.objects.conflicts().exists()


def test_without_a_network_going_out_and_coming_back_is_judged_as_with_one(come, ada):
    visitor = come(viewport=NARROW)
    until_the_list_is_here(visitor)
    scan(visitor, code_of(ada))
    expect(count(visitor, "arrived")).to_have_text("1")

    visitor.go_offline()
    scan(visitor, code_of(ada))
    expect(verdict(visitor)).to_contain_text("Stop: already used")
    for mode, title in [
        ("Coming back", "Stop: already inside"),
        ("Going out", "Noted: went out"),
        ("Going out", "Stop: already went out"),
        ("Coming back", "Noted: came back"),
    ]:
        visitor.page.get_by_text(mode, exact=True).click()
        scan(visitor, code_of(ada))
        expect(verdict(visitor)).to_contain_text(title)
    visitor.go_online()
    expect(state(visitor)).to_contain_text("Scans synchronized: 5.")

    stored = Scan.objects.filter(is_offline=True).order_by("pk").values_list("outcome", flat=True)
    assert list(stored) == ["already", "is_inside", "went_out", "is_outside", "came_back"]


@pytest.fixture
def before_the_camera(chromium, site, tmp_path):
    """A browser whose camera sees the QR code of a text. Returns a function that makes a visitor with it."""
    browsers = []

    def _before(text, **context):
        film = tmp_path / "camera.y4m"
        film.write_bytes(filmed(text))
        seen = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
        arguments = [*ARGUMENTS, *seen, f"--use-file-for-fake-video-capture={film}"]
        browsers.append(chromium.browser_type.launch(executable_path=program(), args=arguments))
        return Visitor(browsers[-1], site, permissions=["camera"], **context)

    yield _before
    for browser in browsers:
        browser.close()


def filmed(text):
    """One picture of the QR code of `text` in the middle of a film, as Chromium's fake camera shows it."""
    drawn = io.BytesIO()
    segno.make_qr(text, error="q").save(drawn, kind="png", scale=8, border=4)
    code, picture = Image.open(drawn).convert("L"), Image.new("L", (640, 480), 200)
    picture.paste(code, ((640 - code.width) // 2, (480 - code.height) // 2))
    grey = bytes([128]) * (640 * 480 // 2)
    return b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\nFRAME\n" + picture.tobytes() + grey


def test_the_camera_of_a_telephone_reads_a_voucher_once(before_the_camera, come, ada, site):
    visitor = come(visitor=before_the_camera(code_of(ada), viewport=NARROW))

    visitor.page.get_by_role("button", name="Use the camera").click()

    expect(verdict(visitor)).to_contain_text("Ada Lovelace")
    visitor.page.wait_for_timeout(1000)
    assert Scan.objects.count() == 1
    visitor.finds_nothing_wrong()
    visitor.page.get_by_role("button", name="Stop the camera").click()
    expect(visitor.page.locator("video")).to_be_hidden()


@pytest.mark.parametrize("viewport", [WIDE, NARROW])
def test_a_supervisor_finds_a_person_by_name_and_hands_over(come, ada, viewport):
    visitor = come(may=("scan_voucher", "supervise_hand_over"), viewport=viewport)
    page = visitor.page

    page.get_by_label("Name or organization").fill("peace")
    page.get_by_role("button", name="Find").click()
    visitor.finds_nothing_wrong()
    page.get_by_role("button", name="Hand over to Ada Lovelace").click()

    expect(verdict(visitor)).to_contain_text("Hand the ticket over")
    visitor.finds_nothing_wrong()
    assert Scan.objects.get().desk == "Desk 1"


def walk_to(page, role, name):
    """Press Tab until the control of that `role` and `name` has the focus, as one without a mouse does."""
    control = page.get_by_role(role, name=name)
    for _step in range(60):
        page.keyboard.press("Tab")
        if control.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{name} is not reached by the keyboard")


@pytest.fixture
def supervisor(come, ada, meeting, viewport):
    """A supervisor at the desk, by the keyboard alone; Ada was let in twice, once without a network."""
    now = datetime.now(UTC)
    for nonce, told in [("first", {}), ("second", {"device_at": now, "told": "green"})]:
        attempt = scanning.Attempt(nonce=nonce, code=code_of(ada), desk="Desk 1", **told)
        scanning.scan(meeting, attempt, by=STAFF, at=now)
    return come("Supervisor", ("scan_voucher", "supervise_hand_over"), viewport=viewport, compares=True)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_supervisor_settles_a_conflict_with_a_word_by_the_keyboard(supervisor, viewport):
    page = supervisor.page
    conflicts = page.locator("[data-conflicts]")
    expect(conflicts).to_contain_text("Ada Lovelace")

    walk_to(page, "link", "Settle")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Settle a conflict")
    expect(page.get_by_role("main")).to_contain_text("Ada Lovelace")
    supervisor.finds_nothing_wrong()
    walk_to(page, "button", "Mark as settled")
    page.keyboard.press("Enter")
    word = page.get_by_label("How it was settled")
    expect(word).to_have_accessible_description(re.compile("Say in a word how it was settled."))
    supervisor.finds_nothing_wrong()
    walk_to(page, "textbox", "How it was settled")
    page.keyboard.type("Has the ticket, was scanned twice")
    page.keyboard.press("Enter")

    expect(page.locator("body")).to_contain_text("Settled. The scan and the word are kept.")
    expect(conflicts).to_be_hidden()
    supervisor.finds_nothing_wrong()
    assert Settlement.objects.get().word == "Has the ticket, was scanned twice"
    assert Scan.objects.count() == 2


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_supervisor_takes_a_hand_over_back_by_the_keyboard_and_the_ticket_is_handed_over_again(
    supervisor, ada, viewport
):
    page = supervisor.page
    walk_to(page, "textbox", "Name or organization")
    page.keyboard.type("lovelace")
    page.keyboard.press("Enter")

    walk_to(page, "link", "Take the hand-over to Ada Lovelace back")
    supervisor.finds_nothing_wrong()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Take a hand-over back")
    expect(page.get_by_role("main")).to_contain_text("The ticket was handed over")
    supervisor.finds_nothing_wrong()
    walk_to(page, "textbox", "Reason")
    page.keyboard.type("Given to another person")
    walk_to(page, "button", "Take the hand-over back")
    page.keyboard.press("Enter")

    expect(page.locator("body")).to_contain_text("Taken back: the ticket of Ada Lovelace can be handed over again.")
    supervisor.finds_nothing_wrong()
    scan(supervisor, code_of(ada))
    expect(verdict(supervisor)).to_contain_text("Hand the ticket over")
    assert list(Scan.objects.order_by("pk").values_list("outcome", flat=True)) == [
        *("handed_over", "already", "taken_back", "handed_over")
    ]
