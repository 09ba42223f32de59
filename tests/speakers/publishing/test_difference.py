"""How a revision differs from the one before.  R-28"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speakers.publishing import difference


def rows(*receipts, **facts):
    """Public rows of entries with these receipt numbers, in this order."""
    plain = {"capacity": "national", "group": "", "level": "Minister"}
    return [
        {"place": place, "receipt_no": receipt, "delegation": f"State {receipt}", **plain, **facts}
        for place, receipt in enumerate(receipts, start=1)
    ]


def words(before, after):
    """The differences as “kind: sentence”."""
    return [f"{change.kind}: {change}" for change in difference.between(before, after)]


def test_the_same_list_has_no_difference():
    assert words(rows(1, 2, 3), rows(1, 2, 3)) == []


def test_an_added_entry_is_reported_with_its_place_and_those_making_room_have_not_moved():
    assert words(rows(1, 2, 3), rows(4, 1, 2, 3)) == ["added: State 4, at place 1"]


def test_a_removed_entry_is_reported_with_its_former_place_and_those_closing_the_gap_have_not_moved():
    assert words(rows(1, 2, 3), rows(2, 3)) == ["withdrawn: State 1, which stood at place 1"]


def test_one_entry_moved_over_many_is_one_move():
    assert words(rows(1, 2, 3, 4, 5), rows(5, 1, 2, 3, 4)) == ["moved: State 5, from place 5 to place 1"]


def test_a_swap_of_two_that_are_not_neighbours_is_two_moves():
    assert words(rows(1, 2, 3, 4), rows(4, 2, 3, 1)) == [
        "moved: State 4, from place 4 to place 1",
        "moved: State 1, from place 1 to place 4",
    ]


def test_a_changed_level_is_reported_with_the_former_one():
    before, after = rows(1), rows(1, level="Head of State")

    assert words(before, after) == ["changed: State 1: level “Head of State”, before “Minister”"]


def test_a_group_is_named_with_its_delegation_and_an_empty_fact_is_a_dash():
    before, after = rows(1), rows(1, capacity="group", group="Friends")

    assert words(before, after) == [
        "changed: State 1 (on behalf of Friends): capacity “group”, before “national”; group “Friends”, before “–”"
    ]


def test_names_of_speakers_are_compared_if_both_lists_have_them():
    without, one, other = rows(1), rows(1, speaker="Ms. A"), rows(1, speaker="Ms. B")

    assert words(without, one) == []
    assert words(one, other) == ["changed: State 1: speaker “Ms. B”, before “Ms. A”"]


def test_all_at_once_stands_under_headings_in_a_fixed_order():
    found = difference.under_headings(difference.between(rows(1, 2, 3, 4), rows(4, 1, 5, 3)))

    assert [(str(heading), [str(change) for change in changes]) for heading, changes in found] == [
        ("Added", ["State 5, at place 3"]),
        ("Moved", ["State 4, from place 4 to place 1"]),
        ("Withdrawn or removed", ["State 2, which stood at place 2"]),
    ]


def test_an_entry_among_others_that_changed_around_it_keeps_its_place_in_words():
    assert words(rows(9, 2, 3), rows(3, 2)) == [
        "moved: State 3, from place 3 to place 1",
        "withdrawn: State 9, which stood at place 1",
    ]


orders = st.lists(st.integers(1, 12), unique=True)


@given(orders, orders)
def test_entries_not_reported_as_moved_kept_their_order(old, new):
    changes = difference.between(rows(*old), rows(*new))
    told = {
        kind: [change.row["receipt_no"] for change in changes if change.kind == kind] for kind in difference.HEADINGS
    }

    assert set(told["added"]) == set(new) - set(old)
    assert set(told["withdrawn"]) == set(old) - set(new)
    still = set(old) & set(new) - set(told["moved"])
    assert [number for number in old if number in still] == [number for number in new if number in still]


@pytest.mark.parametrize(
    ("numbers", "length"), [([], 0), ([1], 1), ([3, 2, 1], 1), ([1, 5, 2, 3, 4], 4), ([2, 1, 4, 3, 6, 5], 3)]
)
def test_a_longest_increasing_subsequence_is_found(numbers, length):
    chosen = sorted(difference.longest_rising(numbers))

    values = [numbers[position] for position in chosen]
    assert (len(values), values) == (length, sorted(set(values)))


def test_an_entry_that_stands_where_it_stood_while_all_around_it_changed_is_told_so():
    assert words(rows(1, 2, 3), rows(3, 2, 1)) == [
        "moved: State 3, from place 3 to place 1",
        "moved: State 2, at place 2 as before, but with different neighbours",
    ]
