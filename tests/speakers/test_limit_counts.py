"""A limit that names a level costs a public page no fifth statement.  R-65"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import clock
from tests.days import words_of
from tests.factories import OPEN, make_level, make_meeting

pytestmark = pytest.mark.django_db
ROWS = [{"band": "", "level": "HOS", "seconds": 300}]
BEFORE, AFTER = timedelta(days=30), timedelta(days=10)


@pytest.fixture
def meeting():
    make_level("HOS")
    return make_meeting(limits=ROWS)


@pytest.mark.parametrize("path", ["", "speakers/", "programme/", "speakers.json"])
@pytest.mark.parametrize("passed", [-BEFORE, timedelta(0), AFTER], ids=["before it opens", "open", "after it"])
def test_each_page_costs_four_statements_at_most_before_and_after_the_opening(client, meeting, path, passed):
    with clock.stopped(OPEN + passed), CaptureQueriesContext(connection) as statements:
        answer = client.get(f"/meetings/dialogue/{path}")

    assert answer.status_code == 200
    assert len(statements) <= 4


def test_the_page_of_the_meeting_tells_the_limit_of_the_level_before_the_list_opens(client, meeting):
    with clock.stopped(OPEN - BEFORE):
        assert "HOS: up to five minutes." in words_of(client.get("/meetings/dialogue/"))
