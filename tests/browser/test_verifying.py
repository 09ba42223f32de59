"""The page of checks in a real browser, on the site and saved as one file, by the cases of the commands.  R-08 R-77"""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from speakers.moves import drawing
from speakers.publishing import revisions
from tests.browser.visitor import NARROW, WIDE
from tests.factories import STAFF, make_delegation, make_inscription, make_meeting
from tests.verifying import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CASES = json.loads(making.CASES.read_text())
STRANGE = next(case for case in CASES if case["name"] == "a receipt, its chain and a revision")
MINUTE = timedelta(minutes=1)
POLICY = re.compile(r"<meta http-equiv[^>]+>")


@pytest.fixture
def meeting():
    """A list that opened an hour ago, with a draw that was held and three entries, published twice."""
    opens_at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    dates = {"starts_at": opens_at + timedelta(days=8), "ends_at": opens_at + timedelta(days=8, hours=8)}
    meeting = make_meeting(policy="opening_window", opens_at=opens_at, closes_at=opens_at + timedelta(days=3), **dates)
    facts = {"window": 10 * MINUTE, "beacon": "The beacon of noon", "by": STAFF, "at": opens_at - MINUTE}
    drawing.commit(meeting.speakers_list, **facts)
    for code, name in [("GHA", "Ghana"), ("JPN", "日本"), ("EGY", "مصر")]:
        make_inscription(meeting, make_delegation(code, name), at=opens_at + MINUTE)
    at = opens_at + 20 * MINUTE
    revisions.publish(meeting.speakers_list, by=STAFF, at=at)
    drawing.enter_beacon(meeting.speakers_list, value="3f9a", source="https://beacon.example", by=STAFF, at=at)
    drawing.hold(meeting.speakers_list, by=STAFF, at=at)
    revisions.publish(meeting.speakers_list, by=STAFF, at=at + MINUTE)
    return meeting


@pytest.fixture
def saved(client, tmp_path):
    """The page saved as one file. Returns its path."""
    path = tmp_path / "verify.html"
    answer = client.get("/verify/verify.html")
    assert answer["Content-Disposition"] == 'attachment; filename="verify.html"'
    path.write_bytes(answer.content)
    return path


@pytest.fixture
def opened(chromium):
    """A function that opens a file in a browser without a network; what goes wrong in it is in `page.wrong`."""
    contexts = []

    def go(path, **context):
        contexts.append(chromium.new_context(offline=True, **context))
        page = contexts[-1].new_page()
        page.wrong = []
        page.on("console", lambda message: page.wrong.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: page.wrong.append(request.url) if request.url != path.as_uri() else None)
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield go
    for context in contexts:
        context.close()


def check(page, files, typed=""):
    """Give the page these `files` (texts by name) and what was noted; return its bad sentences and the names of all."""
    page.get_by_role("button", name="Start again").click()
    expect(page.locator("[data-results]")).to_be_hidden()
    page.get_by_label("A witness, a hash or a commitment").fill(typed)
    chosen = [{"name": name, "mimeType": "application/json", "buffer": text.encode()} for name, text in files.items()]
    page.get_by_label("Files to check").set_input_files(chosen)
    expect(page.locator("[data-summary]")).not_to_be_empty()
    bad = page.locator(".verify-mark--bad .verify-said").all_text_contents()
    names = page.locator(".verify-said").evaluate_all("each => each.map((one) => one.dataset.name)")
    return bad, set(names)


def differing(page):
    """The cases of which the page does not say what the commands say."""
    found = []
    for case in CASES:
        bad, names = check(page, case["files"], case["typed"])
        wrong = (
            [f"{name} cannot be checked: {case['why']}" for name in case["files"]] if case["why"] else case["problems"]
        )
        if sorted(bad) != sorted(wrong) or not names >= set(case["marks"]):
            found.append((case["name"], bad, names))
    return found


def test_the_page_on_the_site_says_what_the_commands_say(visit):
    visitor = visit(viewport=WIDE)
    visitor.page.goto(f"{visitor.site}verify/")

    assert differing(visitor.page) == []
    visitor.finds_nothing_wrong()


def test_the_saved_page_says_the_same_without_a_network(saved, opened):
    page = opened(saved)

    assert differing(page) == []
    assert page.wrong == []


def test_names_in_the_order_of_halves_of_characters_would_be_noticed(saved, opened):
    text = POLICY.sub("", saved.read_text())
    saved.write_text(text.replace(".sort(byCharacter)", ".sort()"))

    bad, _names = check(opened(saved), STRANGE["files"])

    assert bad == ["mine.json: the content is not the one that was recorded."]


def test_a_saved_page_that_was_changed_runs_nothing(saved, opened):
    saved.write_text(saved.read_text().replace('"bad"', '"good"'))

    page = opened(saved)

    expect(page.locator("[data-reader]")).to_be_hidden()
    assert "Content Security Policy" in page.wrong[0]


@pytest.mark.parametrize(("viewport", "colours"), [(WIDE, "light"), (NARROW, "dark")])
def test_what_the_site_hands_out_holds_in_the_saved_page(visit, meeting, saved, opened, viewport, colours):
    entry = meeting.speakers_list.inscriptions.order_by("receipt_no").first()
    visitor = visit(viewport=viewport, color_scheme=colours)
    visitor.sign_in_as(entry.filed_by_email)
    base = f"{visitor.site}meetings/dialogue/speakers"
    addresses = {
        "receipt.json": f"{base}/inscriptions/{entry.public_id}.json",
        "journal.json": f"{base}/journal.json",
        "1.json": f"{base}/revisions/1.json",
        "2.json": f"{base}/revisions/2.json",
        "draw.json": f"{base}/draw.json",
    }
    files = {name: visitor.context.request.get(address).text() for name, address in addresses.items()}
    page = opened(saved, viewport=viewport, color_scheme=colours)

    bad, names = check(page, files, f"  {entry.witness[:32].upper()}-{entry.witness[32:]} ")

    assert bad == []
    assert names >= {"receipt-in-chain", "receipt-on-revision", "revision-follows", "draw", "witness"}
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    visitor.page.goto(f"{visitor.site}verify/")
    assert check(visitor.page, files)[0] == []
    visitor.finds_nothing_wrong()


def test_files_are_dropped_and_the_witness_is_found_by_the_keyboard(visit, meeting):
    visitor = visit(viewport=NARROW)
    page = visitor.page
    page.goto(f"{visitor.site}verify/")
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.items.add(new File([text], "dropped.json"));
          document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", { dataTransfer: data }));
        }""",
        STRANGE["files"]["now.json"],
    )
    expect(page.get_by_role("status").first).to_contain_text("Nothing wrong was found.")
    visitor.finds_nothing_wrong()

    page.get_by_label("The witness on your receipt").focus()
    page.keyboard.type(meeting.speakers_list.inscriptions.first().witness)
    page.keyboard.press("Enter")

    expect(page.get_by_text("The witness stands in the public chain of")).to_be_visible()
    visitor.finds_nothing_wrong()


@pytest.mark.parametrize(("viewport", "colours"), [(WIDE, "dark"), (NARROW, "light")])
def test_nothing_is_wrong_with_the_page_that_says_how(visit, viewport, colours):
    visitor = visit(viewport=viewport, color_scheme=colours)

    visitor.page.goto(f"{visitor.site}how-to-check/")

    visitor.finds_nothing_wrong()
    assert len(visitor.page.get_by_role("main").inner_text().split()) <= 400
