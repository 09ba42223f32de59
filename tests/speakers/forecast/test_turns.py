"""The forecast against the figures of the practice, and what must hold for any list.  R-42 R-43 R-44"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speakers.forecast.turns import Delivered, Stretch, Waiting, factor_of, floor_time, forecast, is_left_of

THREE_MINUTES = timedelta(minutes=3)


def at(hour, minute=0, second=0):
    """A moment of the day of the dialogue, by the clock on the wall."""
    return datetime(2016, 9, 6, hour, minute, second, tzinfo=UTC)


MORNING, AFTERNOON = Stretch(at(10), at(13)), Stretch(at(15), at(18))
CLOSING = Stretch(at(17, 50), at(18))
# 11:00–13:00 and 15:00–17:50: 290 minutes.
DAY = floor_time([MORNING, AFTERNOON], [CLOSING], from_at=at(11))


def waiting(count, limit=THREE_MINUTES, first=1, **facts):
    return [Waiting(key, limit, **facts) for key in range(first, first + count)]


def of(count, **facts):
    return forecast(waiting(count), DAY, limit=THREE_MINUTES, **facts)


def test_floor_time_jumps_over_the_break_and_leaves_out_what_is_reserved():
    assert [Stretch(at(11), at(13)), Stretch(at(15), at(17, 50))] == DAY


def test_what_is_reserved_inside_a_sitting_cuts_it_in_two():
    stretches = floor_time([MORNING], [Stretch(at(11), at(11, 30))], from_at=at(10))

    assert stretches == [Stretch(at(10), at(11)), Stretch(at(11, 30), at(13))]


@pytest.mark.parametrize(("factor", "capacity"), [(1.40, 69), (1.32, 73), (1.43, 67)])
def test_290_minutes_hold_as_many_statements_as_the_practice_says(factor, capacity):
    assert of(0, factor=factor).available == timedelta(minutes=290)
    assert of(0, factor=factor).capacity == capacity
    assert of(100, factor=factor).capacity == capacity


def test_73_entries_are_four_too_many_and_a_limit_of_165_seconds_is_suggested():
    found = of(73)

    assert (found.factor, found.too_many) == (1.40, 4)
    assert found.fitting_limit == timedelta(seconds=170)
    assert found.suggested_limit == timedelta(seconds=165)
    assert [turn.key for turn in found.turns if not turn.fits] == [70, 71, 72, 73]


def test_the_suggested_limit_does_fit_all():
    shorter = timedelta(seconds=165)

    assert forecast(waiting(73, shorter), DAY, limit=shorter).too_many == 0


def test_nothing_is_suggested_while_all_fit():
    found = of(69)

    assert (found.too_many, found.fitting_limit, found.suggested_limit) == (0, None, None)


def test_the_turn_comes_by_the_cost_of_those_before_it_with_a_range_around_it():
    turn = forecast(
        [Waiting("first", timedelta(seconds=9600 / 1.4)), Waiting("second", THREE_MINUTES)], DAY, limit=THREE_MINUTES
    ).turns[1]

    assert (turn.at, turn.earliest, turn.latest) == (at(15, 40), at(15, 24), at(16, 4))


def test_a_turn_that_would_not_end_before_the_break_comes_after_it():
    turns = of(30).turns

    assert turns[27].at == at(12, 53, 24)
    assert turns[28].at == at(15)
    assert turns[29].at == at(15, 1, 48)


def test_the_likely_and_the_worst_end_go_past_the_last_sitting_where_the_list_does():
    found = of(73)

    assert found.likely_end == at(18, 6, 36)
    assert found.worst_end == at(18, 52, 35) + timedelta(milliseconds=400)


def test_a_list_that_ends_with_the_morning_ends_before_the_break():
    exactly = forecast(waiting(1, timedelta(hours=2)), DAY, factor=1.0, limit=THREE_MINUTES)

    assert exactly.likely_end == at(13)


def test_the_factor_is_a_guess_for_seven_statements_and_then_what_was_seen():
    slow = Delivered(took=timedelta(minutes=4, seconds=30), limit=THREE_MINUTES)

    assert factor_of([slow] * 7) == 1.40
    assert factor_of([slow] * 8) == 1.5
    assert factor_of([slow] * 8 + [Delivered(THREE_MINUTES, THREE_MINUTES)] * 8) == 1.25


@pytest.mark.parametrize(("minutes", "factor"), [(1, 0.8), (30, 2.0)])
def test_the_factor_stays_between_its_bounds(minutes, factor):
    assert factor_of([Delivered(timedelta(minutes=minutes), THREE_MINUTES)] * 8) == factor


def test_live_the_walk_begins_now_and_waits_for_the_statement_under_way():
    now = at(16)
    taken = is_left_of(THREE_MINUTES, elapsed=timedelta(seconds=192), factor=1.40)
    rest = floor_time([MORNING, AFTERNOON], [CLOSING], from_at=now)

    found = forecast(waiting(30), rest, factor=1.40, limit=THREE_MINUTES, taken=taken)

    assert taken == timedelta(seconds=60)
    assert found.turns[0].at == at(16, 1)
    assert found.capacity == (110 - 1) * 60 // 252
    assert is_left_of(THREE_MINUTES, elapsed=timedelta(minutes=9), factor=1.40) == timedelta(0)


def test_an_individual_limit_is_not_shortened_and_shorter_ones_stay():
    entries = [
        *waiting(60),
        *waiting(10, timedelta(minutes=2), first=61),
        *waiting(8, timedelta(minutes=6), first=71, is_own=True),
    ]

    found = forecast(entries, DAY, limit=THREE_MINUTES)

    left = 290 * 60 / 1.4 - 8 * 360 - 10 * 120
    assert found.fitting_limit == timedelta(seconds=int(left / 60))


def test_if_no_limit_would_fit_all_none_is_given():
    found = forecast(waiting(80, timedelta(minutes=10), is_own=True), DAY, limit=THREE_MINUTES)

    assert found.too_many > 0
    assert (found.fitting_limit, found.suggested_limit) == (None, None)


def test_under_fifteen_seconds_no_limit_is_suggested():
    found = forecast(waiting(100), [Stretch(at(17, 30), at(17, 50))], limit=THREE_MINUTES)

    assert found.fitting_limit == timedelta(seconds=8)
    assert found.suggested_limit is None


def test_without_floor_time_nothing_fits_and_no_moment_is_invented():
    found = forecast(waiting(3), [], limit=THREE_MINUTES)

    assert (found.capacity, found.too_many, found.turns) == (0, 3, ())
    assert (found.likely_end, found.worst_end) == (None, None)


limits = st.integers(min_value=15, max_value=900).map(lambda seconds: timedelta(seconds=seconds))
factors = st.floats(min_value=0.8, max_value=2.0)


@given(st.lists(limits, max_size=120), factors, st.integers(min_value=0, max_value=600))
def test_turns_come_in_order_inside_their_range_and_never_in_a_break(given_limits, factor, taken):
    entries = [Waiting(number, limit) for number, limit in enumerate(given_limits)]

    found = forecast(entries, DAY, factor=factor, limit=THREE_MINUTES, taken=timedelta(seconds=taken))

    for moments in zip(*((turn.earliest, turn.at, turn.latest) for turn in found.turns), strict=True):
        assert list(moments) == sorted(moments)
    for turn in found.turns:
        assert turn.earliest <= turn.at <= turn.latest
        assert not at(13) <= turn.at < at(15)
    assert sum(turn.fits for turn in found.turns) == min(found.capacity, len(entries))


@given(st.integers(min_value=1, max_value=300), limits, factors)
def test_equal_limits_have_the_capacity_of_the_rule_and_the_fitting_limit_is_the_longest(count, limit, factor):
    found = forecast(waiting(count, limit), DAY, factor=factor, limit=limit)

    assert found.capacity == timedelta(minutes=290) // (limit * factor)
    if found.fitting_limit:
        assert count * (found.fitting_limit * factor) <= found.available
        assert count * ((found.fitting_limit + timedelta(seconds=1)) * factor) > found.available
        assert found.suggested_limit is None or found.suggested_limit % timedelta(seconds=15) == timedelta(0)
