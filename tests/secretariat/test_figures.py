"""The figures of a meeting: arrivals, the balance by regional group, tickets. Each picture counts as its table does."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from floor.models import Turn
from registration.models.representative import State
from registration.states import NEXT
from secretariat.figures import arrivals, bars, page, tickets
from speakers.entries import withdrawing
from speakers.models import Delegation, SpeakersList
from tests.factories import DEADLINE, OPEN, STAFF, make_delegation, make_inscription, make_meeting, make_panel
from tests.registration.factories import make_representative, make_ticketing
from tests.secretariat import pages

pytestmark = pytest.mark.django_db
PAGE = "/secretariat/meetings/dialogue/figures/"
REGIONS = {"RWA": "african", "KEN": "african", "GHA": "african", "FJI": "asia_pacific", "UKR": "eastern_european"}


@pytest.fixture
def meeting(at_the_desk):
    return make_meeting()


def delegation(code):
    made = make_delegation(code)
    Delegation.objects.filter(pk=made.pk).update(regional_group=REGIONS.get(code, "none"))
    return made


def deliver(entry, at):
    moments = {"began_at": at, "ended_at": at, "limit": timedelta(minutes=3)}
    Turn.objects.create(meeting=entry.meeting, inscription=entry, state="delivered", **moments)


def arrivals_of(meeting, arrived, **facts):
    facts = {"late_requests": 0, "late_entries": 0, "at": DEADLINE} | facts
    return arrivals.of_list(SpeakersList.objects.get(meeting=meeting, slug=""), arrived, **facts)


def balance_of(meeting):
    return page.of_lists(page.lists_of(meeting__slug=meeting.slug), OPEN)[0]["balance"]


def rows_of(meeting):
    found = balance_of(meeting)
    return {row.label: row for row in [*found.regions, *found.others, found.in_all]}


def test_each_arrival_is_in_one_range_and_the_deadline_itself_in_none(meeting):
    minute, hour, day = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
    instant = timedelta(microseconds=1)
    before = [instant, minute, hour, hour + instant, day, day + instant, 3 * day]

    found = arrivals_of(meeting, [DEADLINE - each for each in before] + [DEADLINE, DEADLINE + minute])

    days, hours, minutes = found.panels
    assert (days.total, hours.total, minutes.total, found.total) == (2, 2, 3, 7)
    assert [len(panel.spans) for panel in found.panels] == [10, 23, 60]
    assert (minutes.counts[-1], minutes.counts[0], hours.counts[-1], hours.counts[0]) == (2, 1, 1, 1)
    assert found.notes == ["2 entries arrived later, by a personal extension or through the secretariat."]
    assert found.end_in_words == "Up to the deadline, Thursday, 1 September 2016, 1:00 p.m. (New York time)."
    assert [panel.end_mark for panel in found.panels] == ["", "", "deadline"]


def test_the_table_and_the_bars_of_a_range_have_its_counts(meeting):
    days = arrivals_of(meeting, [DEADLINE - timedelta(days=each) for each in (2, 2, 5)]).panels[0]

    assert days.rows == [{"words": "Sat 27 Aug", "count": 1}, {"words": "Tue 30 Aug", "count": 2}]
    assert [bar["height"] for bar in days.bars] == [arrivals.TALL // 2, arrivals.TALL]


def test_a_list_that_the_chair_closes_runs_to_now_and_then_to_its_closing(meeting):
    of_list = SpeakersList.objects.get(meeting=meeting)
    of_list.closes_when_announced = True
    asked = {"late_requests": 0, "late_entries": 0}
    now = DEADLINE + timedelta(hours=2)

    running = arrivals.of_list(of_list, [DEADLINE], **asked, at=now)
    of_list.closed_at = DEADLINE + timedelta(hours=1)
    closed = arrivals.of_list(of_list, [DEADLINE], **asked, at=now)

    assert running.end_in_words.startswith("Up to now, Thursday, 1 September 2016, 3:00 p.m.")
    assert closed.end_in_words.startswith("Up to the closing, Thursday, 1 September 2016, 2:00 p.m.")
    assert (running.total, closed.total) == (1, 1)
    assert (running.panels[1].total, closed.panels[2].total) == (1, 1)


def test_a_list_open_for_half_an_hour_has_its_minutes_alone(meeting):
    of_list = SpeakersList.objects.get(meeting=meeting)
    of_list.opens_at = DEADLINE - timedelta(minutes=30)

    found = arrivals.of_list(of_list, [DEADLINE - timedelta(minutes=3)], late_requests=1, late_entries=2, at=DEADLINE)

    assert [len(panel.spans) for panel in found.panels] == [30]
    assert found.notes == ["1 late request.", "2 late entries without a request."]


def test_a_range_that_has_not_begun_is_not_shown(meeting):
    asked = [DEADLINE - timedelta(days=3)]

    early = arrivals_of(meeting, asked, at=DEADLINE - timedelta(days=2))
    late = arrivals_of(meeting, asked, at=DEADLINE - timedelta(hours=2))

    assert [panel.heading[:7] for panel in early.panels] == ["By day,"]
    assert [panel.heading[:7] for panel in late.panels] == ["By day,", "By hour"]


def test_in_arabic_pictures_run_from_the_right(meeting):
    asked = [DEADLINE - timedelta(minutes=59)]
    there, piece = arrivals_of(meeting, asked).panels[2].bars[0], bars.from_the_start({"whole": 1}, 4)[0]
    with translation.override("ar"):
        here, other = arrivals_of(meeting, asked).panels[2].bars[0], bars.from_the_start({"whole": 1}, 4)[0]

    assert here["x"] == arrivals.WIDTH - there["x"] - there["width"]
    assert (piece.x, other.x) == (0, bars.WIDTH - piece.width)


def test_the_balance_counts_entries_against_the_delegations_of_each_group_and_others_apart(meeting):
    rwanda, kenya, _fiji = (make_inscription(meeting, delegation(code)) for code in ("RWA", "KEN", "FJI"))
    delegation("GHA"), delegation("UKR")
    make_inscription(meeting, rwanda.delegation, capacity="group", group_name="Friends")
    make_inscription(meeting, make_delegation("VAT", band="observer_states", category="observer_state"))
    withdrawing.withdraw(kenya, by=STAFF, at=OPEN)
    deliver(rwanda, meeting.starts_at)

    rows = rows_of(meeting)

    shown = {label: (row.members, row.listed, row.share, row.spoken, row.withdrawn) for label, row in rows.items()}
    assert shown == {
        "African States": (3, 1, 33, 1, 1),
        "Asia-Pacific States": (1, 1, 100, 0, 0),
        "Eastern European States": (1, 0, 0, 0, 0),
        "Latin American and Caribbean States": (0, 0, None, 0, 0),
        "Western European and other States": (0, 0, None, 0, 0),
        "Observer States": (1, 1, 100, 0, 0),
        "On behalf of a group": (None, 1, None, 0, 0),
        "In all": (None, 4, None, 1, 1),
    }
    assert [(piece.kind, piece.width) for piece in rows["African States"].pieces] == [
        ("frame", 1000),
        ("whole", 333),
        ("part", 333),
    ]


def test_who_withdrew_and_stands_again_is_not_withdrawn_and_no_region_is_said(meeting):
    entry = make_inscription(meeting, delegation("XXX"))
    withdrawing.withdraw(entry, by=STAFF, at=OPEN)
    make_inscription(meeting, entry.delegation)

    row = rows_of(meeting)["Member States without a regional group"]

    assert (row.members, row.listed, row.withdrawn) == (1, 1, 0)
    assert balance_of(meeting).without_region == "1 Member State has no regional group on record."


def test_with_several_days_each_sitting_counts_who_spoke_in_it(meeting):
    meeting.ends_at += timedelta(days=1)
    meeting.save()
    first, second = meeting.sittings.order_by("starts_at")
    for code, at in (("RWA", first.starts_at), ("KEN", second.starts_at), ("GHA", second.starts_at)):
        entry = make_inscription(meeting, delegation(code))
        deliver(entry, at)

    assert rows_of(meeting)["African States"].of_sittings == [1, 2]


def test_the_funnel_counts_each_representative_once_at_each_step_and_all_states(meeting):
    make_ticketing(meeting, capacity=75)
    for count, state in enumerate(State.values, start=1):
        for _ in range(count):
            make_representative(meeting, state)

    found = tickets.of_meeting(meeting.pk)

    of_state = {state: count for count, state in enumerate(State.values, start=1)}
    asked = sum(of_state.values())
    assert [step.far for step in found.steps] == [
        asked,
        asked - of_state["submitted"] - of_state["expired"],
        sum(of_state[each] for each in ("approved", "on_manifest", "collected", "handed_over", "no_show")),
        sum(of_state[each] for each in ("on_manifest", "collected", "handed_over")),
        sum(of_state[each] for each in ("collected", "handed_over")),
        of_state["handed_over"],
    ]
    assert sum(step.now for step in [*found.steps, *found.beside]) == asked
    assert {*NEXT} == {State.SUBMITTED, State.CONFIRMED, *tickets.AFTER, *tickets.BESIDE}
    assert [row.label for row in found.regions] == ["No single State"]


def test_the_page_is_for_those_who_see_the_list_and_the_tickets(sign_in, meeting):
    make_ticketing(meeting)
    make_representative(meeting, "approved")
    make_inscription(meeting, delegation("RWA"))
    make_panel(meeting)

    lead = sign_in("Secretariat lead").get(PAGE)
    door = sign_in("Door")

    assert 'href="/secretariat/meetings/dialogue/figures/" aria-current="page"' in lead.content.decode()
    assert all(words in pages.text(lead) for words in ("Main list", "Panel", "African States", "Address confirmed"))
    assert door.get(PAGE).status_code == 403
    assert sign_in("Read only").get("/secretariat/meetings/other/figures/").status_code == 404


def test_a_panel_named_like_markup_stays_text(sign_in, meeting):
    make_panel(meeting, title={"en": "<script>alert(1)</script>"})

    assert "<script>alert(1)" not in sign_in("List officer").get(PAGE).content.decode()


def test_the_page_costs_as_many_statements_for_many_entries(sign_in, meeting):
    client = sign_in(None)
    make_ticketing(meeting)
    make_panel(meeting)
    counts = []
    for codes in (["RWA"], ["KEN", "GHA", "FJI", "UKR"]):
        for code in codes:
            make_inscription(meeting, delegation(code))
            make_representative(meeting, "approved")
        with CaptureQueriesContext(
            connection,
        ) as statements:
            client.get(PAGE)
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 12


def test_no_name_is_on_the_page(sign_in, meeting):
    make_ticketing(meeting)
    make_representative(meeting, "approved", first_name="Ada", last_name="Lovelace")
    make_inscription(meeting, delegation("RWA"), speaker_name="Jane Roe")
    shown = pages.text(sign_in(None).get(PAGE))

    assert not re.search("Lovelace|Jane Roe|@", shown)
