"""The secretariat's most used pages, in a real browser: axe finds nothing wrong, at both sizes."""

from datetime import UTC, datetime, timedelta

import pytest

from dialogue.models import Document, ProgrammePerson, ProgrammeSlot
from speakers.models import Inscription
from tests.browser.desk import sign_in
from tests.browser.visitor import NARROW, WIDE
from tests.factories import STAFF, make_delegation, make_focal_point, make_inscription, make_meeting, make_panel
from webhooks import signing, subscribing
from webhooks.models import Webhook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize(("viewport", "colours"), [(WIDE, "light"), (NARROW, "dark")])


@pytest.fixture
def meeting():
    """A meeting with something on each of its pages."""
    now = datetime.now(UTC).replace(microsecond=0)
    starts_at = now + timedelta(days=8)
    meeting = make_meeting(
        opens_at=now - timedelta(days=3),
        closes_at=now + timedelta(days=3),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=8),
    )
    Document.objects.create(meeting=meeting, symbol="A/RES/60/1", title="Outcome")
    slot = ProgrammeSlot.objects.create(
        meeting=meeting, position=1, kind="opening", title="Opening", starts_at=starts_at
    )
    ProgrammePerson.objects.create(slot=slot, name="The President")
    make_focal_point(make_delegation("GHA", "Ghana"))
    for code, name, is_verified in [("GHA", "Ghana", True), ("JPN", "Japan", True), ("KEN", "Kenya", False)]:
        make_inscription(meeting, make_delegation(code, name), at=now - timedelta(days=1), is_verified=is_verified)
    return meeting


@pytest.fixture
def webhook(meeting):
    """One that failed, of a meeting with two lists."""
    make_panel(meeting)
    webhook = Webhook(meeting=meeting, name="Screens of the hall", url="https://receiver.example/")
    subscribing.add(webhook, by=STAFF, at=meeting.speakers_list.opens_at)
    subscribing.give_secret(webhook, signing.new_half(), by=STAFF, at=meeting.speakers_list.opens_at)
    webhook.cursors.update(attempts=3, last_error="It did not answer in time.")
    return webhook


def addresses(meeting):
    """The front page, lists and pages of the secretariat."""
    entry = Inscription.objects.order_by("receipt_no").first()
    return [
        "",
        f"dialogue/meeting/{meeting.pk}/change/",
        "dialogue/meeting/add/",
        f"dialogue/programmeslot/{meeting.slots.get().pk}/change/",
        f"speakers/speakerslist/add/?meeting={meeting.pk}",
        "speakers/inscription/",
        f"speakers/inscription/{entry.pk}/change/",
        f"speakers/delegation/{entry.delegation_id}/change/",
        "speakers/delegation/",
        "journal/entry/",
        "outbox/message/",
    ]


@SIZES
def test_axe_finds_nothing_on_the_pages_of_the_secretariat(visit, site, meeting, viewport, colours):
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = sign_in(visitor, site)
    objections = []

    for address in addresses(meeting):
        page.goto(f"{site}secretariat/{address}")
        try:
            visitor.finds_nothing_wrong()
        except AssertionError as problem:
            objections.append(str(problem).splitlines()[0])

    assert objections == []


@SIZES
def test_axe_finds_nothing_on_the_pages_of_webhooks(visit, site, settings, webhook, viewport, colours):
    settings.WEBHOOKS = True
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = sign_in(visitor, site)
    own = f"{webhook.pk}/"
    objections = []

    for address in ["", "add/", f"{own}change/", *(f"{own}acts/{name}/" for name in ("secret", "again", "replay"))]:
        answer = page.goto(f"{site}secretariat/webhooks/webhook/{address}")
        assert answer.status == 200, address
        try:
            visitor.finds_nothing_wrong()
        except AssertionError as problem:
            objections.append(f"{address}: {str(problem).splitlines()[0]}")

    assert objections == []


def test_names_in_arabic_and_chinese_are_shown_in_fonts_of_this_site(visit, site):
    """Even on a machine without such fonts; subsets that a page does not need are not fetched."""
    meeting = make_meeting()
    for code, name in [("CHN", "李保东"), ("EGY", "عمرو أبو العطا"), ("RWA", "Valentine Rugwabiza")]:
        make_inscription(meeting, make_delegation(code), speaker_name=name)
    page = sign_in(visit(viewport=WIDE), site, to="/secretariat/speakers/inscription/")

    used = page.evaluate(
        """async () => {
            await document.fonts.ready;
            return [...document.fonts].filter(each => each.status === "loaded").map(each => each.family);
        }"""
    )

    families = [name.strip('"') for name in used]
    assert {"Noto Sans SC", "Noto Sans Arabic", "Noto Sans"} <= set(families)
    assert families.count("Noto Sans SC") <= 6


def test_on_a_phone_folded_languages_leave_no_room_empty(visit, site):
    page = sign_in(visit(viewport=NARROW), site, to=f"/secretariat/dialogue/meeting/{make_meeting().pk}/change/")
    page.locator("details.part > summary", has_text="The meeting").click()

    text, folded = (page.locator(f"#id_title{part}").bounding_box() for part in ("", " details"))

    assert text["y"] + text["height"] <= folded["y"] + folded["height"] + 8
