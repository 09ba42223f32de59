"""The panel about tickets on the page of a meeting, and what awaits the office on the front page.  R-46 R-53"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from registration.decisions import deciding
from secretariat import attention
from tests.factories import OPEN, STAFF, make_meeting
from tests.registration.factories import CLOSES, PASS_CLOSES, make_representative, make_ticketing

pytestmark = pytest.mark.django_db
BUTTON = "Request special event tickets"
PAGE = "/meetings/dialogue/"


def page(at, path=PAGE):
    with clock.stopped(at):
        return Client().get(path).content.decode()


def test_once_requests_have_opened_the_meeting_leads_to_them():
    terms = make_ticketing()

    before, after = page(terms.opens_at - timedelta(seconds=1)), page(terms.opens_at)

    assert BUTTON not in before
    assert f'href="{PAGE}tickets/"' in after
    assert "Without a grounds pass: until Thursday, 1 September 2016, 5:00 p.m. (New York time)." in after


def test_after_the_first_deadline_only_the_second_is_shown_and_after_it_no_button():
    make_ticketing()

    between, after = page(CLOSES), page(PASS_CLOSES)

    assert "Without a grounds pass" not in between
    assert BUTTON in between
    assert BUTTON not in after
    assert "Follow a request you have made" in after


def test_a_meeting_without_tickets_does_not_mention_them():
    make_meeting()

    assert "Tickets for civil society" not in page(OPEN)


def test_the_meeting_and_the_request_take_few_queries():
    make_ticketing()
    counts = {}
    for path in [PAGE, f"{PAGE}tickets/"]:
        with CaptureQueriesContext(connection) as statements:
            page(OPEN, path)
        counts[path] = len(statements)

    assert max(counts.values()) <= 4


def test_the_front_page_says_how_many_wait_for_a_decision_and_how_many_mails_are_held():
    meeting = make_ticketing().meeting
    for state in ["confirmed", "confirmed", "submitted"]:
        make_representative(meeting, state)
    deciding.approve(make_representative(meeting), by=STAFF, at=OPEN)

    lines = {line.words: line.is_urgent for block in attention.survey(OPEN) for line in block.lines}

    assert lines["Tickets: 2 representatives wait for a decision."]
    assert lines["Tickets: the mail of 1 decision is not released."]
    assert not lines["Tickets: 0 people are on the waiting list."]
