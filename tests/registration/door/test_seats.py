"""The seats of civil society as dots: as many as the table counts, filled from the beginning of a line.  R-50 R-55"""

from collections import Counter

import pytest
from django.utils import translation

from registration.door.attendance import Attendance
from registration.door.seats import APART, MOST, Seats
from tests.registration.factories import make_representative, make_ticketing


@pytest.mark.parametrize("total", [1, 2, 10, 11, 40, 75, 76, 193, MOST])
def test_each_seat_has_a_place_of_its_own_within_the_picture(total):
    seats = Seats.filled(0, 0, total)
    places = [(dot["x"], dot["y"]) for dot in seats.dots]

    assert len(set(places)) == len(places) == total
    assert all(APART / 2 <= x <= seats.width - APART / 2 and 0 < y <= seats.height - APART / 2 for x, y in places)
    assert (
        min((a - c) ** 2 + (b - d) ** 2 for a, b in places for c, d in [*places, (-99, 0)] if (a, b) != (c, d)) >= 15**2
    )


def test_the_dots_are_those_that_the_table_counts():
    seats = Seats.filled(21, 34, 20)

    assert Counter(dot["is"] for dot in seats.dots) == {"inside": 21, "expected": 34, "free": 20}
    assert (seats.total, seats.dots[0]["is"], seats.dots[-1]["is"]) == (75, "inside", "free")


def test_it_fills_from_the_beginning_of_a_line_in_arabic_too():
    there = Seats.filled(30, 0, 45)
    with translation.override("ar"):
        here = Seats.filled(30, 0, 45)

    assert there.dots[0]["x"] < there.width / 2 < here.dots[0]["x"]
    assert [dot["x"] for dot in here.dots] == [there.width - dot["x"] for dot in there.dots]


def test_of_very_many_seats_there_are_only_the_numbers():
    seats = Seats.filled(MOST, 1, 0)

    assert (seats.dots, seats.total) == ([], MOST + 1)


@pytest.mark.django_db
def test_who_went_out_is_expected_again_and_a_lowered_number_takes_no_seat_away():
    ticketing = make_ticketing(capacity=75)
    make_representative(ticketing.meeting, "approved")

    def kinds(attendance):
        seats = Seats.of(ticketing.meeting, attendance)
        return seats.inside, seats.expected, seats.free

    assert kinds(Attendance.of(ticketing.meeting)) == (0, 1, 74)
    assert kinds(Attendance(expected=50, arrived=20, inside=18)) == (18, 32, 25)
    assert kinds(Attendance(expected=80, arrived=80, inside=80)) == (80, 0, 0)
