"""The ladder: from the receipt to the place, each step with its ground and the places it leaves.  R-22"""

import pytest
from django.template.loader import render_to_string

from speakers.models import Inscription
from speakers.moves import pinning
from speakers.order import precedence
from speakers.order.ladder import ladder
from tests.factories import OPEN, STAFF, change_order, make_delegation, make_inscription, make_meeting

pytestmark = pytest.mark.django_db


def rungs_of(code):
    entry = Inscription.objects.select_related("delegation", "level").get(delegation__code=code)
    places = precedence.bare_order(entry.speakers_list)
    return ladder(precedence.place_among(places, entry), places)


def told(code):
    return [(rung.code, rung.value, rung.first, rung.last) for rung in rungs_of(code)]


@pytest.fixture
def meeting():
    """A group, three ambassadors with a minister between them, and an observer: received in another order."""
    made = make_meeting()
    make_inscription(made, make_delegation("OBS", band="observer_states", category="observer_state"))
    for code, level in [("AAA", "PR"), ("MMM", "MFA"), ("BBB", "PR"), ("CCC", "PR")]:
        make_inscription(made, make_delegation(code), level)
    make_inscription(made, make_delegation("GGG"), capacity="group", group_name="African Group")
    return made


def test_each_step_leaves_fewer_places_and_the_last_one_its_own(meeting):
    assert told("BBB") == [
        ("receipt", "4", 1, 6),
        ("band", "Member States", 2, 5),
        ("class", "PR", 3, 5),
        ("place", "4", 4, 4),
    ]
    assert [rung.ground for rung in rungs_of("BBB")][1:3] == [
        ["Part of the list: Member States."],
        ["Level “PR”; among levels of equal standing, the order of receipt decides."],
    ]


def test_level_before_band_is_a_step_before_it(meeting):
    change_order(meeting.speakers_list, policy="customary_protocol", level_before_band=True, reason="High-level")

    assert [step[:1] + step[2:] for step in told("BBB")] == [
        ("receipt", 1, 6),
        ("class", 2, 5),
        ("band", 3, 5),
        ("place", 4, 4),
    ]


def test_in_order_of_receipt_no_level_is_a_step(meeting):
    change_order(meeting.speakers_list, policy="receipt_only", level_before_band=False, reason="As asked")

    assert [step[0] for step in told("BBB")] == ["receipt", "band", "place"]
    assert told("BBB")[1][2:] == (1, 6)


def test_a_pin_is_a_step_and_does_not_stretch_the_places_of_the_class(meeting):
    entries = {each.delegation.code: each for each in meeting.speakers_list.inscriptions.select_related("delegation")}
    pinning.pin(entries["CCC"], before=entries["GGG"], reason="Leaves early", seen=None, by=STAFF, at=OPEN)

    assert [step[0] for step in told("CCC")] == ["receipt", "band", "class", "pin", "place"]
    assert told("CCC")[2:] == [("class", "PR", 4, 5), ("pin", "", 0, 0), ("place", "1", 1, 1)]
    assert rungs_of("CCC")[3].ground == ["Placed by the secretariat before Ggg. Reason: Leaves early"]
    assert told("BBB")[1][2:] == (3, 5)


@pytest.mark.parametrize(("others", "times"), [([], 1), (["AAA"], 2)], ids=["alone", "second of two"])
def test_what_leaves_the_same_places_does_not_say_so_again(others, times):
    made = make_meeting()
    for code in [*others, "BBB"]:
        make_inscription(made, make_delegation(code))
    rungs = rungs_of("BBB")

    page = render_to_string("speakers/_ladder.html", {"rungs": rungs, "count": len(others) + 1})

    assert len(rungs) == 4
    assert page.count("rung-left-words") == page.count("<svg") == times
