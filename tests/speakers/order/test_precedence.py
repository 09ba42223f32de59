"""The order of the list: bands, classes, sequence, pins.  R-16 to R-22 R-17 R-18 R-19 R-20"""

from datetime import UTC, date, datetime, timedelta

import pytest

from speakers.entries import changing, late_entries, verifying, withdrawing
from speakers.models import Inscription, SpeakersList
from speakers.moves import pinning
from speakers.order import precedence
from speakers.publishing import revisions
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    an_inscription,
    make_delegation,
    make_inscription,
    make_level,
    make_meeting,
    order_of,
)

pytestmark = pytest.mark.django_db


def test_bands_come_first_then_classes_then_receipts():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("HOLY", band="observer_states"), "HOS")
    make_inscription(meeting, make_delegation("ICRC", band="observers"), "PR")
    make_inscription(meeting, make_delegation("AAA"), "DPR")
    make_inscription(meeting, make_delegation("BBB"), "PR")
    make_inscription(meeting, make_delegation("CCC"), "MFA")
    make_inscription(meeting, make_delegation("DDD"), "PR")
    make_inscription(meeting, make_delegation("EEE"), "DPR", capacity="group", group_name="Group of Friends")

    listed = order_of(meeting)

    assert listed == ["EEE", "CCC", "BBB", "DDD", "AAA", "HOLY", "ICRC"]


def test_levels_of_one_class_have_equal_standing():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("AAA"), "HOG")
    make_inscription(meeting, make_delegation("BBB"), "HOS")

    listed = order_of(meeting)

    assert listed == ["AAA", "BBB"]


def test_level_comes_before_band_at_a_high_level_meeting():
    meeting = make_meeting(level_before_band=True)
    make_inscription(meeting, make_delegation("AAA"), "PR", capacity="group", group_name="Group of Friends")
    make_inscription(meeting, make_delegation("BBB"), "HOS")
    make_inscription(meeting, make_delegation("PSE", band="observer_states"), "HOS")

    listed = order_of(meeting)

    assert listed == ["BBB", "AAA", "PSE"]


def test_receipt_only_follows_the_numbers_alone():
    meeting = make_meeting(policy=SpeakersList.Policy.RECEIPT_ONLY)
    make_inscription(meeting, make_delegation("ICRC", band="observers"), "OTH")
    make_inscription(meeting, make_delegation("AAA"), "HOS")

    listed = order_of(meeting)

    assert listed == ["ICRC", "AAA"]


@pytest.mark.parametrize(("year", "band"), [(2016, "observer_states"), (2025, "member_states")])
def test_a_dated_place_is_evaluated_at_the_date_of_the_meeting(year, band):
    shift = datetime(year, 9, 6, 14, tzinfo=UTC) - datetime(2016, 9, 6, 14, tzinfo=UTC)
    original = make_meeting("original")
    when = {name: getattr(original, name) + shift for name in ("starts_at", "ends_at")}
    terms = {name: getattr(original.speakers_list, name) + shift for name in ("opens_at", "closes_at")}
    meeting = make_meeting("shifted", **when, **terms)
    palestine = make_delegation("PSE", band="observer_states", to_on=date(2024, 9, 9), ground="A/RES/52/250")
    palestine.places.create(
        category="observer_state", band="member_states", from_on=date(2024, 9, 10), ground="A/RES/ES-10/23"
    )
    make_inscription(meeting, palestine, at=OPEN + shift)

    [place] = precedence.speaking_order(meeting.speakers_list)

    assert place.band == band


def test_a_change_of_class_joins_the_new_class_at_its_end_but_before_later_receipts():
    meeting = make_meeting()
    moved = make_inscription(meeting, make_delegation("AAA"), "PR")
    make_inscription(meeting, make_delegation("BBB"), "MFA")
    changing.change_level(moved, level=make_level("MFA"), title="Minister", by=STAFF, at=OPEN)
    make_inscription(meeting, make_delegation("CCC"), "MFA")

    listed = order_of(meeting)

    assert listed == ["BBB", "AAA", "CCC"]


def test_a_pinned_entry_stands_right_before_its_anchor_and_unpinning_restores_it():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("AAA"), "HOS")
    anchor = make_inscription(meeting, make_delegation("BBB"), "HOS")
    pinned = make_inscription(meeting, make_delegation("CCC"), "PR")

    pinning.pin(pinned, before=anchor, reason="Travel", by=STAFF, at=OPEN)

    assert order_of(meeting) == ["AAA", "CCC", "BBB"]
    pinning.unpin(pinned, by=STAFF, at=OPEN)
    assert order_of(meeting) == ["AAA", "BBB", "CCC"]


def test_a_late_entry_stands_at_the_end_of_its_band_whatever_its_level():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("AAA"), "OTH")
    make_inscription(meeting, make_delegation("PSE", band="observer_states"), "PR")
    late = an_inscription(meeting, make_delegation("ZZZ"), "HOS")

    after = DEADLINE + timedelta(hours=1)
    late_entries.admit_late(late, reason="Arrived by note verbale", by=STAFF, at=after, key="k", digest="d")

    assert order_of(meeting) == ["AAA", "ZZZ", "PSE"]


def test_an_explanation_names_band_ground_class_receipt_and_pin():
    meeting = make_meeting()
    anchor = make_inscription(meeting, make_delegation("AAA"), "HOS")
    entry = make_inscription(meeting, make_delegation("HOLY", band="observer_states", ground="A/RES/58/314"), "PR")
    entry = pinning.pin(entry, before=anchor, reason="Travel", seen=None, by=STAFF, at=OPEN)

    facts = precedence.explain(entry)

    assert facts == [
        "Place 1 on the list as it stands; provisional until the list is established.",
        "Part of the list: observer States (A/RES/58/314).",
        "Level “PR”; among levels of equal standing, the order of receipt decides.",
        "Receipt number 2.",
        "Placed by the secretariat before Aaa. Reason: Travel",
    ]


def test_an_entry_without_a_place_reads_why_but_not_who_ended_it():
    meeting = make_meeting()
    withdrawn = make_inscription(meeting, make_delegation("AAA", "Albania"))
    unverified = make_inscription(meeting, make_delegation("BBB", "Benin"), is_verified=False)
    refused = make_inscription(meeting, make_delegation("CCC", "Chad"), is_verified=False)

    moment = "Wednesday, 31 August 2016, 1:00 p.m. (New York time)"
    withdrawn = withdrawing.withdraw(withdrawn, by=STAFF, at=OPEN)
    refused = verifying.refuse(refused, reason="Not known there", by=STAFF, at=OPEN)

    assert precedence.explain(withdrawn) == [
        f"This entry holds no place: it was withdrawn on {moment}.",
        "Receipt number 1 is not used again; a new inscription receives a new number.",
    ]
    assert precedence.explain(unverified) == [
        "This entry holds no place yet: the address it was filed from is not on record for Benin.",
        "Once the secretariat has verified it, its place follows from receipt number 2, as if it had been "
        "verified from the beginning.",
    ]
    assert precedence.explain(refused) == [f"This entry holds no place: it was not verified, and refused on {moment}."]


def test_the_order_costs_one_statement_whatever_the_number_of_entries(django_assert_num_queries):
    meeting = make_meeting()
    for code in ["AAA", "BBB", "CCC"]:
        make_inscription(meeting, make_delegation(code))

    with django_assert_num_queries(1):
        precedence.speaking_order(meeting.speakers_list)


def test_the_public_order_and_one_place_in_it_cost_one_statement_too(django_assert_num_queries):
    meeting = make_meeting()
    entries = [make_inscription(meeting, make_delegation(code)) for code in ["AAA", "BBB", "CCC"]]

    with django_assert_num_queries(1):
        revisions.public_rows(precedence.public_order(meeting.speakers_list), shows_names=True)
    entries[1].speakers_list = meeting.speakers_list
    with django_assert_num_queries(1):
        place = precedence.place_of(entries[1])

    assert (place.number, place.inscription) == (2, entries[1])


def test_the_place_of_an_entry_whose_level_was_changed_says_so():
    meeting = make_meeting()
    entry = make_inscription(meeting, make_delegation("AAA"), "PR")
    make_inscription(meeting, make_delegation("BBB"), "MFA")

    changing.change_level(entry, level=make_level("MFA"), title="Minister", by=STAFF, at=OPEN)

    entry.refresh_from_db()
    assert order_of(meeting) == ["BBB", "AAA"]
    assert (
        "The level changed after receipt 2 was given: the entry moved to the end of its new class."
    ) in precedence.explain(entry)


def test_pins_in_a_circle_leave_no_one_out():
    meeting = make_meeting()
    one, other, _third = (make_inscription(meeting, make_delegation(code)) for code in ["AAA", "BBB", "CCC"])
    Inscription.objects.filter(pk=one.pk).update(pinned_before=other, pin_reason="Asked")
    Inscription.objects.filter(pk=other.pk).update(pinned_before=one, pin_reason="Asked")

    assert order_of(meeting) == ["CCC", "AAA", "BBB"]


def test_the_orders_of_many_lists_are_read_at_once_each_on_the_date_of_its_own_meeting(django_assert_num_queries):
    state = make_delegation("PSE", band="observer_states", category="observer_state", to_on=date(2024, 9, 9))
    state.places.create(
        category="observer_state", band="member_states", from_on=date(2024, 9, 10), ground="A/RES/ES-10/23"
    )
    meetings = [make_meeting("before"), make_meeting("after"), make_meeting("empty")]
    late = datetime(2026, 9, 6, 14, 0, tzinfo=UTC)
    meetings[1].starts_at, meetings[1].ends_at = late, late + timedelta(hours=8)
    meetings[1].save()
    for meeting in meetings[:2]:
        first = make_inscription(meeting, make_delegation("AAA"), "PR")
        make_inscription(meeting, state, "HOS")
        make_inscription(meeting, make_delegation("BBB"), "PR")
        Inscription.objects.filter(pk=first.pk).update(pinned_before=None, is_pinned_last=True, pin_reason="Asked.")
    lists = list(SpeakersList.objects.all())

    with django_assert_num_queries(1):
        found = precedence.bare_orders(lists)

    assert found == {each.pk: precedence.bare_order(each) for each in lists}
    bands = {each.meeting.slug: [str(place.band) for place in found[each.pk]] for each in lists}
    assert bands == {
        "before": ["member_states", "observer_states", "member_states"],
        "after": ["member_states", "member_states", "member_states"],
        "empty": [],
    }
