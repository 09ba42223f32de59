"""A meeting of two days in a real browser: its pages, its receipt, its forecast, wide and narrow.  R-64"""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore

from speakers.delegations import access
from tests.browser.visitor import NARROW, WIDE
from tests.days import HOUR, make_programme, make_sittings
from tests.factories import make_delegation, make_focal_point, make_inscription

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATH = "meetings/dialogue/"


@pytest.fixture
def entry():
    """The last entry of a list of ten, whose turn is on the second day of next week's meeting."""
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
        ("floor", "The floor opens", first + 10 * HOUR),
        ("suspension", "The meeting is suspended", first + 18 * HOUR),
        ("resumption", "The meeting resumes", second + 10 * HOUR),
        ("closing", "Closing remarks", second + 17.5 * HOUR),
    )
    make_focal_point(make_delegation("A09"))
    made = [make_inscription(meeting, make_delegation(f"A{number:02}"), at=now) for number in range(10)]
    return made[-1]


@pytest.fixture
def session(entry):
    """The cookie of a delegation that is signed in."""
    kept = SessionStore()
    kept[access.ADDRESS] = entry.contact_email
    kept.save()
    return {"name": "sessionid", "value": kept.session_key}


@pytest.mark.parametrize(
    ("viewport", "colours"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]
)
def test_nothing_is_wrong_with_the_pages_of_two_days(visit, entry, session, viewport, colours):
    visitor = visit(viewport=viewport, color_scheme=colours)
    visitor.context.add_cookies([session | {"url": visitor.site}])

    for path in (PATH, f"{PATH}programme/", f"{PATH}speakers/inscribe/", entry.get_absolute_url().lstrip("/")):
        visitor.page.goto(visitor.site + path)

        visitor.finds_nothing_wrong()


@pytest.mark.parametrize("viewport", [WIDE, NARROW])
def test_nothing_is_wrong_with_the_forecast_of_two_days(visit, entry, live, viewport):
    visitor = visit(viewport=viewport)
    User.objects.create_superuser("officer", password="a long word of staff")
    visitor.page.goto(f"{visitor.site}secretariat/login/")
    visitor.page.get_by_label("Username").fill("officer")
    visitor.page.get_by_label("Password").fill("a long word of staff")
    visitor.page.get_by_role("button", name="Log in").click()

    board = "secretariat/speakers/inscription/board/dialogue/"
    for path in ("secretariat/", board, f"{PATH}floor/forecast/"):
        visitor.page.goto(visitor.site + path)

        visitor.finds_nothing_wrong()
