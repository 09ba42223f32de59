"""Every policy behind the one interface, with and without the level before the band.  R-16 R-17 R-21 R-22"""

from datetime import timedelta

import pytest

from acts.refusals import Refusal
from outbox.models import Message
from speakers import recomputing
from speakers.entries import calling, changing
from speakers.models import Inscription, Revision, SpeakersList
from speakers.moves import drawing, term_changes
from speakers.order import policies, precedence
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    change_order,
    make_delegation,
    make_inscription,
    make_level,
    make_meeting,
    order_of,
)

pytestmark = pytest.mark.django_db
Policy = SpeakersList.Policy
MINUTE = timedelta(minutes=1)
LATER = DEADLINE + timedelta(hours=1)


def on_the_list(meeting, *, at=OPEN):
    """Two bands and two classes, received so that receipt, class and band would each order them differently."""
    make_inscription(meeting, make_delegation("BBB"), "PR", at=at)
    make_inscription(meeting, make_delegation("AAA"), "PR", at=at)
    make_inscription(meeting, make_delegation("CCC"), "MFA", at=at)
    make_inscription(meeting, make_delegation("DDD"), "PR", at=at, capacity="group", group_name="Friends")


def order_again(meeting, policy, *, at=OPEN, reason="Decided"):
    """Order the list of `meeting` by another policy. Returns the order."""
    change_order(meeting.speakers_list, policy=policy, level_before_band=False, reason=reason, by=STAFF, at=at)
    meeting.refresh_from_db()
    return order_of(meeting)


def with_lots(meeting):
    """Close the list of `meeting` and draw its lots."""
    SpeakersList.objects.filter(meeting=meeting).update(policy=Policy.LOTS)
    meeting.refresh_from_db()
    return drawing.draw_lots(meeting.speakers_list, by=STAFF, at=LATER)


def test_every_policy_a_meeting_can_name_is_there():
    assert set(policies.POLICIES) == set(Policy)


@pytest.mark.parametrize(
    ("policy", "level_before_band", "expected"),
    [
        (Policy.CUSTOMARY_PROTOCOL, False, ["DDD", "CCC", "BBB", "AAA"]),
        (Policy.CUSTOMARY_PROTOCOL, True, ["CCC", "DDD", "BBB", "AAA"]),
        (Policy.RECEIPT_ONLY, False, ["BBB", "AAA", "CCC", "DDD"]),
        (Policy.RECEIPT_ONLY, True, ["BBB", "AAA", "CCC", "DDD"]),
        (Policy.LOTS, False, ["DDD", "CCC", "BBB", "AAA"]),
        (Policy.LOTS, True, ["CCC", "DDD", "BBB", "AAA"]),
        (Policy.OPENING_WINDOW, False, ["DDD", "CCC", "BBB", "AAA"]),
        (Policy.OPENING_WINDOW, True, ["CCC", "DDD", "BBB", "AAA"]),
    ],
)
def test_before_a_draw_each_policy_orders_by_receipt_within_what_comes_first(policy, level_before_band, expected):
    meeting = make_meeting(policy=policy, level_before_band=level_before_band)
    on_the_list(meeting)

    listed = order_of(meeting)

    assert listed == expected


@pytest.mark.parametrize(("level_before_band", "before_the_lots"), [(False, ["DDD", "CCC"]), (True, ["CCC", "DDD"])])
def test_lots_decide_within_a_class_and_nothing_else(level_before_band, before_the_lots):
    meeting = make_meeting(level_before_band=level_before_band)
    on_the_list(meeting)

    draw = with_lots(meeting)

    assert order_of(meeting) == before_the_lots + recomputing.in_order(draw.seed, ["AAA", "BBB"])


def test_an_entry_that_comes_after_the_lots_stands_after_those_drawn():
    meeting = make_meeting()
    on_the_list(meeting)
    draw = with_lots(meeting)
    SpeakersList.objects.filter(meeting=meeting).update(closes_at=DEADLINE + timedelta(days=1))
    meeting.refresh_from_db()

    make_inscription(meeting, make_delegation("EEE"), "PR", at=LATER)

    assert order_of(meeting)[-3:] == [*recomputing.in_order(draw.seed, ["AAA", "BBB"]), "EEE"]


def test_an_entry_verified_after_the_lots_has_the_lot_that_follows_from_the_seed():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("AAA"), is_verified=False)

    draw = with_lots(meeting)

    assert Inscription.objects.get().lot == recomputing.lot(draw.seed, "AAA")
    assert draw.delegations == []


def test_a_change_of_class_gives_up_the_lot_and_joins_the_new_class_at_its_end():
    meeting = make_meeting()
    on_the_list(meeting)
    with_lots(meeting)
    moved = Inscription.objects.get(delegation__code="CCC")

    changing.change_level(moved, level=make_level("PR"), title="", by=STAFF, at=LATER)

    assert order_of(meeting)[-1] == "CCC"
    assert Inscription.objects.get(pk=moved.pk).lot == ""


def test_lots_are_drawn_once_and_only_when_the_list_is_closed():
    meeting = make_meeting(policy=Policy.LOTS)
    on_the_list(meeting)

    with pytest.raises(Refusal, match="when the list is closed"):
        drawing.draw_lots(meeting.speakers_list, by=STAFF, at=OPEN)
    drawing.draw_lots(meeting.speakers_list, by=STAFF, at=LATER)
    with pytest.raises(Refusal, match="drawn only once"):
        drawing.draw_lots(meeting.speakers_list, by=STAFF, at=LATER)


def test_a_list_that_follows_no_lots_draws_none():
    with pytest.raises(Refusal, match="not decided by lots"):
        drawing.draw_lots(make_meeting().speakers_list, by=STAFF, at=LATER)


def test_by_receipt_only_a_change_of_level_moves_no_entry():
    meeting = make_meeting(policy=Policy.RECEIPT_ONLY)
    on_the_list(meeting)

    changing.change_level(Inscription.objects.get(receipt_no=1), level=make_level("HOS"), title="", by=STAFF, at=OPEN)

    assert order_of(meeting) == ["BBB", "AAA", "CCC", "DDD"]


def test_another_order_after_the_opening_needs_a_reason_is_published_and_mailed():
    meeting = make_meeting()
    on_the_list(meeting)

    with pytest.raises(term_changes.TermsRefused) as refusal:
        order_again(meeting, Policy.RECEIPT_ONLY, reason=" ")
    listed = order_again(meeting, Policy.RECEIPT_ONLY, reason="As the committee decided")

    assert refusal.value.field == "reason"
    assert listed == ["BBB", "AAA", "CCC", "DDD"]
    assert [(revision.number, revision.kind) for revision in Revision.objects.all()] == [(1, "published")]
    mails = Message.objects.filter(kind="speakers.order")
    assert sorted(address for mail in mails for address in mail.to) == [
        f"{code}@missions.example" for code in ["aaa", "bbb", "ccc", "ddd"]
    ]
    assert "As the committee decided" in mails[0].body


def test_the_mail_about_another_order_says_that_the_level_comes_before_the_band():
    meeting = make_meeting()
    make_inscription(meeting)

    change_order(meeting.speakers_list, policy=Policy.CUSTOMARY_PROTOCOL, level_before_band=True, reason="Decided")

    told = Message.objects.get(kind="speakers.order").body
    assert "The level of the speaker is considered before the part of the list." in told


def test_another_order_before_the_opening_is_neither_published_nor_mailed():
    meeting = make_meeting()

    change_order(
        meeting.speakers_list,
        policy=Policy.OPENING_WINDOW,
        level_before_band=True,
        reason="As announced",
        by=STAFF,
        at=meeting.speakers_list.opens_at - MINUTE,
    )

    meeting.refresh_from_db()
    assert (meeting.speakers_list.policy, meeting.speakers_list.level_before_band) == ("opening_window", True)
    assert not Revision.objects.exists()


def test_the_order_stays_once_an_entry_was_called_or_the_meeting_began():
    meeting = make_meeting()
    on_the_list(meeting)

    with pytest.raises(Refusal, match="its order can no longer be changed"):
        order_again(meeting, Policy.RECEIPT_ONLY, at=meeting.starts_at)
    calling.call(Inscription.objects.get(receipt_no=1), meeting.speakers_list, by=STAFF, at=LATER)
    with pytest.raises(Refusal, match="its order can no longer be changed"):
        order_again(meeting, Policy.RECEIPT_ONLY, at=LATER)


def test_a_draw_at_the_opening_cannot_be_chosen_after_it():
    with pytest.raises(Refusal, match="it has opened"):
        order_again(make_meeting(), Policy.OPENING_WINDOW)


def test_the_same_order_again_is_no_change():
    with pytest.raises(Refusal, match="already"):
        order_again(make_meeting(), Policy.CUSTOMARY_PROTOCOL)


def test_lots_given_up_for_another_order_come_back_with_it():
    meeting = make_meeting()
    on_the_list(meeting)
    with_lots(meeting)
    drawn = order_of(meeting)

    in_between = order_again(meeting, Policy.CUSTOMARY_PROTOCOL, at=LATER)
    again = order_again(meeting, Policy.LOTS, at=LATER)

    assert in_between == ["DDD", "CCC", "BBB", "AAA"]
    assert again == drawn


def test_by_receipt_only_earlier_changes_of_class_do_not_count():
    meeting = make_meeting()
    on_the_list(meeting)
    changing.change_level(Inscription.objects.get(receipt_no=1), level=make_level("HOS"), title="", by=STAFF, at=OPEN)

    listed = order_again(meeting, Policy.RECEIPT_ONLY)

    assert listed == ["BBB", "AAA", "CCC", "DDD"]


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (Policy.CUSTOMARY_PROTOCOL, "Level “PR”; among levels of equal standing, the order of receipt decides."),
        (Policy.RECEIPT_ONLY, "This meeting’s list follows the order of receipt alone."),
        (Policy.LOTS, "among levels of equal standing, lots decide. None was drawn for this entry"),
        (Policy.OPENING_WINDOW, "among levels of equal standing, entries drawn come first. This one was not drawn"),
    ],
)
def test_each_policy_explains_a_place_in_its_own_words(policy, words):
    meeting = make_meeting(policy=policy)

    facts = precedence.explain(make_inscription(meeting))

    assert words in " ".join(facts)


def test_an_entry_that_was_drawn_reads_its_lot():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("AAA"))
    draw = with_lots(meeting)

    facts = precedence.explain(Inscription.objects.get())

    assert f"The lot drawn for “AAA” begins with {recomputing.lot(draw.seed, 'AAA')[:8]}." in " ".join(facts)


def test_a_class_taken_over_by_a_swap_counts_until_the_entry_changes_its_own_class():
    meeting = make_meeting()
    on_the_list(meeting)
    Inscription.objects.filter(delegation__code="AAA").update(class_by_swap=2)
    swapped = order_of(meeting)

    moved = Inscription.objects.get(delegation__code="AAA")
    changing.change_level(moved, level=make_level("OTH"), title="", by=STAFF, at=OPEN)

    assert swapped == ["DDD", "AAA", "CCC", "BBB"]
    assert order_of(meeting) == ["DDD", "CCC", "BBB", "AAA"]


@pytest.mark.parametrize("policy", [Policy.CUSTOMARY_PROTOCOL, Policy.RECEIPT_ONLY])
def test_in_an_order_without_a_draw_no_one_takes_part_in_one(policy):
    entry = make_inscription(make_meeting())

    assert not policies.policy_named(policy).is_drawn
    assert not policies.policy_named(policy).takes_part(entry, None)
