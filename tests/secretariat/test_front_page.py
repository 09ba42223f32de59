"""The front page of the secretariat: the forecast of each list, in words and as a plot, with few statements.  R-44"""

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.secretariat import pages

FRONT = "/secretariat/"


def fill(meeting, count):
    for number in range(meeting.speakers_list.inscriptions.count(), count):
        factories.make_inscription(meeting, factories.make_delegation(f"S{number:03d}"))


def test_a_list_that_fits_says_so_and_asks_for_nothing(reader):
    fill(factories.make_meeting(), 3)

    page = reader.get(FRONT)

    assert "The time allows 85 statements: there is time for all 3 on the list." in pages.text(page)
    assert "Action needed: The time allows" not in pages.text(page)
    assert "<svg" in page.content.decode()


def test_a_list_that_is_too_long_needs_attention(reader):
    fill(factories.make_meeting(), 90)

    shown = pages.text(reader.get(FRONT))

    assert "Action needed: The time allows 85 of 90 statements: 5 are too many." in shown
    assert "With a limit of 171 seconds, all can speak; suggested limit: 165 seconds." in shown


def test_the_front_page_costs_the_same_statements_at_any_length(reader):
    meeting, counts = factories.make_meeting(), []
    for rows in [1, 3]:
        fill(meeting, rows)
        with CaptureQueriesContext(connection) as statements:
            reader.get(FRONT)
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 12


def test_the_foot_of_the_front_page_names_the_version(reader):
    assert f"Version {settings.VERSION} of the list of speakers" in pages.text(reader.get(FRONT))
