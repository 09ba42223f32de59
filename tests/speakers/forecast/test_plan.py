"""The plan by sitting: who is called when, with some entries fixed to a sitting.  R-64"""

from datetime import UTC, datetime, timedelta
from random import Random
from types import SimpleNamespace

import pytest

from speakers.forecast import plan, turns
from speakers.forecast.turns import Stretch, Waiting

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BEGIN = datetime(2016, 9, 6, 14, tzinfo=UTC)


def entries(count, minutes=3):
    return [Waiting(number, minutes * MINUTE) for number in range(1, count + 1)]


def order(count, fixed, *minutes, factor=1.0, **facts):
    """The keys in the order of calling, if the sittings have so many `minutes` of floor time."""
    times = [each * MINUTE for each in minutes]
    return [each.key for each in plan.in_calling_order(entries(count), fixed, times, factor=factor, **facts)]


def test_without_fixings_the_order_is_that_of_the_list():
    assert order(6, {}, 9, 9) == [1, 2, 3, 4, 5, 6]


def test_who_is_fixed_to_a_later_sitting_is_called_in_it_in_the_order_of_the_list():
    assert order(6, {1: 1}, 9, 9) == [2, 3, 4, 1, 5, 6]


def test_time_is_set_aside_for_who_is_fixed_to_an_earlier_sitting():
    assert order(6, {6: 0}, 9, 9) == [1, 2, 6, 3, 4, 5]


def test_one_forward_and_one_back_move_no_one_else():
    assert order(6, {2: 1, 5: 0}, 9, 9) == [1, 3, 5, 2, 4, 6]


def test_more_than_a_sitting_has_room_for_goes_on_into_the_next_one():
    assert order(5, {2: 0, 3: 0, 4: 0, 5: 0}, 9, 9) == [2, 3, 4, 5, 1]


def test_a_sitting_without_floor_time_takes_no_one_of_its_own_accord():
    assert order(4, {4: 1}, 6, 0, 6) == [1, 2, 4, 3]


def test_what_the_statement_under_way_takes_is_not_given_twice():
    assert order(4, {4: 0}, 9, 9, taken=3 * MINUTE) == [1, 4, 2, 3]


def test_those_for_whom_there_is_no_time_come_last():
    assert order(6, {6: 1}, 6, 6) == [1, 2, 3, 6, 4, 5]


def sittings(*keys):
    return [
        SimpleNamespace(pk=key, starts_at=BEGIN + 4 * n * HOUR, ends_at=BEGIN + (4 * n + 3) * HOUR)
        for n, key in enumerate(keys)
    ]


def test_a_fixing_holds_until_its_sitting_is_over():
    pairs = [("a", 7), ("b", 8), ("c", None)]

    assert plan.fixings(pairs, sittings(7, 8), at=BEGIN) == {"a": 0, "b": 1}
    assert plan.fixings(pairs, sittings(7, 8), at=BEGIN + 3 * HOUR) == {"b": 1}


def test_what_happens_in_a_break_belongs_to_the_sitting_before_it():
    morning, afternoon = held = sittings(7, 8)

    found = [plan.sitting_at(held, BEGIN + hours * HOUR) for hours in (-1, 0, 3, 4, 30)]

    assert found == [morning, morning, morning, afternoon, afternoon]
    assert plan.sitting_at([], BEGIN) is None


def test_the_floor_time_of_a_sitting_is_that_of_its_parts():
    stretches = [Stretch(BEGIN, BEGIN + HOUR), Stretch(BEGIN + 2 * HOUR, BEGIN + 3 * HOUR)]

    assert plan.times_of(sittings(7, 8), stretches) == [2 * HOUR, timedelta(0)]


@pytest.mark.parametrize("seed", range(40))
def test_no_one_is_lost_or_comes_twice_and_each_sitting_keeps_the_order_of_the_list(seed):
    """With room for all that are fixed, each is foreseen in its sitting, and those of a sitting in their order."""
    random = Random(seed)
    count, held = random.randint(1, 60), sittings(*range(6))
    stretches = [Stretch(each.starts_at, each.ends_at) for each in held]
    fixed = {key: random.randrange(6) for key in random.sample(range(1, count + 1), random.randint(0, count // 4))}

    made = plan.in_calling_order(entries(count), fixed, plan.times_of(held, stretches))
    foreseen = turns.forecast(made, stretches, limit=3 * MINUTE).turns

    assert sorted(each.key for each in made) == list(range(1, count + 1))
    where = {turn.key: plan.sitting_at(held, turn.at).pk for turn in foreseen if turn.fits}
    assert {key: where.get(key) for key in fixed} == fixed
    for one in range(6):
        keys = [each.key for each in made if where.get(each.key) == one]
        assert keys == sorted(keys)
