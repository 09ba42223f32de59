"""Receipts, deadline and draws of a list against its chain, in what tampering does not show.  R-07 R-21 R-77"""

from datetime import timedelta

import pytest
from django.db import connection

from journal.models import Payload
from speakers import protection
from speakers.entries import closing, deadlines
from speakers.integrity import deadline, draws, receipts
from speakers.models import Inscription, SpeakersList
from tests.factories import DEADLINE, OPEN, STAFF, make_delegation, make_inscription, make_meeting
from tests.upgrade.scene import a_draw

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def speakers_list():
    meeting = make_meeting()
    for code in ["AAA", "BBB"]:
        make_inscription(meeting, make_delegation(code))
    meeting.speakers_list.refresh_from_db()
    return meeting.speakers_list


@pytest.fixture
def drawn():
    """A list that was drawn, in a database whose triggers were removed."""
    a_draw()
    protection.unprotect(connection)
    yield SpeakersList.objects.get()
    protection.protect(connection)


def test_a_number_above_the_counter_is_named(speakers_list):
    Inscription.objects.filter(receipt_no=2).update(receipt_no=7)

    assert receipts.problems(speakers_list)[:2] == [
        "Receipt number 2 was given, and no entry has it.",
        "Receipt number 7 is above the last one that was counted, 2.",
    ]


def test_a_move_above_the_counter_is_named_even_after_the_erasure(speakers_list):
    Payload.objects.all().delete()
    Inscription.objects.filter(receipt_no=2).update(class_move=3)

    assert receipts.problems(speakers_list) == ["The last move between classes has number 3; the list counted 0."]

    SpeakersList.objects.update(last_class_move=4)
    speakers_list.refresh_from_db()
    assert receipts.problems(speakers_list) == []


def test_the_last_deadline_of_the_journal_is_that_of_the_list(speakers_list):
    now = {"reason": "More time", "by": STAFF, "at": OPEN}
    deadlines.change_deadline(speakers_list, closes_at=DEADLINE + HOUR, **now)
    closing.close_due_lists(at=DEADLINE + 2 * HOUR)
    at = DEADLINE + 3 * HOUR
    speakers_list.refresh_from_db()
    assert deadline.problems(speakers_list) == []
    deadlines.reopen(speakers_list, closes_at=DEADLINE + 4 * HOUR, reason="Again", by=STAFF, at=at)
    speakers_list.refresh_from_db()
    assert deadline.problems(speakers_list) == []

    speakers_list.closes_at, speakers_list.closed_at = DEADLINE, DEADLINE

    assert deadline.problems(speakers_list) == [
        "The list closes at 2016-09-01T17:00:00.000000+00:00, and at 2016-09-01T21:00:00.000000+00:00 in the journal.",
        "The list was closed at 2016-09-01T17:00:00.000000+00:00, and at None in the journal.",
    ]


def test_a_list_whose_acts_tell_no_deadline_is_not_compared(speakers_list):
    Payload.objects.filter(entry__act="terms fixed").delete()
    speakers_list.closes_at += HOUR

    assert deadline.problems(speakers_list) == []


def test_a_draw_is_recomputed_and_compared_with_each_of_its_acts(drawn):
    assert draws.problems(drawn) == []

    drawn.draws.update(beacon="ffff", window=2 * HOUR)

    assert draws.problems(drawn) == [
        "draw among those received at the opening: its window is not the one in the journal.",
        "draw among those received at the opening: its beacon is not the one in the journal.",
        "draw among those received at the opening: The seed does not follow from the secret and the beacon.",
    ]


def test_a_draw_without_its_acts_and_acts_without_their_draw_are_named(drawn):
    draw = drawn.draws.get()
    draw.pk, draw.public_id, draw.kind = None, "00000000-0000-4000-8000-000000000000", "lots"
    draw.window, draw.commitment, draw.committed_at, draw.secret = None, "", None, ""
    draw.save(force_insert=True)
    assert draws.problems(drawn) == ["lots drawn within each class: its steps are not those in the journal."]

    drawn.draws.all()._raw_delete("default")  # noqa: SLF001  past Django's own cascade

    assert draws.problems(drawn) == ["The journal tells of a draw that is missing."]


def test_a_draw_whose_last_step_was_taken_back_is_named_even_after_the_erasure(drawn):
    Payload.objects.all().delete()
    assert draws.problems(drawn) == []

    drawn.draws.update(drawn_at=None, seed="", secret="", delegations=[])

    assert draws.problems(drawn) == [
        "draw among those received at the opening: its steps are not those in the journal."
    ]
