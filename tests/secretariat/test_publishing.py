"""Staff publish the list from the page of its meeting.  R-28"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from speakers.models import Revision
from speakers.publishing import revisions
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting
from tests.secretariat.pages import meeting_act, meeting_page, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("RWA", "Rwanda"))
    return meeting


@pytest.fixture
def page(meeting):
    return meeting_act(meeting, "publish-revision")


def test_an_officer_publishes_with_a_comment_and_is_led_to_the_public_page(officer, meeting, page):
    assert "Publish the list" in text(officer.get(meeting_page(meeting)))

    answer = officer.post(page, {"comment": "For the Journal."}, follow=True)

    revision = Revision.objects.get()
    assert (revision.number, revision.kind, revision.comment, revision.as_at) == (
        1,
        "published",
        "For the Journal.",
        OPEN,
    )
    assert "Revision 1 is published, and is never changed from now on. Open the revision" in text(answer)
    assert f'href="{revision.get_absolute_url()}"' in answer.content.decode()


def test_the_moment_is_entered_in_the_zone_of_the_meeting_and_refused_in_words_at_its_field(officer, meeting, page):
    earlier = {"as_at_0": "2016-08-31", "as_at_1": "12:59:59", "comment": "kept"}

    refused = officer.post(page, earlier)
    assert "The list was last changed on 31 August 2016, 1:00:00.000 p.m. (New York time)" in text(refused)
    assert "kept" in refused.content.decode()
    assert Revision.objects.count() == 0

    officer.post(page, earlier | {"as_at_1": "13:00:00"})
    assert Revision.objects.get().as_at == OPEN


def test_beside_the_form_stands_what_will_change(officer, meeting, page):
    revisions.publish(meeting.speakers_list, by=STAFF, at=OPEN)
    make_inscription(meeting, make_delegation("KEN", "Kenya"))

    shown = text(officer.get(page))

    assert "2 entries hold a place." in shown
    assert "What changes since revision 1 Added: Kenya, at place 2" in shown


def test_an_unchanged_list_is_published_only_when_asked_twice(officer, meeting, page):
    revisions.publish(meeting.speakers_list, by=STAFF, at=OPEN)

    asked = officer.post(page, {})
    assert "The list is the same as in the last revision." in text(asked)
    assert 'type="checkbox" name="confirmed"' in asked.content.decode()
    assert Revision.objects.count() == 1

    officer.post(page, {"confirmed": "on"})
    assert Revision.objects.count() == 2


def test_a_get_publishes_nothing(officer, page):
    officer.get(page)

    assert Revision.objects.count() == 0


def test_the_lead_may_publish_and_a_reader_may_not(lead, reader, meeting, page):
    assert "Publish the list" not in text(reader.get(meeting_page(meeting)))
    assert reader.post(page, {}).status_code == 403

    assert lead.post(page, {}).status_code == 302
    assert Revision.objects.count() == 1


def test_the_page_of_the_form_costs_the_same_however_long_the_list(officer, meeting, page):
    def counted():
        with CaptureQueriesContext(connection) as statements:
            officer.get(page)
        return len(statements)

    revisions.publish(meeting.speakers_list, by=STAFF, at=OPEN + timedelta(minutes=1))
    few = counted()
    for code in ["KEN", "GHA", "UGA"]:
        make_inscription(meeting, make_delegation(code))

    assert counted() == few
