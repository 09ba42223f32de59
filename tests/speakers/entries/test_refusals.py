"""What the rules of entries and of the list's deadline refuse, in words, changing nothing.  R-02 R-04 R-05 R-13 R-27"""

from datetime import timedelta

import pytest
from django.db import transaction

import clock
from acts.refusals import Refusal
from dialogue.models import Contact
from journal.models import Entry
from outbox.models import Message
from speakers.entries import (
    calling,
    changing,
    civil_society,
    closing,
    deadlines,
    inscribing,
    late_entries,
    verifying,
    withdrawing,
)
from speakers.models import FocalPoint, Inscription, Revision, SpeakersList
from speakers.moves import pinning
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    an_inscription,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_level,
    make_meeting,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = DEADLINE + HOUR
NOW = {"by": STAFF, "at": OPEN}


@pytest.fixture
def meeting():
    return make_meeting()


def place_of(inscription):
    entry = Inscription.objects.select_related("pinned_before", "swapped_by").get(pk=inscription.pk)
    return calling.place_of(entry)


def admit(inscription, *, at):
    return late_entries.admit_late(
        inscription, reason="Asked by telephone", by=STAFF, at=at, key="k" * 8, digest="d" * 64
    )


def test_a_deadline_that_has_passed_is_not_changed_but_the_list_reopened(meeting):
    facts = {"closes_at": LATER + HOUR, "reason": "Asked by many", "by": STAFF}

    with pytest.raises(Refusal, match="Reopen it instead"):
        deadlines.change_deadline(meeting.speakers_list, at=LATER, **facts)
    with pytest.raises(Refusal, match="Change the deadline instead"):
        deadlines.reopen(meeting.speakers_list, at=OPEN, **facts)

    meeting.refresh_from_db()
    assert meeting.speakers_list.closes_at == DEADLINE


def test_a_list_is_closed_by_hand_only_while_it_is_open(meeting):
    for at in (meeting.speakers_list.opens_at - HOUR, DEADLINE):
        with pytest.raises(Refusal, match="The list is not open"):
            deadlines.close_by_hand(meeting.speakers_list, reason="Everyone is on it", by=STAFF, at=at)

    meeting.refresh_from_db()
    assert meeting.speakers_list.closed_at is None


def test_a_list_is_closed_by_hand_for_a_reason(meeting):
    with pytest.raises(Refusal, match="Give the reason") as refusal:
        deadlines.close_by_hand(meeting.speakers_list, reason=" ", **NOW)

    meeting.refresh_from_db()
    assert (refusal.value.field, meeting.speakers_list.closed_at) == ("reason", None)


def test_a_list_that_cannot_be_closed_holds_up_no_other_and_is_tried_again(meeting, monkeypatch, caplog):
    make_meeting("another")
    establish = closing.establish

    def fails_once(locked, **facts):
        if locked == meeting.speakers_list:
            raise RuntimeError("The printer is on fire")
        return establish(locked, **facts)

    monkeypatch.setattr(closing, "establish", fails_once)
    closed = closing.close_due_lists(at=LATER)
    monkeypatch.undo()
    assert (closed, "The printer is on fire" in caplog.text) == (1, True)

    assert closing.close_due_lists(at=LATER) == 1
    assert sorted(Revision.objects.values_list("speakers_list__meeting__slug", flat=True)) == ["another", "dialogue"]


def test_a_list_that_another_run_closed_meanwhile_is_left_alone(meeting):
    assert closing.close_due_lists(at=LATER) == 1
    meeting.refresh_from_db()

    assert not closing.close_if_due(meeting.speakers_list, at=LATER)

    assert meeting.speakers_list.revisions.count() == 1


def test_only_an_entry_that_waits_is_called_back(meeting):
    entry = make_inscription(meeting)
    place = place_of(entry)
    with transaction.atomic():
        calling.call(entry, SpeakersList.objects.select_for_update(of=("self",)).get(meeting=meeting), **NOW)

    with pytest.raises(Refusal, match="is not waiting to be called"), transaction.atomic():
        calling.call_back(
            entry, SpeakersList.objects.select_for_update(of=("self",)).get(meeting=meeting), place=place, **NOW
        )


def test_no_one_is_selected_or_admitted_once_the_meeting_is_over(meeting):
    make_level("OTH")
    with pytest.raises(Refusal, match="The meeting is over"):
        civil_society.select(
            an_inscription(meeting), organization="Centre", organization_key="c|", by=STAFF, at=meeting.ends_at
        )
    with pytest.raises(Refusal, match="The meeting is over"):
        admit(an_inscription(meeting), at=meeting.ends_at)

    assert not Inscription.objects.exists()


def test_staff_enter_no_one_before_the_list_opens(meeting):
    with pytest.raises(Refusal, match="Inscription opens on"):
        admit(an_inscription(meeting), at=meeting.speakers_list.opens_at - HOUR)

    assert not Inscription.objects.exists()


def test_a_list_without_a_contact_says_when_it_closed_and_names_no_one(meeting):
    Contact.objects.all().delete()

    said = inscribing.why_closed(meeting.speakers_list, LATER)

    assert said == (
        "The list of speakers closed on Thursday, 1 September 2016, 1:00 p.m. (New York time). "
        "It accepts no new inscriptions."
    )


def test_a_delegation_without_a_place_at_the_date_of_the_meeting_is_not_inscribed(meeting):
    former = make_delegation("OLD", to_on=meeting.starts_on - timedelta(days=1))

    with pytest.raises(Refusal, match="holds no place on the date of the meeting") as refusal:
        make_inscription(meeting, former)

    assert (refusal.value.field, Inscription.objects.exists()) == ("delegation", False)


def test_verifying_an_entry_of_a_focal_point_on_record_puts_no_one_else_there(meeting):
    point = make_focal_point(make_delegation())
    with clock.stopped(OPEN):
        entry = make_inscription(meeting, is_verified=False)

        verifying.verify(entry, as_focal_point=True, **NOW)

    assert [each.pk for each in FocalPoint.objects.all()] == [point.pk]
    assert not Entry.objects.filter(act="focal point put on record").exists()
    assert Message.objects.filter(kind="speakers.verified").exists()


def test_an_entry_is_verified_or_refused_once(meeting):
    entry = make_inscription(meeting, is_verified=False)
    verifying.verify(entry, **NOW)

    with pytest.raises(Refusal, match="only an unverified entry can be verified or refused"):
        verifying.verify(entry, **NOW)
    with pytest.raises(Refusal, match="only an unverified entry can be verified or refused"):
        verifying.refuse(entry, reason="Unknown", **NOW)

    entry.refresh_from_db()
    assert entry.state == Inscription.State.STANDING


def test_a_level_and_a_title_that_are_as_they_were_are_no_act(meeting):
    entry = make_inscription(meeting)
    before = Entry.objects.count()

    changing.change_level(entry, level=entry.level, title=entry.speaker_title, **NOW)

    assert Entry.objects.count() == before


def test_only_an_entry_that_is_pinned_is_unpinned_and_only_one_with_a_place_is_pinned(meeting):
    entry, other = make_inscription(meeting, make_delegation("AAA")), make_inscription(meeting, make_delegation("BBB"))
    with pytest.raises(Refusal, match="This entry is not pinned"):
        pinning.unpin(entry, **NOW)
    withdrawing.withdraw(other, **NOW)

    with pytest.raises(Refusal, match="Both entries must hold a place") as refusal:
        pinning.pin(entry, before=other, reason="Asked", **NOW)

    entry.refresh_from_db()
    assert (refusal.value.field, entry.is_pinned) == ("before", False)
