"""The front page of the secretariat: the forecast of each list, in words and as a plot, with few statements.  R-44"""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialogue.models import Contact, Meeting
from secretariat import attention
from speakers.admin.level import LevelAdmin
from speakers.delegations import code_limit
from speakers.models import Inscription, WrongCodes
from tests import factories
from tests.registration.factories import make_representative, make_ticketing
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
    assert "All can speak with this limit: 171 seconds. Suggested limit: 165 seconds." in shown


def test_the_front_page_costs_the_same_statements_at_any_length(reader):
    meeting, counts = factories.make_meeting(), []
    for rows in [1, 3]:
        fill(meeting, rows)
        with CaptureQueriesContext(connection) as statements:
            reader.get(FRONT)
        counts.append(len(statements))

    # Two of them read the rights of the member of staff, which a superuser needs not.
    assert counts[0] == counts[1] <= 12


@pytest.fixture
def make_many():
    """A function that makes so many meetings: with entries, a draw, tickets asked for, or data overdue."""

    def make(count):
        for number in range(Meeting.objects.count(), count):
            drawn = factories.make_meeting(f"drawn-{number}", policy="opening_window")
            fill(drawn, 2)
            make_representative(make_ticketing(drawn).meeting, "confirmed")
            fill(factories.make_meeting(f"plain-{number}"), 2)
            past = factories.make_meeting(f"past-{number}")
            days = timedelta(days=500)
            past.starts_at, past.ends_at = past.starts_at - days, past.ends_at - days
            past.save()

    return make


def test_a_survey_costs_ten_statements_at_most_for_one_meeting_and_for_many(reader, at_the_desk, make_many):
    counts = []
    for number in [1, 20]:
        make_many(number)
        with CaptureQueriesContext(connection) as statements:
            blocks = attention.survey(at_the_desk)
        counts.append(len(statements))

    assert len([block for block in blocks if block.plot]) == attention.NEAREST
    assert len([line for block in blocks if block.heading == "Further lists" for line in block.lines]) >= 2 * 20
    assert any("overdue" in line.words or "erased" in line.words for block in blocks for line in block.lines)
    assert counts[0] == counts[1] <= 10


def test_of_further_lists_the_front_page_says_what_is_urgent_and_how_many_entries_there_are(reader):
    for number in range(attention.NEAREST):
        fill(factories.make_meeting(f"near-{number}"), 1)
    later = factories.make_meeting("later")
    later.starts_at, later.ends_at = (at + timedelta(days=1) for at in (later.starts_at, later.ends_at))
    later.save()
    fill(later, 2)
    before = pages.text(reader.get(FRONT))
    Inscription.objects.filter(speakers_list__meeting=later, receipt_no=1).update(state="unverified")

    page = reader.get(FRONT)

    assert "2 entries hold a place." in before
    assert "Further lists" in before
    assert f"{later}, Wednesday, 7 September 2016: 1 entry holds a place." in pages.text(page)
    assert f"Action needed: {later}, Wednesday, 7 September 2016: 1 entry waits to be verified." in pages.text(page)
    assert page.content.decode().count("<figure") == attention.NEAREST


def test_of_further_lists_the_front_page_says_what_they_and_their_meetings_lack(reader, at_the_desk):
    plenary = factories.make_meeting("first")
    for number in range(attention.NEAREST):
        factories.make_panel(plenary, f"panel-{number}", title={"en": f"Panel {number}"}, national_limit=timedelta(0))
    for slug, is_published in (("published", True), ("draft", False)):
        factories.make_meeting(slug, title={"en": f"The {slug}"}, is_published=is_published)
    Contact.objects.all().delete()
    later = Meeting.objects.exclude(pk=plenary.pk)
    later.update(ends_at=plenary.ends_at + timedelta(days=1), starts_at=plenary.starts_at + timedelta(days=1))

    lines = [
        line for block in attention.survey(at_the_desk) if block.heading == "Further lists" for line in block.lines
    ]
    lacks = {line.words.partition(": ")[0]: line.is_urgent for line in lines if "contact for inscription" in line.words}

    day = "Wednesday, 7 September 2016"
    assert lacks == {f"The published, {day}": True, f"The draft, {day}": False}
    [of_panel] = [line for line in lines if "limit" in line.words]
    assert "Panel 2" in of_panel.words
    assert reader.get(of_panel.address).status_code == 200


def test_all_staff_read_for_a_day_that_too_many_sign_in_codes_of_delegations_were_wrong(reader, at_the_desk):
    WrongCodes.objects.create(pk=code_limit.ONLY, began_at=at_the_desk, number=code_limit.MOST)
    before = pages.text(reader.get(FRONT))
    with pytest.raises(code_limit.CodesRefused):
        code_limit.count_code(at_the_desk)

    page = reader.get(FRONT)

    words = "Action needed: Too many wrong sign-in codes of delegations were entered in the last 24 hours (1×)"
    assert words in pages.text(page)
    assert "/secretariat/journal/entry/?q=sign-in+codes+refused" in page.content.decode()
    assert "sign-in codes" not in before


def test_the_foot_of_the_front_page_names_the_version(reader):
    assert f"Version {settings.VERSION} of the list of speakers" in pages.text(reader.get(FRONT))


def test_only_a_page_that_lists_the_others_works_out_which_may_be_opened(reader, monkeypatch):
    def ask(*_of):
        raise AssertionError("asked")

    monkeypatch.setattr(LevelAdmin, "has_module_permission", ask)

    assert reader.get(pages.list_page()).status_code == 200
    with pytest.raises(AssertionError, match="asked"):
        reader.get(FRONT)
