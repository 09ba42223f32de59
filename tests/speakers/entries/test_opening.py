"""When a list opens, what decides its order is fixed: later changes elsewhere move no entry.  R-61"""

from datetime import timedelta

import pytest

from journal.models import Entry
from speakers.entries import opening
from speakers.entries.inscribing import InscriptionRefused
from speakers.models import DelegationPlace, Level, SpeakersList
from speakers.order.precedence import explain, speaking_order
from tests.factories import OPEN, make_delegation, make_inscription, make_level, make_meeting, order_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    for code in ("MFA", "PR"):
        make_level(code)
    return make_meeting()


def test_the_class_of_a_level_changed_later_moves_no_entry(meeting):
    make_inscription(meeting, make_delegation("AAA"), "MFA")
    make_inscription(meeting, make_delegation("BBB"), "PR")

    Level.objects.filter(code="PR").update(precedence_class=1)
    make_inscription(meeting, make_delegation("CCC"), "PR")
    meeting.refresh_from_db()

    assert order_of(meeting) == ["AAA", "BBB", "CCC"]


def test_a_list_that_opens_later_has_the_changed_classes(meeting):
    opening.fix_terms_due(at=OPEN)
    Level.objects.filter(code="PR").update(precedence_class=1)
    later = make_meeting("later")

    for code, level in [("AAA", "MFA"), ("BBB", "PR")]:
        make_inscription(later, make_delegation(code), level)
    later.refresh_from_db()

    assert order_of(later) == ["BBB", "AAA"]


def test_a_place_of_a_delegation_changed_later_moves_no_entry(meeting):
    entry = make_inscription(meeting, make_delegation("AAA"))
    make_inscription(meeting, make_delegation("PSE", band="observer_states"))

    DelegationPlace.objects.filter(delegation__code="AAA").update(band="un_system", ground="A/RES/1")
    meeting.refresh_from_db()

    assert order_of(meeting) == ["AAA", "PSE"]
    assert not any("A/RES/1" in words for words in explain(entry))


def test_the_terms_of_an_open_list_are_fixed_once_and_those_of_no_other(meeting):
    make_meeting("to-come", opens_at=OPEN + timedelta(hours=1))

    assert (opening.fix_terms_due(at=OPEN), opening.fix_terms_due(at=OPEN)) == (1, 0)

    fixed = dict(SpeakersList.objects.values_list("meeting__slug", "levels"))
    assert {level["code"]: level["precedence_class"] for level in fixed["dialogue"]}["PR"] == 3
    assert fixed["to-come"] is None


def test_a_delegation_inscribes_with_the_place_it_had_when_the_list_opened(meeting):
    late_comer = make_delegation("AAA")
    opening.fix_terms_due(at=OPEN)
    DelegationPlace.objects.filter(delegation=late_comer).update(band="un_system", speaks_for_groups=False)

    make_inscription(meeting, late_comer)
    group = make_inscription(meeting, late_comer, capacity="group", group_name="The Group")

    places = {place.inscription.capacity: place.band for place in speaking_order(meeting.speakers_list)}
    assert (group.is_standing, places["national"]) == (True, "member_states")


def test_a_delegation_that_had_no_place_when_the_list_opened_gets_none_later(meeting):
    without = make_delegation("AAA")
    DelegationPlace.objects.all().delete()
    opening.fix_terms_due(at=OPEN)
    DelegationPlace.objects.create(delegation=without, category="member_state", band="member_states")

    with pytest.raises(InscriptionRefused, match="holds no place"):
        make_inscription(meeting, without)


def test_a_delegation_newer_than_the_opening_has_the_place_of_the_date(meeting):
    make_inscription(meeting, make_delegation("AAA"))

    make_inscription(meeting, make_delegation("SSD", band="observer_states"))

    assert [place.band for place in speaking_order(meeting.speakers_list)] == ["member_states", "observer_states"]


def test_fixing_is_told_in_the_chain_of_the_list(meeting):
    make_delegation("AAA")
    opening.fix_terms_due(at=OPEN)

    [told] = Entry.objects.of_stream(meeting.journal_stream)
    assert (told.act, told.subject, told.at) == ("terms fixed", "list", OPEN)
    assert told.payload.after["levels"]["PR"] == 3
    assert told.payload.after["places"] == {"AAA": "member_states"}


def test_the_clock_of_a_rehearsal_decides_whether_its_list_is_open(meeting):
    shift = timedelta(days=1)
    make_meeting("rehearsal", is_rehearsal=True, clock_shift=shift, opens_at=OPEN + timedelta(hours=1))

    assert opening.fix_terms_due(at=OPEN) == 2


def test_the_place_says_where_the_entry_stood_when_it_was_filed(meeting):
    make_inscription(meeting, make_delegation("PSE", band="observer_states", ground="A/RES/52/250"))
    DelegationPlace.objects.all().delete()

    [place] = speaking_order(meeting.speakers_list)

    assert (place.band, place.ground, place.precedence_class) == ("observer_states", "A/RES/52/250", 3)
