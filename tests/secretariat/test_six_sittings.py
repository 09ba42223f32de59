"""193 entries on a list of six sittings, at the desk: the statements are those of a short list.  R-64"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialogue.models import Sitting
from tests.days import HOUR
from tests.factories import make_delegation, make_inscription, make_meeting
from tests.secretariat import pages
from tests.speakers.publishing.test_division import fill_more

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(at_the_desk):
    meeting = make_meeting()
    for number in range(4):
        begin = meeting.ends_at + (number + 1) * 12 * HOUR
        Sitting.objects.create(meeting=meeting, part="morning", starts_at=begin, ends_at=begin + 3 * HOUR)
    meeting.ends_at = begin + 3 * HOUR
    meeting.save()
    meeting.refresh_from_db()
    make_inscription(meeting, make_delegation("ONE"))
    return meeting


def test_list_board_and_plan_cost_twelve_statements_at_most(officer, meeting):
    board = "/secretariat/speakers/inscription/board/dialogue/"
    counts = []
    for count in (3, 189):
        fill_more(meeting, count)
        for address in (pages.list_page(meeting=meeting.pk), board, f"{board}plan/"):
            with CaptureQueriesContext(connection) as statements:
                assert officer.get(address).status_code == 200
            counts.append(len(statements))

    assert [late - early for early, late in zip(counts[:3], counts[3:], strict=True)] == [0, 0, 0]
    assert max(counts) <= 12
