"""The page of a meeting in a real browser: short to read, its lines moved by keys and by mouse, and copied."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from playwright.sync_api import expect

from dialogue.models import Meeting
from journal.actors import SYSTEM
from journal.models import Entry
from speakers import loading
from tests.browser.desk import sign_in
from tests.browser.visitor import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILE = settings.BASE_DIR / "dialogue/meetings/r2p-2016.toml"
TEMPLATE = settings.BASE_DIR / "dialogue/meetings/templates/debate-of-several-days.toml"
SIZES = pytest.mark.parametrize(
    ("viewport", "colours", "tallest"), [(WIDE, "light", 1300), (NARROW, "dark", 2200)], ids=["wide", "narrow"]
)


@pytest.fixture
def meeting():
    now = datetime.now(UTC)
    return loading.load(FILE, by=SYSTEM, at=now, slug="next", starts_on=(now + timedelta(days=40)).date()).meeting


def open_page(visitor, site, meeting, *parts):
    """The page of `meeting`, with these parts unfolded."""
    page = sign_in(visitor, site, to=f"/secretariat/dialogue/meeting/{meeting.pk}/change/")
    for name in parts:
        page.locator("details.part > summary", has_text=name).first.click()
    return page


def lines_on(page):
    """The title and the hour of each line, as the fields show them."""
    return page.evaluate(
        """() => [...document.querySelectorAll("#slots-group tr.form-row:not(.empty-form)")].map((row) => [
            row.querySelector(".field-title input").value,
            row.querySelector("[name$=starts_at_1]").value.slice(0, 5),
        ])"""
    )


def stored(meeting):
    lines = meeting.slots.order_by("position")
    return [
        [str(each.title), f"{each.starts_at.astimezone(meeting.zone):%H:%M}" if each.starts_at else ""]
        for each in lines
    ]


def save(page):
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".success")).to_be_visible()


@SIZES
def test_the_page_is_short_to_read_and_nothing_scrolls_sideways(visit, site, meeting, viewport, colours, tallest):
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = open_page(visitor, site, meeting)

    assert page.evaluate("document.documentElement.scrollHeight") <= tallest
    expect(page.get_by_role("navigation", name="Pages of this meeting").get_by_role("link")).to_have_count(8)
    page.evaluate("for (const part of document.querySelectorAll('details.part')) part.open = true")
    visitor.finds_nothing_wrong()
    wide = page.evaluate(
        """() => [...document.querySelectorAll(".tabular, html")]
            .filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.closest("[id]")?.id)"""
    )
    assert wide == []


def test_a_link_to_what_is_missing_unfolds_its_part(visit, site, meeting):
    meeting.contacts.all().delete()
    page = open_page(visit(viewport=WIDE), site, meeting)

    page.get_by_role("link", name="A contact for inscription is missing").click()

    expect(page.locator("#contacts-group")).to_be_visible()


def test_a_line_is_moved_by_keys_and_the_hours_follow_before_and_after_saving(visit, site, meeting):
    page = open_page(visit(viewport=WIDE), site, meeting, "Programme")
    before, entries = stored(meeting), Entry.objects.count()

    page.get_by_role("button", name="Move “Introductory remarks” down").focus()
    page.keyboard.press("Enter")

    after = [
        ["Opening remarks", "10:00"],
        ["Opening remarks", "10:10"],
        ["Interactive dialogue", ""],
        ["Remarks by panellists", "10:20"],
        ["Introductory remarks", "10:50"],
        *before[5:],
    ]
    assert lines_on(page) == after
    told = page.locator("[data-slots-news]")
    expect(told).to_have_text(
        "“Introductory remarks” is line 5 of 10, at 10:50. Lines with other hours: 2. Nothing is saved yet."
    )
    expect(page.get_by_role("button", name="Move “Introductory remarks” down")).to_be_focused()
    expect(page.get_by_text("was 10:20")).to_be_visible()
    assert stored(meeting) == before
    save(page)
    assert stored(meeting) == after
    assert Entry.objects.count() == entries + 1


def move_down(page, title, *, times=1):
    page.get_by_role("button", name=f"Move “{title}” down").focus()
    for _each in range(times):
        page.keyboard.press("Enter")


def test_the_end_of_a_line_goes_along_with_it(visit, site, meeting):
    line = meeting.slots.get(kind="introduction")
    meeting.slots.filter(pk=line.pk).update(ends_at=line.starts_at + timedelta(minutes=8))
    page = open_page(visit(viewport=WIDE), site, meeting, "Programme")

    move_down(page, "Introductory remarks")
    save(page)

    moved = meeting.slots.get(pk=line.pk)
    assert moved.starts_at - line.starts_at == timedelta(minutes=30)
    assert moved.ends_at - moved.starts_at == timedelta(minutes=8)


def test_what_is_held_in_another_room_keeps_its_hour(visit, site, meeting):
    Meeting.objects.update(has_several_rooms=True)
    line = meeting.slots.get(kind="introduction")
    facts = {"kind": "event", "title": {"en": "Briefing"}, "place": {"en": "Hall"}}
    begin = line.starts_at + timedelta(minutes=5)
    meeting.slots.create(position=line.position + 1, starts_at=begin, **facts)
    page = open_page(visit(viewport=WIDE), site, meeting, "Programme")

    move_down(page, "Introductory remarks", times=2)

    assert lines_on(page)[3:6] == [
        ["Briefing", "10:25"],
        ["Remarks by panellists", "10:20"],
        ["Introductory remarks", "10:50"],
    ]


def test_a_line_is_moved_by_mouse(visit, site, meeting):
    page = open_page(visit(viewport=WIDE), site, meeting, "Programme")
    grips = page.locator(".slot-grip")
    grips.nth(4).scroll_into_view_if_needed()
    grip, target = grips.nth(4).bounding_box(), grips.nth(0).bounding_box()

    page.mouse.move(grip["x"] + 8, grip["y"] + 8)
    page.mouse.down()
    page.mouse.move(grip["x"] + 8, grip["y"] - 20, steps=4)
    page.mouse.move(target["x"] + 8, target["y"] - 6, steps=12)
    page.mouse.up()

    expect(page.locator("[data-slots-news]")).to_contain_text("“Remarks by panellists” is line 1 of 10, at 10:00")
    assert lines_on(page)[:5] == [
        ["Remarks by panellists", "10:00"],
        ["Opening remarks", "10:30"],
        ["Opening remarks", "10:40"],
        ["Interactive dialogue", ""],
        ["Introductory remarks", "10:50"],
    ]
    save(page)
    assert stored(meeting)[0] == ["Remarks by panellists", "10:00"]


def test_the_opening_of_the_floor_follows_its_line(visit, site, meeting):
    page = open_page(visit(viewport=WIDE), site, meeting, "Programme")

    page.get_by_role("button", name="Move “Remarks by panellists” down").click()

    assert lines_on(page)[4:6] == [
        ["The floor opens: the moderator gives the floor to the list of speakers", ""],
        ["Remarks by panellists", "12:30"],
    ]
    expect(page.get_by_text("The floor opens at 10:30, was 11:00")).to_be_visible()
    save(page)
    meeting.refresh_from_db()
    assert f"{meeting.floor_opens_at.astimezone(meeting.zone):%H:%M}" == "10:30"


def test_a_line_that_goes_to_another_sitting_leaves_its_time_there(visit, site):
    now = datetime.now(UTC)
    new = loading.New(title={"en": "Debate"}, slug="debate", starts_on=(now + timedelta(days=60)).date())
    meeting = loading.make_from(TEMPLATE, new, by=SYSTEM, at=now)
    page = open_page(visit(viewport=NARROW), site, meeting, "Programme")

    for _time in range(3):  # over the list of speakers, the suspension, and the resumption
        page.get_by_role("button", name="Move “Opening remarks” down").click()

    assert lines_on(page)[:4] == [
        ["List of speakers", "10:00"],
        ["Suspension", "13:00"],
        ["Resumption", "15:00"],
        ["Opening remarks", "17:30"],
    ]


def test_what_would_overlap_is_refused_in_words_and_stays_typed(visit, site, meeting):
    page = open_page(visit(viewport=WIDE), site, meeting, "Programme")

    page.get_by_role("button", name="Move “Interactive dialogue concludes” up").click()
    page.get_by_role("button", name="Save and continue editing").click()

    expect(page.locator("#slots-group .errorlist").first).to_contain_text("overlaps with")
    assert lines_on(page)[9] == ["Interactive dialogue concludes", "18:00"]
    expect(page.locator("#slots-group")).to_be_visible()


def test_a_meeting_is_copied_without_anything_beside_it(visit, site, meeting):
    page = sign_in(visit(viewport=NARROW), site, to="/secretariat/dialogue/meeting/add/")

    page.get_by_role("link", name="Copy “").click()
    page.get_by_label("Short name in addresses").fill("next-year")
    page.get_by_label("First day").fill("2031-03-04")
    page.get_by_role("button", name="Copy this meeting").click()
    expect(page.get_by_text("Sitting 1: Tuesday, 4 March 2031, 10:00 a.m. (New York time)")).to_be_visible()
    assert not Meeting.objects.filter(slug="next-year").exists()
    page.get_by_label("I have read this and want it").check()
    page.get_by_role("button", name="Copy this meeting").click()

    expect(page.locator(".success")).to_contain_text("This is the copy, a draft.")
    copy = Meeting.objects.get(slug="next-year")
    assert [line for line, _hour in stored(copy)] == [line for line, _hour in stored(meeting)]
