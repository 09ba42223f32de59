"""Swaps: proposed, accepted, approved; refused in words; over by the clock.  R-26 R-22"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from acts.locking import locked
from acts.refusals import Refusal
from dialogue.models import Meeting
from journal.models import Entry
from outbox.models import Message
from speakers import tasks
from speakers.entries import calling, changing, late_entries, withdrawing
from speakers.models import Inscription, SpeakersList, SwapProposal
from speakers.moves import drawing, pinning, swap_rules, swapping
from speakers.order import precedence
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    an_inscription,
    change_order,
    make_delegation,
    make_inscription,
    make_level,
    make_meeting,
    order_of,
    subject_of,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = 24 * HOUR
NOW = {"by": STAFF, "at": OPEN}
CODES = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"]


@pytest.fixture
def meeting():
    """Six Member States of one class; the first two are the next to be called."""
    meeting = make_meeting()
    for code in CODES:
        make_inscription(meeting, make_delegation(code))
    return meeting


def entry_of(code):
    return Inscription.objects.select_related("delegation", "level").get(delegation__code=code)


def propose(one="CCC", other="FFF", **changes):
    return swapping.propose(entry_of(one), partner=entry_of(other), **{**NOW, **changes})


def accept(proposal, **changes):
    return swapping.accept(proposal, **{**NOW, **changes})


def swap(one="CCC", other="FFF", reason=""):
    """A swap from proposal to effect."""
    return swapping.approve(accept(propose(one, other)), reason=reason, **NOW)


def states():
    return list(SwapProposal.objects.order_by("pk").values_list("state", flat=True))


def swap_mails():
    """Who was mailed about swaps, each with its subject, in order."""
    mails = Message.objects.filter(kind__in=["speakers.swap", "speakers.notice_swap"]).order_by("pk")
    return [(mail.to[0].split("@")[0], subject_of(mail)) for mail in mails]


def test_a_swap_takes_effect_when_staff_approve_it_and_no_other_entry_moves(meeting):
    proposal = accept(propose("CCC", "FFF"))
    agreed = order_of(meeting)

    swapping.approve(proposal, reason="", **NOW)

    assert agreed == CODES
    assert order_of(meeting) == ["AAA", "BBB", "FFF", "DDD", "EEE", "CCC"]
    assert states() == ["effective"]


def test_if_the_meeting_needs_no_approval_it_takes_effect_when_it_is_accepted(meeting):
    SpeakersList.objects.update(swaps_need_approval=False)

    accept(propose("CCC", "FFF"))

    assert order_of(meeting) == ["AAA", "BBB", "FFF", "DDD", "EEE", "CCC"]


def test_each_step_is_mailed_to_both_sides_and_the_officer(meeting):
    swap("CCC", "FFF")

    assert swap_mails() == [
        ("ccc", "Swap proposed to Fff"),
        ("fff", "Ccc proposes a swap: please accept or decline"),
        ("inscription", "List of speakers: swap of Ccc and Fff, waits for the other delegation"),
        ("ccc", "Swap of Ccc and Fff accepted; the secretariat decides"),
        ("fff", "Swap of Ccc and Fff accepted; the secretariat decides"),
        ("inscription", "List of speakers: swap of Ccc and Fff, waits for the secretariat"),
        ("ccc", "Swap of Ccc and Fff is in effect"),
        ("fff", "Swap of Ccc and Fff is in effect"),
        ("inscription", "List of speakers: swap of Ccc and Fff, in effect"),
    ]
    last = Message.objects.filter(kind="speakers.swap").latest("pk")
    assert "Place of Fff now: 3" in last.body
    assert "Place of Ccc now: 6" in last.body


def test_each_step_is_journalled_with_both_turns(meeting):
    swap("CCC", "FFF")

    acts = (
        Entry.objects.of_stream(meeting.journal_stream)
        .exclude(act__in=["terms fixed", "inscribed"])
        .values_list("act", flat=True)
    )
    assert list(acts) == ["swap proposed", "swap accepted", "swapped", "swapped", "swap approved"]


def test_both_sides_read_of_the_swap_why_they_stand_there(meeting):
    swap("CCC", "FFF")

    facts = precedence.explain(entry_of("FFF"))

    assert facts[0].startswith("Place 3 ")
    assert facts[3:] == [
        "Swapped with Ccc on Wednesday, 31 August 2016, 1:00 p.m. (New York time): it has the turn that Ccc had.",
        "The receipt number of this entry is 6.",
    ]


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ("AAA", "among the next two to be called"),
        ("PSE", "another part of the list"),
        ("GRP", "another part of the list"),
        ("CCC", "with itself"),
        ("UNV", "no place on this list"),
        ("PIN", "set by the secretariat"),
    ],
)
def test_impossible_swaps_are_refused_in_words(meeting, other, words):
    make_inscription(meeting, make_delegation("PSE", band="observer_states"))
    make_inscription(meeting, make_delegation("GRP"), capacity="group", group_name="Friends")
    make_inscription(meeting, make_delegation("UNV"), is_verified=False)
    pinned = make_inscription(meeting, make_delegation("PIN"))
    pinning.pin(pinned, before=entry_of("EEE"), reason="Travel", **NOW)

    with pytest.raises(swapping.SwapRefused, match=words) as refusal:
        propose("CCC", other)

    assert refusal.value.field == "partner"
    assert states() == []


@pytest.mark.parametrize("code", ["AAA", "BBB"])
def test_the_next_two_to_be_called_cannot_propose_either(meeting, code):
    with pytest.raises(Refusal, match="among the next two"):
        propose(code, "FFF")


def test_once_the_first_is_called_the_third_is_among_the_next_two(meeting):
    proposal = accept(propose("CCC", "FFF"))
    calling.call(entry_of("AAA"), meeting.speakers_list, **NOW)

    with pytest.raises(Refusal, match="among the next two"):
        swapping.approve(proposal, reason="", **NOW)

    assert order_of(meeting) == CODES


def test_an_entry_of_another_list_is_no_partner(meeting):
    elsewhere = make_meeting("another")
    other = make_inscription(elsewhere, make_delegation("ZZZ"))

    with pytest.raises(Refusal, match="no place on this list"):
        swapping.propose(entry_of("CCC"), partner=other, **NOW)


def test_across_classes_staff_must_allow_it_for_a_reason_even_if_no_approval_is_needed(meeting):
    SpeakersList.objects.update(swaps_need_approval=False)
    make_inscription(meeting, make_delegation("LOW"), "OTH")
    proposal = accept(propose("CCC", "LOW"))
    waiting = states()

    with pytest.raises(Refusal) as refusal:
        swapping.approve(proposal, reason=" ", **NOW)
    swapping.approve(proposal, reason="The Minister travels", **NOW)

    assert waiting == ["accepted"]
    assert refusal.value.field == "reason"
    assert order_of(meeting) == ["AAA", "BBB", "LOW", "DDD", "EEE", "FFF", "CCC"]
    assert "The secretariat allowed it. Reason: The Minister travels" in precedence.explain(entry_of("LOW"))


def test_a_late_entry_swaps_with_a_timely_one_only_if_staff_allow_it(meeting):
    late = an_inscription(meeting, make_delegation("LAT"))
    late_entries.admit_late(late, reason="Note verbale", by=STAFF, at=DEADLINE, key="k", digest="d")
    offer = swap_rules.Offer.of(meeting.speakers_list, entry_of("CCC").pk, at=DEADLINE)

    needs_leave = {choice.place.inscription.delegation.code for choice in offer.choices() if choice.needs_leave}

    assert needs_leave == {"LAT"}


def test_a_swap_across_classes_exchanges_a_late_turn_too(meeting):
    late = an_inscription(meeting, make_delegation("LAT"))
    late_entries.admit_late(late, reason="Note verbale", by=STAFF, at=OPEN + 2 * DAY, key="k", digest="d")

    swap("CCC", "LAT", reason="Both agree")

    assert order_of(meeting) == ["AAA", "BBB", "LAT", "DDD", "EEE", "FFF", "CCC"]


def test_two_swaps_that_undo_each_other_restore_the_order(meeting):
    swap("CCC", "FFF")
    swap("FFF", "CCC")

    assert order_of(meeting) == CODES


def test_a_chain_of_swaps_moves_each_time_only_two(meeting):
    swap("CCC", "DDD")
    swap("CCC", "EEE")
    swap("DDD", "FFF")

    assert order_of(meeting) == ["AAA", "BBB", "FFF", "EEE", "CCC", "DDD"]


def test_an_entry_that_changes_class_after_a_swap_joins_the_end_and_the_other_keeps_the_turn(meeting):
    swap("CCC", "FFF")

    changing.change_level(entry_of("CCC"), level=make_level("OTH"), title="", **NOW)

    assert order_of(meeting) == ["AAA", "BBB", "FFF", "DDD", "EEE", "CCC"]
    assert not entry_of("CCC").is_swapped


def test_an_entry_withdrawn_after_a_swap_leaves_the_other_where_it_is(meeting):
    swap("CCC", "FFF")

    withdrawing.withdraw(entry_of("CCC"), **NOW)

    assert order_of(meeting) == ["AAA", "BBB", "FFF", "DDD", "EEE"]


def test_what_is_pinned_before_one_side_stays_where_it_is(meeting):
    pinning.pin(entry_of("EEE"), before=entry_of("DDD"), reason="Travel", **NOW)

    swap("DDD", "FFF")

    assert order_of(meeting) == ["AAA", "BBB", "CCC", "EEE", "FFF", "DDD"]
    assert entry_of("EEE").pinned_before == entry_of("FFF")


def test_an_entry_that_swapped_can_be_pinned_and_unpinned_again(meeting):
    swap("CCC", "FFF")
    pinning.pin(entry_of("CCC"), before=entry_of("AAA"), reason="Travel", **NOW)

    pinning.unpin(entry_of("CCC"), **NOW)

    assert order_of(meeting) == ["AAA", "BBB", "FFF", "DDD", "EEE", "CCC"]


@pytest.mark.parametrize("end", [swapping.decline, swapping.cancel])
def test_a_proposal_is_declined_or_withdrawn_and_then_over(meeting, end):
    proposal = propose()

    end(proposal, **NOW)

    with pytest.raises(Refusal, match="This swap is over"):
        accept(proposal)
    assert order_of(meeting) == CODES


def test_staff_refuse_with_words_that_both_sides_read(meeting):
    proposal = accept(propose())

    with pytest.raises(Refusal) as refusal:
        swapping.refuse(proposal, reason=" ", **NOW)
    swapping.refuse(proposal, reason="The order was announced", **NOW)

    assert refusal.value.field == "reason"
    mails = [mail for mail in Message.objects.filter(kind="speakers.swap") if "not approved" in mail.subject]
    assert sorted(mail.to[0] for mail in mails) == ["ccc@missions.example", "fff@missions.example"]
    assert all("The secretariat wrote: The order was announced" in mail.body for mail in mails)


def test_only_what_was_accepted_is_approved_and_only_once(meeting):
    proposal = propose()
    with pytest.raises(Refusal, match="waits for the other delegation"):
        swapping.approve(proposal, reason="", **NOW)
    accept(proposal)
    with pytest.raises(Refusal, match="waits for the secretariat"):
        accept(proposal)
    swapping.approve(proposal, reason="", **NOW)
    with pytest.raises(Refusal, match="in effect"):
        swapping.approve(proposal, reason="", **NOW)


@pytest.mark.parametrize("code", ["CCC", "FFF"])
@pytest.mark.parametrize("is_accepted", [False, True])
def test_a_proposal_is_over_when_either_side_is_called_withdraws_or_changes_level(meeting, code, is_accepted):
    acts = [
        lambda entry: calling.call(entry, meeting.speakers_list, **NOW),
        lambda entry: changing.change_level(entry, level=make_level("CDA"), title="", **NOW),
        lambda entry: withdrawing.withdraw(entry, **NOW),
    ]
    for act in acts:
        with transaction.atomic():
            proposal = propose()
            if is_accepted:
                accept(proposal)
            act(entry_of(code))
            assert states() == ["expired"]
            transaction.set_rollback(True)


def test_a_change_of_speaker_ends_no_proposal(meeting):
    propose()

    changing.change_speaker(entry_of("CCC"), prefix="", name="Another", title="", **NOW)

    assert states() == ["proposed"]


def test_after_24_hours_the_clock_alone_has_ended_it_and_the_task_notifies_once(meeting):
    proposal = accept(propose())

    assert swapping.expire_due(at=OPEN + DAY - timedelta(seconds=1)) == 0
    with pytest.raises(Refusal, match="This swap is over: expired"):
        swapping.approve(proposal, reason="", by=STAFF, at=OPEN + DAY)
    assert (swapping.expire_due(at=OPEN + DAY), swapping.expire_due(at=OPEN + DAY)) == (1, 0)

    assert states() == ["expired"]
    assert swap_mails()[-1] == ("inscription", "List of speakers: swap of Ccc and Fff, expired")
    assert order_of(meeting) == CODES


def test_the_day_of_a_proposal_runs_by_the_clock_of_a_rehearsal(meeting):
    Meeting.objects.update(is_rehearsal=True, clock_shift=DAY)
    propose(at=OPEN + DAY)

    assert swapping.expire_due(at=OPEN + HOUR) == 0
    assert swapping.expire_due(at=OPEN + DAY) == 1


def test_the_task_that_runs_each_minute_ends_what_is_due(meeting):
    propose(at=OPEN)

    tasks.expire_swaps()

    assert states() == ["expired"]


def test_an_entry_proposes_one_swap_at_a_time(meeting):
    propose("CCC", "FFF")

    with pytest.raises(Refusal, match="Take it back first"):
        propose("CCC", "EEE")
    with pytest.raises(IntegrityError), transaction.atomic():
        SwapProposal.objects.create(
            speakers_list=meeting.speakers_list, proposer=entry_of("CCC"), partner=entry_of("DDD"), proposed_at=OPEN
        )


def test_a_proposal_over_by_the_clock_does_not_block_the_next(meeting):
    propose("CCC", "FFF")

    propose("CCC", "EEE", at=OPEN + DAY)

    assert states() == ["expired", "proposed"]


def test_an_entry_asked_by_two_swaps_with_one_and_the_other_proposal_is_over(meeting):
    first, second = propose("CCC", "FFF"), propose("DDD", "FFF")

    swapping.approve(accept(first), reason="", **NOW)

    assert states() == ["effective", "expired"]
    second.refresh_from_db()
    assert second.answer == "One of the two has since swapped with another delegation."


def test_a_delegation_that_has_agreed_to_one_swap_agrees_to_no_other(meeting):
    accept(propose("CCC", "FFF"))
    other = propose("DDD", "EEE")

    with pytest.raises(Refusal, match="agreed to another swap"):
        propose("FFF", "EEE")
    with pytest.raises(Refusal, match="agreed to another swap"):
        propose("EEE", "FFF")
    accept(other)

    assert states() == ["accepted", "accepted"]


def test_an_entry_proposes_five_times_a_day_at_most(meeting):
    for _time in range(5):
        swapping.cancel(propose(), **NOW)

    with pytest.raises(Refusal, match="the most allowed"):
        propose()
    propose(at=OPEN + DAY)


def test_nothing_is_swapped_before_the_draw_nor_after_the_meeting(meeting):
    SpeakersList.objects.update(policy="lots")
    with pytest.raises(Refusal, match="has not been held yet"):
        propose()
    drawing.draw_lots(Meeting.objects.get().speakers_list, by=STAFF, at=DEADLINE)
    with pytest.raises(Refusal, match="The meeting is over"):
        propose(at=meeting.ends_at)


def test_lots_are_swapped_like_receipts(meeting):
    SpeakersList.objects.update(policy="lots")
    drawing.draw_lots(Meeting.objects.get().speakers_list, by=STAFF, at=DEADLINE)
    meeting.refresh_from_db()
    drawn = order_of(meeting)

    swap(drawn[2], drawn[5])

    assert order_of(meeting) == [*drawn[:2], drawn[5], drawn[3], drawn[4], drawn[2]]


def test_a_change_of_order_undoes_swaps_and_ends_proposals(meeting):
    swap("CCC", "FFF")
    propose("DDD", "EEE")

    change_order(meeting.speakers_list, policy="receipt_only", level_before_band=False, reason="Simpler", **NOW)
    meeting.refresh_from_db()

    assert order_of(meeting) == CODES
    assert states() == ["effective", "expired"]
    assert not entry_of("CCC").is_swapped


def test_the_choice_names_every_other_entry_with_the_reason_if_it_is_impossible(meeting):
    make_inscription(meeting, make_delegation("PSE", band="observer_states"))

    offer = swap_rules.Offer.of(meeting.speakers_list, entry_of("CCC").pk, at=OPEN)

    assert {choice.place.inscription.delegation.code: choice.why_not for choice in offer.choices()} == {
        "AAA": "It is among the next two to be called.",
        "BBB": "It is among the next two to be called.",
        "DDD": "",
        "EEE": "",
        "FFF": "",
        "PSE": "It is in another part of the list; swaps are possible only within one part.",
    }


def test_the_database_refuses_impossible_swaps(meeting):
    sides = {"proposer": entry_of("CCC"), "partner": entry_of("DDD"), "proposed_at": OPEN}
    sides |= {"speakers_list": meeting.speakers_list}

    for wrong in [{"partner": entry_of("CCC")}, {"state": "effective", "ended_at": OPEN}, {"state": "declined"}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            SwapProposal.objects.create(**{**sides, **wrong})


def test_an_entry_that_was_called_swaps_with_no_one(meeting):
    with locked(meeting.speakers_list) as speakers_list:
        calling.call(entry_of("CCC"), speakers_list, **NOW)

    for one, other in [("CCC", "FFF"), ("FFF", "CCC")]:
        with pytest.raises(Refusal, match="already been called to the floor"):
            propose(one, other)

    assert states() == []


def test_of_two_proposals_to_one_partner_the_second_is_not_accepted_while_the_first_waits_for_staff(meeting):
    first, second = propose("CCC", "FFF"), propose("DDD", "FFF")
    accept(first)

    with pytest.raises(Refusal, match="agreed to another swap"):
        accept(second)

    assert states() == ["accepted", "proposed"]


def test_an_entry_that_left_the_list_is_across_no_classes(meeting):
    gone = entry_of("FFF")
    withdrawing.withdraw(gone, **NOW)

    offer = swap_rules.Offer.of(meeting.speakers_list, entry_of("CCC").pk, at=OPEN)

    assert not offer.is_across_classes(gone.pk)
    assert offer.why_not(gone.pk) == "It holds no place on this list."
