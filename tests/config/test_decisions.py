"""What on a list waits for staff, on their front page.  R-21 R-26 R-27"""

from datetime import timedelta

import pytest

from journal.actors import FOCAL_POINT, Actor
from secretariat import attention, list_attention
from speakers.entries import extensions, late_requests
from speakers.models import LateRequest, SpeakersList
from speakers.moves import drawing, swapping
from tests.factories import DEADLINE, OPEN, STAFF, make_delegation, make_inscription, make_level, make_meeting

pytestmark = pytest.mark.django_db
LATER = DEADLINE + timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def late_request(meeting, code):
    """A late request of the delegation `code`, filed an hour after closing."""
    late = LateRequest(
        speakers_list=meeting.speakers_list,
        delegation=make_delegation(code),
        level=make_level("PR"),
        contact_name="Mission",
        contact_email=f"{code.lower()}@missions.example",
    )
    by = Actor(late.contact_email, FOCAL_POINT)
    return late_requests.file(late, by=by, is_on_record=True, arrived_at=LATER, key=code, digest=code)


def words_at(at):
    """What waits on the one list there is, at the moment `at`."""
    counted = list_attention.counted(SpeakersList.objects.all(), at).get()
    return [words for words, _address, _is_urgent in list_attention.waiting(counted, counted.meeting.moment(at))]


def test_a_list_with_nothing_waiting_gets_no_line():
    make_inscription(make_meeting())

    assert words_at(OPEN) == []


def test_late_requests_swaps_and_extensions_are_counted_apart():
    meeting = make_meeting()
    entries = [make_inscription(meeting, make_delegation(code)) for code in ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"]]
    for code in ["KEN", "GHA"]:
        late_request(meeting, code)
    for one, other in [(entries[2], entries[3]), (entries[4], entries[5])]:
        swapping.accept(swapping.propose(one, partner=other, by=STAFF, at=LATER), by=STAFF, at=LATER)
    for code in ["RWA", "FRA", "CRI"]:
        extensions.grant(
            meeting.speakers_list,
            delegation=make_delegation(code),
            until=LATER + timedelta(hours=30),
            reason="A fault",
            by=STAFF,
            at=LATER,
        )

    assert words_at(LATER) == [
        "2 late requests wait.",
        "2 swaps wait for approval.",
        "3 delegations have an extension and may still inscribe.",
    ]
    assert words_at(LATER + timedelta(hours=24)) == [
        "2 late requests wait.",
        "3 delegations have an extension and may still inscribe.",
    ]


def test_the_front_page_shows_them_urgent_with_a_link():
    late_request(make_meeting(), "KEN")

    lines = [line for block in attention.survey(LATER) for line in block.lines]

    [line] = [line for line in lines if line.words == "1 late request waits."]
    assert line.is_urgent
    assert line.address.startswith("/secretariat/speakers/laterequest/?speakers_list__id__exact=")


def test_each_step_of_a_draw_is_named_when_it_is_due():
    meeting = make_meeting(policy="opening_window")
    opens = meeting.speakers_list.opens_at

    assert words_at(opens - MINUTE) == ["The draw at the opening needs its commitment before the list opens."]
    drawing.commit(meeting.speakers_list, window=10 * MINUTE, beacon="A beacon", by=STAFF, at=opens - MINUTE)
    assert words_at(opens + MINUTE) == []
    assert words_at(opens + 11 * MINUTE) == ["The draw at the opening waits for its public value."]
    drawing.enter_beacon(meeting.speakers_list, value="1", source="A paper", by=STAFF, at=opens + 11 * MINUTE)
    assert words_at(opens + 11 * MINUTE) == ["The draw at the opening can be held."]
    drawing.hold(meeting.speakers_list, by=STAFF, at=opens + 11 * MINUTE)
    assert words_at(opens + 11 * MINUTE) == []


def test_a_missed_commitment_is_reported():
    meeting = make_meeting(policy="opening_window")

    [words] = words_at(meeting.speakers_list.opens_at)

    assert words.startswith("No commitment was made before the list opened")


def test_lots_are_due_when_the_list_is_closed():
    make_meeting(policy="lots")

    assert words_at(OPEN) == []
    assert words_at(LATER) == ["The list is closed: its lots can be drawn."]
