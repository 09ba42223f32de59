"""Change, withdrawal, verification, pins, deadlines, closing, reminding.  R-04 to R-06 R-11 R-14 R-20 R-23 to R-28

R-05 R-24 R-25 R-27
"""

from datetime import timedelta

import pytest

import clock
from acts.refusals import Refusal
from journal.models import Entry
from outbox.models import Message
from speakers.entries import changing, closing, deadlines, late_entries, verifying, withdrawing
from speakers.mail import reminding
from speakers.models import Inscription, Revision
from speakers.moves import pinning, undoing
from speakers.order import precedence, replaying
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
    order_of,
    subject_of,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = DEADLINE + timedelta(hours=1)


def kinds():
    """The kinds of mail posted so far, sorted, without the prefix."""
    return sorted(kind.removeprefix("speakers.") for kind in Message.objects.values_list("kind", flat=True))


def acts(meeting):
    """The acts on the list since its terms were fixed."""
    return list(Entry.objects.of_stream(meeting.journal_stream).filter(sequence__gt=1).values_list("act", flat=True))


def test_a_new_speaker_keeps_the_place_even_after_closing():
    meeting = make_meeting()
    first = make_inscription(meeting, make_delegation("AAA"))
    make_inscription(meeting, make_delegation("BBB"))

    changing.change_speaker(first, prefix="Mr.", name="The Deputy", title="Deputy", by=STAFF, at=LATER)

    assert order_of(meeting) == ["AAA", "BBB"]
    assert Inscription.objects.get(pk=first.pk).speaker_name == "The Deputy"
    assert acts(meeting) == ["inscribed", "inscribed", "speaker changed"]
    assert kinds().count("changed") == 1


def test_a_change_that_changes_nothing_is_not_journalled():
    meeting = make_meeting()
    entry = make_inscription(meeting)

    changing.change_speaker(
        entry, prefix=entry.speaker_prefix, name=entry.speaker_name, title=entry.speaker_title, by=STAFF, at=OPEN
    )

    assert acts(meeting) == ["inscribed"]


def test_a_level_of_the_same_class_keeps_the_place():
    meeting = make_meeting()
    first = make_inscription(meeting, make_delegation("AAA"), "HOS")
    make_inscription(meeting, make_delegation("BBB"), "HOS")

    changing.change_level(first, level=make_level("HOG"), title="Prime Minister", by=STAFF, at=OPEN)

    assert order_of(meeting) == ["AAA", "BBB"]


def test_a_level_lowered_and_raised_again_stands_at_the_end_of_its_class():
    meeting = make_meeting()
    first = make_inscription(meeting, make_delegation("AAA"), "HOS")
    make_inscription(meeting, make_delegation("BBB"), "HOS")
    changing.change_level(first, level=make_level("PR"), title="", by=STAFF, at=OPEN)

    changing.change_level(first, level=make_level("HOS"), title="", by=STAFF, at=OPEN)

    assert order_of(meeting) == ["BBB", "AAA"]


def test_an_upgrade_after_closing_is_refused_and_a_downgrade_is_not():
    meeting = make_meeting()
    entry = make_inscription(meeting, make_delegation("AAA"), "MFA")

    with pytest.raises(changing.ChangeRefused) as refusal:
        changing.change_level(entry, level=make_level("HOS"), title="", by=STAFF, at=DEADLINE)
    changing.change_level(entry, level=make_level("PR"), title="", by=STAFF, at=DEADLINE)

    assert refusal.value.field == "level"
    assert Inscription.objects.get(pk=entry.pk).level.code == "PR"


def test_a_withdrawal_keeps_the_row_and_says_who_and_when():
    meeting = make_meeting()
    entry = make_inscription(meeting)

    withdrawing.withdraw(entry, by=STAFF, at=LATER)

    entry.refresh_from_db()
    assert (entry.state, entry.ended_at, entry.ended_by) == ("withdrawn", LATER, "officer")
    with pytest.raises(withdrawing.WithdrawalRefused):
        withdrawing.withdraw(entry, by=STAFF, at=LATER)


def test_a_withdrawal_moves_no_entry_pinned_before_the_withdrawn_one():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("AAA"), "HOS")
    anchor = make_inscription(meeting, make_delegation("BBB"), "HOS")
    make_inscription(meeting, make_delegation("CCC"), "HOS")
    pinned = make_inscription(meeting, make_delegation("DDD"), "PR")
    pinning.pin(pinned, before=anchor, reason="Travel", by=STAFF, at=OPEN)

    withdrawing.withdraw(anchor, by=STAFF, at=OPEN)

    assert order_of(meeting) == ["AAA", "DDD", "CCC"]


def pinned_before_the_last():
    """A list “BBB, AAA, CCC” of Heads of State, in which AAA is pinned before CCC, the last."""
    meeting = make_meeting()
    first, _, last = (make_inscription(meeting, make_delegation(code), "HOS") for code in ["AAA", "BBB", "CCC"])
    pinning.pin(first, before=last, reason="Travel", by=STAFF, at=OPEN)
    return meeting, first, last


def test_a_pin_stays_when_the_last_entry_it_stood_before_leaves():
    meeting, first, last = pinned_before_the_last()

    withdrawing.withdraw(last, by=STAFF, at=OPEN)

    first = Inscription.objects.get(pk=first.pk)
    assert order_of(meeting) == ["BBB", "AAA"]
    assert (first.is_pinned, first.pin_reason) == (True, "Travel")
    assert acts(meeting)[-2:] == ["pinned to the end", "withdrawn"]
    assert precedence.explain(first)[-1] == (
        "Placed by the secretariat at the end, because the entry it was placed before has left. Reason: Travel"
    )


def test_a_pin_before_an_entry_that_changes_its_level_and_keeps_its_place_stays_as_it_is():
    meeting, first, last = pinned_before_the_last()

    changing.change_level(last, level=make_level("PR"), title="", by=STAFF, at=OPEN)

    first.refresh_from_db()
    assert order_of(meeting) == ["BBB", "AAA", "CCC"]
    assert (first.pinned_before, first.is_pinned_last) == (last, False)
    assert replaying.differences(meeting.speakers_list) == []


def test_no_entry_moves_when_a_pinned_one_with_another_pinned_before_it_changes_its_level():
    meeting, first, last = pinned_before_the_last()
    fourth = make_inscription(meeting, make_delegation("DDD"), "PR")
    pinning.pin(last, before=fourth, reason="Agreed", by=STAFF, at=OPEN)
    pinning.pin(first, before=last, reason="Travel", by=STAFF, at=OPEN)
    before = order_of(meeting)

    changing.change_level(last, level=make_level("OTH"), title="", by=STAFF, at=OPEN)

    assert before == order_of(meeting) == ["BBB", "AAA", "CCC", "DDD"]


def test_an_entry_pinned_to_the_end_stands_after_newcomers_until_it_is_unpinned():
    meeting, first, last = pinned_before_the_last()
    withdrawing.withdraw(last, by=STAFF, at=OPEN)
    make_inscription(meeting, make_delegation("DDD"), "PR")
    with_a_newcomer = order_of(meeting)

    pinning.unpin(first, by=STAFF, at=OPEN)

    assert with_a_newcomer == ["BBB", "DDD", "AAA"]
    assert order_of(meeting) == ["AAA", "BBB", "DDD"]


def test_an_entry_pinned_to_the_end_may_be_pinned_elsewhere_and_back_by_undo():
    meeting, first, last = pinned_before_the_last()
    withdrawing.withdraw(last, by=STAFF, at=OPEN)
    other = meeting.speakers_list.inscriptions.get(delegation__code="BBB")
    pinning.pin(first, before=other, reason="Agreed", by=STAFF, at=OPEN)
    moved = order_of(meeting)

    undoing.undo_last_move(meeting.speakers_list, by=STAFF, at=OPEN)

    first.refresh_from_db()
    assert moved == ["AAA", "BBB"]
    assert (order_of(meeting), first.is_pinned_last, first.pin_reason) == (["BBB", "AAA"], True, "Travel")


def test_several_pinned_before_the_last_keep_their_order_when_it_leaves():
    meeting = make_meeting()
    entries = {code: make_inscription(meeting, make_delegation(code)) for code in ["AAA", "BBB", "CCC", "DDD", "EEE"]}
    now = {"reason": "Travel", "by": STAFF, "at": OPEN}
    pinning.pin(entries["BBB"], before=entries["EEE"], **now)
    pinning.pin(entries["CCC"], before=entries["EEE"], **now)
    pinning.pin(entries["AAA"], before=entries["CCC"], **now)
    before = order_of(meeting)
    withdrawing.withdraw(entries["EEE"], by=STAFF, at=OPEN)

    withdrawing.withdraw(entries["CCC"], by=STAFF, at=OPEN)

    assert before == ["DDD", "BBB", "AAA", "CCC", "EEE"]
    assert order_of(meeting) == ["DDD", "BBB", "AAA"]
    assert replaying.differences(meeting.speakers_list) == []


def test_a_verified_entry_takes_the_place_of_its_original_receipt():
    meeting = make_meeting()
    unverified = make_inscription(meeting, make_delegation("AAA"), is_verified=False)
    make_inscription(meeting, make_delegation("BBB"))

    verifying.verify(unverified, by=STAFF, at=LATER)

    assert order_of(meeting) == ["AAA", "BBB"]
    assert "verified" in kinds()


def test_an_entry_cannot_be_verified_beside_a_standing_one():
    meeting = make_meeting()
    unverified = make_inscription(meeting, is_verified=False)
    make_inscription(meeting)

    with pytest.raises(verifying.VerificationRefused) as refusal:
        verifying.verify(unverified, by=STAFF, at=OPEN)

    assert str(refusal.value) == "Rwa is already inscribed in its national capacity (receipt 2)."


def test_a_refusal_needs_a_reason_and_mails_it_to_the_filer():
    meeting = make_meeting()
    unverified = make_inscription(meeting, is_verified=False)

    with pytest.raises(verifying.VerificationRefused):
        verifying.refuse(unverified, reason=" ", by=STAFF, at=OPEN)
    verifying.refuse(unverified, reason="Not known to the Mission.", by=STAFF, at=OPEN)

    mail = Message.objects.get(kind="speakers.refused")
    assert mail.to == ["rwa@missions.example"]
    assert "Not known to the Mission." in mail.body


def test_a_pin_needs_a_reason_and_a_confirmation_across_bands():
    meeting = make_meeting()
    anchor = make_inscription(meeting, make_delegation("AAA"))
    entry = make_inscription(meeting, make_delegation("PSE", band="observer_states"))

    with pytest.raises(pinning.PinRefused):
        pinning.pin(entry, before=anchor, reason="", by=STAFF, at=OPEN)
    with pytest.raises(pinning.PinRefused) as refusal:
        pinning.pin(entry, before=anchor, reason="Agreed", by=STAFF, at=OPEN)
    pinning.pin(entry, before=anchor, reason="Agreed", seen=refusal.value.shown, by=STAFF, at=OPEN)

    assert refusal.value.asks_twice
    assert order_of(meeting) == ["PSE", "AAA"]


def test_a_confirmation_to_cross_bands_is_for_one_anchor():
    meeting = make_meeting()
    first, second = (make_inscription(meeting, make_delegation(code)) for code in ("AAA", "BBB"))
    entry = make_inscription(meeting, make_delegation("PSE", band="observer_states"))
    with pytest.raises(pinning.PinRefused) as refusal:
        pinning.pin(entry, before=second, reason="Agreed", by=STAFF, at=OPEN)

    for unseen in (refusal.value.shown, "on"):
        with pytest.raises(pinning.PinRefused, match="Confirm that it is to cross bands") as again:
            pinning.pin(entry, before=first, reason="Agreed", seen=unseen, by=STAFF, at=OPEN)

    assert again.value.shown not in ("", refusal.value.shown)
    assert order_of(meeting) == ["AAA", "BBB", "PSE"]


def test_a_withdrawal_moves_no_entry_if_several_are_pinned_before_it():
    meeting = make_meeting()
    entries = {code: make_inscription(meeting, make_delegation(code)) for code in ["AAA", "BBB", "CCC", "DDD", "EEE"]}
    now = {"reason": "Travel", "by": STAFF, "at": OPEN}
    pinning.pin(entries["BBB"], before=entries["EEE"], **now)
    pinning.pin(entries["DDD"], before=entries["EEE"], **now)
    pinning.pin(entries["AAA"], before=entries["DDD"], **now)
    before = order_of(meeting)

    withdrawing.withdraw(entries["DDD"], by=STAFF, at=OPEN)

    assert before == ["CCC", "BBB", "AAA", "DDD", "EEE"]
    assert order_of(meeting) == ["CCC", "BBB", "AAA", "EEE"]


def test_two_entries_cannot_be_pinned_before_each_other():
    meeting = make_meeting()
    one = make_inscription(meeting, make_delegation("AAA"))
    two = make_inscription(meeting, make_delegation("BBB"))
    pinning.pin(two, before=one, reason="Travel", by=STAFF, at=OPEN)

    with pytest.raises(pinning.PinRefused):
        pinning.pin(one, before=two, reason="Travel", by=STAFF, at=OPEN)


def test_a_late_entry_needs_a_reason_and_never_displaces_a_timely_one():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("AAA"), "OTH")
    facts = {"by": STAFF, "at": LATER, "key": "k", "digest": "d"}

    with pytest.raises(late_entries.AdmissionRefused):
        late_entries.admit_late(an_inscription(meeting, make_delegation("BBB"), "HOS"), reason="", **facts)
    late_entries.admit_late(an_inscription(meeting, make_delegation("BBB"), "HOS"), reason="Note verbale", **facts)

    assert order_of(meeting) == ["AAA", "BBB"]
    assert Inscription.objects.get(delegation__code="BBB").is_late


def test_a_changed_deadline_is_mailed_to_all_inscribed_and_drops_no_entry():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("AAA"))
    make_inscription(meeting, make_delegation("BBB"))

    deadlines.change_deadline(
        meeting.speakers_list, closes_at=DEADLINE - timedelta(hours=2), reason="A holiday", by=STAFF, at=OPEN
    )

    assert order_of(meeting) == ["AAA", "BBB"]
    assert kinds().count("deadline") == 2
    assert subject_of(Message.objects.filter(kind="speakers.deadline").first()) == (
        "The deadline for inscription has changed: Thursday, 1 September 2016, 11:00 a.m. (New York time)"
    )


@pytest.mark.parametrize(
    ("closes_at", "reason"),
    [
        (DEADLINE + 30 * DAY, "After the start"),
        (DEADLINE - 30 * DAY, "Before the opening"),
        (OPEN, "Already past"),
        (DEADLINE + DAY, " "),
    ],
)
def test_an_impossible_deadline_is_refused(closes_at, reason):
    meeting = make_meeting()

    with pytest.raises(deadlines.DeadlineRefused):
        deadlines.change_deadline(meeting.speakers_list, closes_at=closes_at, reason=reason, by=STAFF, at=OPEN)

    meeting.refresh_from_db()
    assert meeting.speakers_list.closes_at == DEADLINE


def test_a_deadline_in_the_wrong_year_is_warned_of():
    meeting = make_meeting()

    found = deadlines.warnings(meeting.speakers_list, DEADLINE.replace(year=2015))

    assert found[0] == "The deadline would be 370 days before the meeting starts. Is the year right?"


def test_nothing_is_closed_in_the_ten_seconds_after_the_deadline():
    meeting = make_meeting()

    closed = closing.close_due_lists(at=DEADLINE + timedelta(seconds=9))

    assert closed == 0
    assert not Revision.objects.filter(speakers_list__meeting=meeting).exists()


def test_a_due_list_is_closed_frozen_and_mailed_exactly_once_however_late():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("AAA"))
    make_inscription(meeting, make_delegation("BBB"))

    first = closing.close_due_lists(at=DEADLINE + 3 * DAY)
    second = closing.close_due_lists(at=DEADLINE + 3 * DAY)

    meeting.refresh_from_db()
    assert (first, second) == (1, 0)
    assert meeting.speakers_list.closed_at == DEADLINE
    assert Revision.objects.get().number == 1
    assert kinds().count("established") == 2
    assert kinds().count("notice_established") == 1
    assert "Your place is 2 of 2." in Message.objects.get(kind="speakers.established", to=["bbb@missions.example"]).body


def test_a_reopened_list_takes_inscriptions_and_freezes_a_second_revision_chained_to_the_first():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("AAA"))
    closing.close_due_lists(at=LATER)
    deadlines.reopen(
        meeting.speakers_list, closes_at=DEADLINE + DAY, reason="A fault of the network", by=STAFF, at=LATER
    )
    make_inscription(meeting, make_delegation("BBB"), at=LATER)

    closing.close_due_lists(at=DEADLINE + 2 * DAY)

    first, second = Revision.objects.order_by("number")
    assert second.previous_sha256 == first.sha256
    assert order_of(meeting) == ["AAA", "BBB"]


def test_a_list_closed_by_hand_is_established_once_and_not_again_at_its_deadline():
    meeting = make_meeting()
    make_inscription(meeting)
    deadlines.close_by_hand(meeting.speakers_list, reason="The meeting was moved", by=STAFF, at=OPEN)

    closing.close_due_lists(at=LATER)

    assert Revision.objects.count() == 1
    assert kinds().count("established") == 1


def test_only_a_rehearsal_may_have_its_clock_shifted_and_then_lives_by_it():
    real = make_meeting("real")
    rehearsal = make_meeting("rehearsal", is_rehearsal=True)

    with pytest.raises(Refusal):
        deadlines.shift_clock(real.speakers_list, shift=DAY, by=STAFF, at=OPEN)
    deadlines.shift_clock(rehearsal.speakers_list, shift=DAY, by=STAFF, at=OPEN)

    rehearsal.refresh_from_db()
    assert not rehearsal.speakers_list.accepts_inscriptions(rehearsal.moment(OPEN))
    assert real.speakers_list.accepts_inscriptions(real.moment(OPEN))
    assert closing.close_due_lists(at=OPEN + timedelta(seconds=10)) == 1


@pytest.mark.parametrize(
    ("before", "subjects"),
    [(4 * DAY, 0), (3 * DAY, 1), (2 * DAY, 1), (DAY, 1), (timedelta(0), 0)],
)
def test_a_delegation_not_yet_inscribed_is_reminded_when_due(before, subjects):
    meeting = make_meeting()
    make_focal_point(make_delegation("AAA"))
    make_focal_point(make_delegation("BBB"))
    make_inscription(meeting, make_delegation("AAA"), at=meeting.speakers_list.opens_at)

    reminding.remind_delegations(at=DEADLINE - before)

    assert [mail.to for mail in Message.objects.filter(kind="speakers.reminder")] == [
        ["bbb@missions.example"]
    ] * subjects


def test_each_reminder_goes_out_once_and_there_are_two():
    make_meeting()
    make_focal_point(make_delegation("AAA"))

    for hours in range(96, 0, -1):
        reminding.remind_delegations(at=DEADLINE - timedelta(hours=hours))

    assert kinds() == ["reminder", "reminder"]


def test_a_delegation_is_asked_once_for_its_speaker_from_24_hours_before_the_meeting():
    meeting = make_meeting()
    make_inscription(meeting, speaker_name="")

    reminding.remind_delegations(at=meeting.starts_at - timedelta(hours=25))
    assert "confirm_speaker" not in kinds()
    reminding.remind_delegations(at=meeting.starts_at - timedelta(hours=23))
    reminding.remind_delegations(at=meeting.starts_at - timedelta(hours=22))

    assert kinds().count("confirm_speaker") == 1


def test_the_clock_can_be_stopped_for_a_test_only_within_its_block():
    with clock.stopped(OPEN):
        held = clock.now()

    assert held == OPEN
    assert clock.now() != OPEN
