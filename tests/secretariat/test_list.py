"""The list of speakers as staff see it: in speaking order, in words, in few statements.  R-01"""

import re
from datetime import timedelta
from functools import partial
from html import unescape
from urllib.parse import urlencode, urljoin

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from speakers.entries import withdrawing
from speakers.moves import pinning
from tests import factories
from tests.calls import calls_of_a_row
from tests.factories import OPEN, STAFF
from tests.secretariat import pages

FRIENDS = "Ghana for Group of Friends"


@pytest.fixture
def meeting(db):
    return factories.make_meeting()


def inscribe(meeting, name, level="PR", **changes):
    delegation = factories.make_delegation(name.upper().replace(" ", "")[:12], name)
    return factories.make_inscription(meeting, delegation, level, **changes)


def fill(meeting, count):
    """Inscribe until `count` entries stand, of delegations that are numbered."""
    for number in range(meeting.speakers_list.inscriptions.count(), count):
        inscribe(meeting, f"State {number:03d}", ["PR", "HOS", "MFA"][number % 3])


def test_the_list_stands_in_speaking_order_and_is_numbered_by_place(officer, meeting):
    inscribe(meeting, "Ghana", "PR")
    inscribe(meeting, "Uruguay", "HOS")
    inscribe(meeting, "Japan", "MFA")

    page = officer.get(pages.list_page())

    assert pages.cells(page, "delegation_name") == ["Uruguay", "Japan", "Ghana"]
    assert pages.cells(page, "place") == ["1", "2", "3"]
    assert pages.cells(page, "receipt") == ["2", "3", "1"]


def test_an_unverified_entry_stands_after_the_list_and_has_no_place(officer, meeting):
    inscribe(meeting, "Ghana", "HOS", is_verified=False)
    inscribe(meeting, "Japan", "PR")

    page = officer.get(pages.list_page())

    assert pages.cells(page, "delegation_name") == ["Japan", "Ghana"]
    assert pages.cells(page, "place") == ["1", "–"]
    assert pages.cells(page, "marks") == ["", "unverified"]


def test_marks_are_words(officer, meeting):
    first = inscribe(meeting, "Ghana")
    second = inscribe(meeting, "Japan", speaker_name="")
    pinning.pin(second, before=first, reason="Agreed in the room", by=STAFF, at=OPEN)

    page = officer.get(pages.list_page())

    assert pages.cells(page, "marks") == ["pinned", ""]
    assert pages.cells(page, "speaker")[0] == "to be confirmed"


def test_moments_stand_in_the_zone_of_the_meeting_which_is_named(officer, meeting):
    inscribe(meeting, "Ghana", at=OPEN)

    page = officer.get(pages.list_page())

    assert pages.cells(page, "arrived") == ["31 Aug, 1:00 p.m."]
    assert "Arrived (New York time)" in pages.text(page)


def test_the_year_stands_with_a_moment_only_if_it_is_none_of_the_meetings(officer, meeting):
    inscribe(meeting, "Ghana")
    meeting.starts_at, meeting.ends_at = (each + timedelta(days=365) for each in (meeting.starts_at, meeting.ends_at))
    meeting.save()

    assert pages.cells(officer.get(pages.list_page()), "arrived") == ["31 Aug 2016, 1:00 p.m."]


@pytest.mark.parametrize(
    ("sorted_by", "found"),
    [
        ("place", ["Uruguay", "Japan", "Ghana", "Åland"]),
        ("-place", ["Åland", "Ghana", "Japan", "Uruguay"]),
        ("delegation", ["Åland", "Ghana", "Japan", "Uruguay"]),
        ("-delegation", ["Uruguay", "Japan", "Ghana", "Åland"]),
        ("receipt", ["Ghana", "Uruguay", "Åland", "Japan"]),
        ("level", ["Uruguay", "Japan", "Ghana", "Åland"]),
        ("speaker", ["Ghana", "Uruguay", "Åland", "Japan"]),
        ("marks", ["Åland", "Uruguay", "Japan", "Ghana"]),
        ("nonsense", ["Uruguay", "Japan", "Ghana", "Åland"]),
        ("1", ["Uruguay", "Japan", "Ghana", "Åland"]),
    ],
)
def test_the_list_is_sorted_by_any_column_and_each_row_keeps_its_place(officer, meeting, sorted_by, found):
    places = {"Uruguay": "1", "Japan": "2", "Ghana": "3", "Åland": "–"}
    for name, level, facts in [
        ("Ghana", "PR", {"speaker_name": "Ama"}),
        ("Uruguay", "HOS", {"speaker_name": "Élise"}),
        ("Åland", "PR", {"speaker_name": "Olof", "is_verified": False}),
        ("Japan", "MFA", {"speaker_name": ""}),
    ]:
        inscribe(meeting, name, level, **facts)

    page = officer.get(pages.list_page(o=sorted_by))

    assert pages.cells(page, "delegation_name") == found
    assert pages.cells(page, "place") == [places[name] for name in found]


def test_the_heading_says_how_the_list_is_sorted_and_turns_it_round(officer, meeting):
    inscribe(meeting, "Ghana")

    first, sorted_once = (officer.get(pages.list_page(**chosen)).content.decode() for chosen in ({}, {"o": "level"}))

    assert re.findall(r'column-(\w+) sorted" aria-sort="(\w+)"', first) == [("place", "ascending")]
    assert re.findall(r'column-(\w+) sorted" aria-sort="(\w+)"', sorted_once) == [("level", "ascending")]
    assert 'href="?o=-level"' in sorted_once
    assert 'href="?o=place"' in sorted_once


def test_withdrawn_entries_are_found_by_their_filter_alone(officer, meeting):
    gone = inscribe(meeting, "Ghana")
    inscribe(meeting, "Japan")
    withdrawing.withdraw(gone, by=STAFF, at=OPEN)

    assert pages.cells(officer.get(pages.list_page()), "delegation_name") == ["Japan"]
    assert pages.cells(officer.get(pages.list_page(state="withdrawn")), "delegation_name") == ["Ghana"]
    assert pages.cells(officer.get(pages.list_page(state="any")), "delegation_name") == ["Japan", "Ghana"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "japan"}, ["Japan"]),
        ({"q": "3"}, [FRIENDS]),
        ({"q": "friends"}, [FRIENDS]),
        ({"mark": "unconfirmed"}, ["Japan"]),
        ({"capacity": "group"}, [FRIENDS]),
        ({"band": "groups"}, [FRIENDS]),
        ({"band": "member_states"}, ["Japan", "Uruguay"]),
        ({"level": "MFA"}, ["Japan"]),
        ({"region": "african"}, []),
        ({"state": "unverified"}, []),
    ],
)
def test_filters_and_search_keep_the_order_and_the_places(officer, meeting, query, found):
    inscribe(meeting, "Uruguay")
    inscribe(meeting, "Japan", "MFA", speaker_name="")
    inscribe(meeting, "Ghana", capacity="group", group_name="Group of Friends")
    places = {FRIENDS: "1", "Japan": "2", "Uruguay": "3"}

    page = officer.get(pages.list_page(**query))

    assert pages.cells(page, "delegation_name") == found
    assert pages.cells(page, "place") == [places[name] for name in found]


def test_the_list_of_the_next_meeting_is_shown_unless_another_is_chosen(officer, meeting):
    later = factories.make_meeting(
        "later",
        starts_at=meeting.starts_at + timedelta(days=9),
        ends_at=meeting.ends_at + timedelta(days=9),
    )
    inscribe(meeting, "Ghana")
    inscribe(later, "Japan")

    assert pages.cells(officer.get(pages.list_page()), "delegation_name") == ["Ghana"]
    assert pages.cells(officer.get(pages.list_page(meeting=later.pk)), "delegation_name") == ["Japan"]


def test_without_a_meeting_the_page_says_so(officer):
    assert "No meeting yet" in pages.text(officer.get(pages.list_page()))


@pytest.mark.parametrize("nonsense", ["meeting=x", "meeting=999", "p=99", "p=x", "state=x", "level=x", "o=7", "all="])
def test_a_nonsense_address_still_shows_a_list(officer, meeting, nonsense):
    inscribe(meeting, "Ghana")

    page = officer.get(f"{pages.list_page()}?{nonsense}")

    assert page.status_code == 200


@pytest.mark.parametrize("query", [{}, {"q": "state"}])
def test_the_list_costs_the_same_few_statements_at_any_length(officer, meeting, query):
    counts = []
    for rows in [1, 3, 200]:
        fill(meeting, rows)
        with CaptureQueriesContext(connection) as statements:
            page = officer.get(pages.list_page(**query))
        counts.append(len(statements))

    assert len(pages.cells(page, "place")) == 200
    assert counts == [counts[0]] * 3
    assert counts[0] <= 12


def test_each_row_leads_to_its_entry_whose_page_leads_back_to_the_list_as_it_is(officer, meeting):
    entries = [inscribe(meeting, name) for name in ["Ghana", "Japan"]]
    address = pages.list_page(meeting=meeting.pk)

    shown = officer.get(address).content.decode()

    found = [
        urljoin(address, unescape(link))
        for link in re.findall(r'<th[^>]* class="field-delegation_name"><a href="(.*?)"', shown)
    ]
    kept = urlencode({"_changelist_filters": f"meeting={meeting.pk}"})
    assert found == [f"{pages.entry_page(entry)}?{kept}" for entry in entries]
    assert all(f'href="{address}"' in officer.get(link).content.decode() for link in found)


def test_each_box_names_its_entry(officer, meeting):
    entry = inscribe(meeting, "Ghana")

    page = officer.get(pages.list_page()).content.decode()

    assert f'name="_selected_action" value="{entry.pk}" class="action-select" aria-label="Choose: Ghana (1)"' in page


def test_a_row_is_shown_in_few_steps(officer, meeting):
    assert 0 < calls_of_a_row(lambda: officer.get(pages.list_page()), partial(fill, meeting)) < 450
