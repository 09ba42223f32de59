"""The list by sitting, and the plan for staff, in a real browser, wide and narrow, light and dark.  R-64"""

from datetime import UTC, datetime, timedelta

import pytest

from speakers.models import Inscription
from speakers.moves import fixing
from tests.browser.desk import sign_in
from tests.browser.visitor import NARROW, WIDE
from tests.days import HOUR, fill, make_programme, make_sittings
from tests.factories import STAFF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST, PROGRAMME = "meetings/dialogue/speakers/", "meetings/dialogue/programme/"
PLAN = "secretariat/speakers/inscription/board/dialogue/plan/"
BOTH = pytest.mark.parametrize(
    ("viewport", "colours"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]
)


@pytest.fixture
def meeting():
    """Two days of next week: fourteen entries, two prefer the third sitting, and the first of them is fixed to it."""
    now = datetime.now(UTC)
    first = (now + timedelta(days=8)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    second = first + timedelta(days=1)
    hours = [
        (part, day + begin * HOUR, day + (begin + 3) * HOUR)
        for day in (first, second)
        for part, begin in (("morning", 10), ("afternoon", 15))
    ]
    terms = {"opens_at": now - timedelta(days=3), "closes_at": now + timedelta(days=3)}
    meeting = make_sittings(*hours, national_limit=timedelta(minutes=30), **terms)
    make_programme(
        meeting,
        ("floor", "List of speakers", first + 10 * HOUR),
        ("event", "Briefing for the press", first + 14 * HOUR),
    )
    meeting.slots.filter(kind="event").update(place={"en": "Conference Room 4"})
    one, other, *_others = fill(meeting, 14, at=now)
    third = meeting.hours[2]
    Inscription.objects.filter(pk__in=[one.pk, other.pk]).update(preferred_sitting=third.code)
    fixing.fix(one, sitting=third, reason="The Minister arrives in the night", by=STAFF, at=now)
    return meeting


@BOTH
def test_nothing_is_wrong_with_the_list_and_the_programme_by_sitting(visit, meeting, viewport, colours):
    visitor = visit(viewport=viewport, color_scheme=colours)

    for path in (LIST, PROGRAMME):
        visitor.page.goto(visitor.site + path)

        visitor.finds_nothing_wrong()


@BOTH
def test_nothing_is_wrong_with_the_plan_for_staff(visit, site, meeting, viewport, colours):
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = sign_in(visitor, site, to=f"/{PLAN}")
    entry = meeting.speakers_list.inscriptions.get(receipt_no=2)

    for path in (PLAN, f"secretariat/speakers/inscription/{entry.pk}/acts/fix-sitting/"):
        page.goto(site + path)

        visitor.finds_nothing_wrong()


def test_staff_fix_an_entry_from_the_plan(visit, site, meeting):
    page = sign_in(visit(viewport=WIDE), site, to=f"/{PLAN}")
    page.get_by_role("row", name="A02").get_by_role("link", name="Fix").click()
    page.get_by_label("Sitting").select_option(index=3)
    page.get_by_label("Reason").fill("Wants to hear the panel")
    page.locator("#content-main").get_by_role("button").click()
    page.wait_for_url("**/change/**")

    assert meeting.speakers_list.inscriptions.get(receipt_no=2).fixed_sitting == meeting.hours[2]
