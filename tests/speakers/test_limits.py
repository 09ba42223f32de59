"""How long each may speak: by band, capacity and level, on each list by its own terms.  R-36 R-65"""

from datetime import timedelta

import pytest
from django.urls import reverse

import clock
from outbox.models import Message
from speakers import limits
from speakers.forecast import list_forecast
from speakers.models import Level, SpeakersList
from speakers.order.precedence import bare_order
from tests.factories import (
    OPEN,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_meeting,
    make_panel,
    signed_in,
    written,
)

MINUTE = timedelta(minutes=1)
OTHERS = "other observers and intergovernmental organizations"
# A minute and a half for observers, two and a half for a Vice-Minister of one, ten for a Head of State.
ROWS = [
    {"band": "observers", "level": "", "seconds": 90},
    {"band": "observers", "level": "VMIN", "seconds": 150},
    {"band": "", "level": "HOS", "seconds": 600},
    {"band": "", "level": "OTH", "seconds": 60},
]


def a_list(**terms):
    return SpeakersList(group_limit=5 * MINUTE, civil_society_limit=2 * MINUTE, limits=ROWS, **terms)


@pytest.mark.parametrize(
    ("band", "level", "seconds"),
    [
        ("member_states", "PR", 180),
        ("member_states", "HOS", 600),
        ("groups", "PR", 300),
        ("groups", "HOS", 600),
        ("observers", "PR", 90),
        ("observers", "VMIN", 150),
        ("observers", "HOS", 600),
        ("member_states", "VMIN", 180),
        ("civil_society", "OTH", 120),
        ("member_states", "OTH", 60),
    ],
)
def test_the_most_specific_limit_holds(band, level, seconds):
    assert limits.limit_for(a_list(), band, level) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("terms", "bands", "told"),
    [
        ({}, ["member_states"], ["Statements: up to three minutes."]),
        (
            {"group_limit": 5 * MINUTE},
            ["member_states"],
            ["In national capacity: up to three minutes.", "On behalf of a group: up to five minutes."],
        ),
        (
            {"limits": ROWS[:1]},
            ["member_states", "observers"],
            [
                "In national capacity, Member States: up to three minutes.",
                f"In national capacity, {OTHERS}: up to one minute and 30 seconds.",
                "On behalf of a group: up to three minutes.",
            ],
        ),
        (
            {"limits": ROWS[:3]},
            ["observers"],
            [
                "In national capacity: up to one minute and 30 seconds.",
                "On behalf of a group: up to three minutes.",
                "Head of State: up to 10 minutes.",
                f"Vice-Minister, {OTHERS}: up to two minutes and 30 seconds.",
            ],
        ),
    ],
)
def test_a_delegation_reads_the_limits_that_concern_it(terms, bands, told):
    levels = [Level(code="HOS", label="Head of State"), Level(code="VMIN", label="Vice-Minister"), Level(code="PR")]

    assert limits.told(SpeakersList(**terms), bands, levels) == told


def test_the_public_reads_the_limits_of_all():
    assert limits.told_to_all(a_list(), [Level(code="HOS", label="Head of State"), Level(code="PR")]) == [
        "In national capacity, Member States: up to three minutes.",
        f"In national capacity, {OTHERS}: up to one minute and 30 seconds.",
        "On behalf of a group: up to five minutes.",
        "Civil society: up to two minutes.",
        "Head of State: up to 10 minutes.",
    ]


@pytest.fixture
def meeting():
    meeting = make_meeting(group_limit=5 * MINUTE, limits=ROWS[:1])
    make_panel(meeting, national_limit=2 * MINUTE, limits=[{"band": "", "level": "HOS", "seconds": 240}])
    return meeting


def on_the_panel(meeting):
    return meeting.lists.get(slug="panel").meeting_at_hand


@pytest.fixture
def league():
    return make_delegation("LAS", "League", band="observers", category="organization")


@pytest.mark.django_db
def test_each_list_forecasts_by_its_own_limits(meeting, league):
    for of_list in (meeting, on_the_panel(meeting)):
        make_inscription(of_list, make_delegation("RWA"), "HOS")
        make_inscription(of_list, league)
        make_inscription(of_list, make_delegation("EGY"), capacity="group", group_name="Friends")

    lists = SpeakersList.objects.order_by("slug")
    forecasts = [list_forecast.forecast_list(each, bare_order(each), at=OPEN).forecast for each in lists]

    assert [[entry.limit / MINUTE for entry in each.entries] for each in forecasts] == [[5, 3, 1.5], [4, 2, 3]]


@pytest.mark.django_db
def test_the_form_the_receipt_and_the_mail_tell_whom_they_concern(meeting, league):
    make_focal_point(league)
    client = signed_in("las@missions.example")
    with clock.stopped(OPEN):
        form = client.get(reverse("speakers:inscribe", args=["dialogue"])).content.decode()
        on_panel = client.get(reverse("speakers:inscribe", args=["dialogue", "panel"])).content.decode()
        entry = make_inscription(meeting, league)
        receipt = client.get(entry.get_absolute_url()).content.decode()
        acknowledgement = written(Message.objects.get(kind="speakers.acknowledgement"))

    assert "In national capacity: up to one minute and 30 seconds." in form
    assert "On behalf of a group: up to five minutes." in form
    assert "HOS: up to four minutes." in on_panel
    assert "In national capacity: up to two minutes." in on_panel
    assert "up to one minute and 30 seconds" in receipt
    assert "Length of the statement: up to one minute and 30 seconds" in acknowledgement.body
