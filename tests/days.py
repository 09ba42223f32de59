"""Meetings of several days, for tests: two equal days, a night, and one in which the clocks are put back."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dialogue.models import ProgrammeSlot, Sitting
from tests.factories import make_delegation, make_inscription, make_meeting

HOUR = timedelta(hours=1)
# Tuesday and Wednesday, 6 and 7 September 2016, in New York.
FIRST, SECOND = (datetime.fromisoformat(each) for each in ("2016-09-06", "2016-09-07"))


def make_sittings(*hours, **changes):
    """A meeting with these sittings: (part, begin, end), by the clocks of New York."""
    meeting = make_meeting(**changes)
    local = [(part, *(each.replace(tzinfo=meeting.zone) for each in each_of)) for part, *each_of in hours]
    meeting.sittings.all().delete()
    for part, begin, end in local:
        Sitting.objects.create(meeting=meeting, part=part, starts_at=begin, ends_at=end)
    meeting.starts_at, meeting.ends_at = local[0][1], local[-1][2]
    meeting.save()
    meeting.refresh_from_db()
    return meeting


def make_two_days(**changes):
    """Morning and afternoon on two days; a list of statements so long that four fill a sitting."""
    hours = [
        (part, day + begin * HOUR, day + (begin + 3) * HOUR)
        for day in (FIRST, SECOND)
        for part, begin in (("morning", 10), ("afternoon", 15))
    ]
    return make_sittings(*hours, **{"national_limit": timedelta(minutes=30)} | changes)


def make_two_mornings(*days, **changes):
    """On each of the `days`, or on one, two sittings in the morning with a break between, 75 and 90 minutes long."""
    minutes = HOUR / 60
    hours = [
        ("morning", day + begin * HOUR + more * minutes, day + end * HOUR + rest * minutes)
        for day in days or [FIRST]
        for begin, more, end, rest in ((10, 0, 11, 15), (11, 30, 13, 0))
    ]
    return make_sittings(*hours, **{"national_limit": timedelta(minutes=30)} | changes)


def make_night(**changes):
    """One sitting, from eight in the evening of Tuesday to two in the morning of Wednesday."""
    hours = ("evening", FIRST + 20 * HOUR, SECOND + 2 * HOUR)
    return make_sittings(hours, **{"national_limit": timedelta(minutes=30)} | changes)


def make_longest_night(**changes):
    """One sitting, from eleven on Saturday to three on Sunday: five hours, as the clocks are put back at two."""
    begin, end = (datetime.fromisoformat(each) for each in ("2016-11-05T23:00", "2016-11-06T03:00"))
    return make_sittings(("evening", begin, end), **{"national_limit": timedelta(minutes=30)} | changes)


def make_programme(meeting, *slots):
    """The programme of `meeting`: (kind, title, moment by its clocks, or None)."""
    for position, (kind, title, at) in enumerate(slots, start=1):
        starts_at = at and at.replace(tzinfo=meeting.zone)
        ProgrammeSlot.objects.create(
            meeting=meeting, position=position, kind=kind, title={"en": title}, starts_at=starts_at
        )


def fill(meeting, count, **facts):
    """That many entries, in their order, of the delegations A01, A02 and so on."""
    return [make_inscription(meeting, make_delegation(f"A{number:02}"), **facts) for number in range(1, count + 1)]


def local(moment):
    """The `moment` by the clocks of New York."""
    return moment.replace(tzinfo=ZoneInfo("America/New_York"))


def words_of(answer):
    """What a page says, with visible white space only."""
    assert answer.status_code == 200
    words = re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[1].split("</main>")[0])
    return re.sub(r"\s+", " ", words)
