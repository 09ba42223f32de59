"""What the journal says about a list, in sentences that name delegations and not their keys.  R-58"""

from datetime import timedelta

import pytest

from journal.models import Entry, Payload
from speakers import chronicle
from speakers.entries import deadlines, extensions, late_requests
from speakers.models import LateRequest
from speakers.moves import swapping
from tests.factories import DEADLINE, OPEN, STAFF, make_delegation, make_inscription, make_level, make_meeting

pytestmark = pytest.mark.django_db
AFTER = DEADLINE + timedelta(hours=1)


@pytest.fixture
def meeting():
    meeting = make_meeting()
    for code in ("AAA", "BBB", "CCC", "DDD"):
        make_inscription(meeting, make_delegation(code))
    return meeting


def told(meeting):
    """The sentences after the terms were fixed and four were inscribed, without the hours."""
    entries = Entry.objects.of_stream(meeting.journal_stream).filter(sequence__gt=5)
    return [sentence.partition(", ")[2] for sentence in chronicle.sentences(list(entries), meeting)]


def test_a_swap_is_described_with_both_sides(meeting):
    third, fourth = meeting.speakers_list.inscriptions.order_by("receipt_no")[2:]
    proposal = swapping.propose(third, partner=fourth, by=STAFF, at=OPEN)

    swapping.decline(proposal, by=STAFF, at=OPEN)

    assert told(meeting) == [
        "officer: Ccc proposed a swap to Ddd.",
        "officer: Ddd declined the swap that Ccc proposed.",
    ]


def test_acts_after_closing_are_described_with_the_delegation(meeting):
    facts = {"contact_name": "Mission", "contact_email": "eee@missions.example", "level": make_level()}
    late = LateRequest(speakers_list=meeting.speakers_list, delegation=make_delegation("EEE"), **facts)

    deadlines.close_by_hand(meeting.speakers_list, reason="Full", by=STAFF, at=OPEN)
    late_requests.file(late, by=STAFF, is_on_record=True, arrived_at=AFTER, key="k", digest="d")
    late_requests.decline(late, answer="No time", by=STAFF, at=AFTER)
    extension = {"delegation": make_delegation("FFF"), "until": AFTER + timedelta(days=1), "reason": "Ours"}
    extensions.grant(meeting.speakers_list, **extension, by=STAFF, at=AFTER)

    assert told(meeting) == [
        "officer: the list was closed and established. Reason: Full",
        "officer: a revision was frozen.",
        "officer: a late request of Eee was filed.",
        "officer: the late request of Eee was declined. Reason: No time",
        "officer: FFF was granted an extension. Reason: Ours",
    ]


def test_an_erased_act_is_described_without_what_is_gone(meeting):
    third, fourth = meeting.speakers_list.inscriptions.order_by("receipt_no")[2:]
    swapping.propose(third, partner=fourth, by=STAFF, at=OPEN)

    Payload.objects.filter(entry__act="swap proposed").delete()

    assert told(meeting)[0].startswith("erased: ")
