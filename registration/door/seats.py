"""The seats of civil society as a picture: a dot for each, filled as people come in.  R-50 R-55"""

from dataclasses import dataclass
from math import cos, floor, pi, sin

from dialogue.models import Meeting
from registration.door.attendance import Attendance
from registration.models import Ticketing
from spelling.across import Across

# Units between two seats, and how many of them the first row is away from the middle.
APART, FIRST = 20, 3
# Of more seats there is no picture, only the numbers.
MOST = 500
INSIDE, EXPECTED, FREE = "inside", "expected", "free"


@dataclass(frozen=True)
class Seats:
    """The seats of a meeting: people `inside`, others still `expected`, and seats that are `free`.

    `dots` are the seats with what each is, from the beginning of the half circle to its end.
    """

    inside: int
    expected: int
    free: int
    dots: list[dict[str, int | str]]
    width: int
    height: int

    @property
    def total(self) -> int:
        return self.inside + self.expected + self.free

    @classmethod
    def of(cls, meeting: Meeting, attendance: Attendance) -> "Seats | None":
        """The `Seats` of `meeting`, whose door has that `attendance`; None without terms of tickets (one query).

        Who was granted a ticket has a seat, even if staff have since lowered their number.
        """
        capacity = Ticketing.objects.filter(meeting=meeting).values_list("capacity", flat=True).first()
        if capacity is None:
            return None
        expected = attendance.expected - attendance.inside
        return cls.filled(attendance.inside, expected, max(0, capacity - attendance.expected))

    @classmethod
    def filled(cls, inside: int, expected: int, free: int) -> "Seats":
        """The picture of so many seats of each kind."""
        total = inside + expected + free
        rows = _rows(total) if total <= MOST else []
        outside = (FIRST + len(rows)) * APART
        kinds = [INSIDE] * inside + [EXPECTED] * expected + [FREE] * free
        dots = [{"x": x, "y": y, "is": kind} for (x, y), kind in zip(_places(rows, outside), kinds, strict=False)]
        return cls(inside, expected, free, dots, 2 * outside, outside + APART // 2)


def _rows(total):
    """How many seats each row has, from the inner one: as many rows as it takes, each filled to the same degree."""
    room: list[int] = []
    while sum(room) < total:
        room.append(floor(pi * (FIRST + len(room))) + 1)
    seats = [each * total // sum(room) for each in room]
    for row in sorted(range(len(room)), key=lambda row: room[row] * total % sum(room), reverse=True):
        seats[row] += sum(seats) < total
    return seats


def _places(rows, outside):
    """The middle of each seat, in the order of their angles."""
    across = Across(2 * outside)
    seats = [
        (pi * seat / (count - 1) if count > 1 else pi / 2, (FIRST + row) * APART)
        for row, count in enumerate(rows)
        for seat in range(count)
    ]
    return [
        (across.at(outside - radius * cos(angle)), round(outside - radius * sin(angle)))
        for angle, radius in sorted(seats)
    ]
