"""A meeting of two days in two rooms, with three lists: a plenary, and a round table at the same hour on each day."""

from datetime import timedelta

from dialogue.models import Meeting, Sitting
from speakers.models import SpeakersList
from tests.days import FIRST, HOUR, SECOND, local, make_sittings
from tests.factories import make_delegation, make_inscription, make_panel

ROOM = "Conference Room 4"
# The plenary on both mornings and the first afternoon; a round table on the first afternoon, one on the second morning.
NAMES = [
    "1st sitting, Tuesday morning",
    "2nd sitting, Tuesday afternoon",
    f"3rd sitting, Tuesday afternoon, {ROOM}",
    "4th sitting, Wednesday morning",
    f"5th sitting, Wednesday morning, {ROOM}",
]


def make_two_rooms(*, entries=6):
    """That meeting, with lists of as many `entries` each; statements are so long that four fill a sitting."""
    meeting = make_sittings(
        ("morning", FIRST + 10 * HOUR, FIRST + 13 * HOUR),
        ("afternoon", FIRST + 15 * HOUR, FIRST + 18 * HOUR),
        ("morning", SECOND + 10 * HOUR, SECOND + 13 * HOUR),
        national_limit=timedelta(minutes=30),
    )
    Meeting.objects.update(has_several_rooms=True)
    for part, begin in (("afternoon", FIRST + 15 * HOUR), ("morning", SECOND + 10 * HOUR)):
        times = {"starts_at": local(begin), "ends_at": local(begin + 3 * HOUR)}
        Sitting.objects.create(meeting=meeting, part=part, place={"en": ROOM}, **times)
    meeting.refresh_from_db()
    for number, sitting in enumerate((meeting.hours[2], meeting.hours[4]), start=1):
        make_panel(
            meeting,
            f"round-table-{number}",
            title={"en": f"Round table {number}"},
            heard_in=[sitting.pk],
            national_limit=timedelta(minutes=30),
        )
    for speakers_list, letter in zip(SpeakersList.objects.order_by("slug"), "ABC", strict=True):
        for number in range(1, entries + 1):
            make_inscription(speakers_list.meeting_at_hand, make_delegation(f"{letter}{number:02}"))
    return meeting


def make_lines(meeting, *lines):
    """Lines of the programme: (kind, title, moment by the clocks of New York, place, list)."""
    for position, (kind, title, at, place, slug) in enumerate(lines, start=1):
        meeting.slots.create(
            position=position, kind=kind, title={"en": title}, starts_at=local(at), place=place, list_slug=slug
        )
