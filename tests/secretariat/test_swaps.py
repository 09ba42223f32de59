"""Swaps at the desk: what waits, what it would do, approved, or refused with a reason.  R-26 R-68"""

from datetime import timedelta

import pytest
from django.urls import reverse

import clock
from journal.models import Entry
from speakers.entries import calling
from speakers.models import SwapProposal
from speakers.moves import swapping
from tests import factories
from tests.confirming import seen_in
from tests.factories import OPEN, STAFF
from tests.secretariat import pages

SWAPS = reverse("admin:speakers_swapproposal_changelist")


@pytest.fixture
def swap(at_the_desk, db):
    """A swap of the third with the last of a list, agreed between the two and waiting for staff."""
    meeting = factories.make_meeting()
    made = [
        factories.make_inscription(meeting, factories.make_delegation(name[:3].upper(), name), level)
        for name, level in [("Ghana", "PR"), ("Japan", "PR"), ("Kenya", "PR"), ("Nepal", "PR"), ("Qatar", "OTH")]
    ]
    return swapping.accept(swapping.propose(made[2], partner=made[3], by=STAFF, at=OPEN), by=STAFF, at=OPEN)


def act(client, swap, name, **typed):
    return client.post(address(swap, name), typed)


def approve(client, swap, **typed):
    """Open the page of approving, and send its form."""
    return act(client, swap, "approve", seen=seen_in(client.get(address(swap, "approve"))), **typed)


def address(swap, name):
    return reverse("admin:speakers_swapproposal_act", args=[swap.pk, name])


def test_the_page_of_approving_says_what_the_swap_would_do(officer, swap):
    shown = pages.text(officer.get(address(swap, "approve")))

    assert "Kenya: from place 3 to place 4 (PR)." in shown
    assert "Nepal: from place 4 to place 3 (PR)." in shown
    assert "No other delegation moves." in shown
    assert "It cannot be taken back, except by another swap to which both agree." in shown
    assert "It expires on Thursday, 1 September 2016, 1:00 p.m. (New York time)." in shown


def test_an_officer_approves_and_is_named_in_the_journal(officer, swap):
    approve(officer, swap)

    swap.refresh_from_db()
    assert swap.state == "effective"
    assert factories.order_of(swap.meeting) == ["GHA", "JAP", "NEP", "KEN", "QAT"]
    assert Entry.objects.get(act="swap approved").payload.actor_name == officer.staff.username


def test_an_approval_is_asked_again_if_the_places_changed_since_its_page_was_opened(officer, swap):
    seen = seen_in(officer.get(address(swap, "approve")))
    factories.make_inscription(swap.meeting, factories.make_delegation("ZZZ", "Zambia"), "HOS")

    asked = act(officer, swap, "approve", seen=seen)
    swap.refresh_from_db()
    before = swap.state
    act(officer, swap, "approve", seen=seen_in(asked))

    swap.refresh_from_db()
    assert "Kenya moves from place 4 to place 5." in pages.text(asked)
    assert "cannot be taken back, except by another swap to which both agree" in pages.text(asked)
    assert (before, swap.state) == ("accepted", "effective")


def test_an_officer_refuses_with_words(officer, swap):
    without = act(officer, swap, "refuse")
    act(officer, swap, "refuse", reason="The order was announced")

    swap.refresh_from_db()
    assert "This field is required." in pages.text(without)
    assert (swap.state, swap.answer) == ("refused", "The order was announced")


def test_across_classes_it_is_approved_only_for_a_reason(officer, swap):
    swapping.cancel(swap, by=STAFF, at=OPEN)
    entries = {entry.delegation.code: entry for entry in swap.speakers_list.inscriptions.select_related("delegation")}
    across = swapping.propose(entries["KEN"], partner=entries["QAT"], by=STAFF, at=OPEN)
    across = swapping.accept(across, by=STAFF, at=OPEN)

    shown = pages.text(officer.get(address(across, "approve")))
    without = approve(officer, across)
    approve(officer, across, reason="A minister travels")

    across.refresh_from_db()
    assert "They are in different classes, so an approval needs a reason." in shown
    assert "They are in different classes. Give the reason" in pages.text(without)
    assert across.state == "effective"


def test_a_swap_that_has_become_impossible_says_why_before_and_after_the_button(officer, swap):
    with clock.stopped(OPEN + timedelta(hours=1)):
        factories.make_inscription(swap.meeting, factories.make_delegation("ZZZ", "Zambia"), "HOS")
    first = swap.speakers_list.inscriptions.get(delegation__code="GHA")
    calling.call(first, swap.speakers_list, by=STAFF, at=OPEN)
    calling.call(swap.speakers_list.inscriptions.get(delegation__code="ZZZ"), swap.speakers_list, by=STAFF, at=OPEN)

    shown = pages.text(officer.get(address(swap, "approve")))
    sent = act(officer, swap, "approve")

    assert "Not possible now: It is among the next two to be called." in shown
    assert "It is among the next two to be called." in pages.text(sent)


def test_the_list_of_swaps_is_read_by_all_and_decided_by_officers(reader, officer, swap):
    listed = pages.text(reader.get(SWAPS))

    assert "Kenya ⇄ Nepal" in listed
    assert act(reader, swap, "approve").status_code == 403
    assert SwapProposal.objects.get().state == "accepted"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_swaps_costs_the_same_for_any_number(reader, swap, number, django_assert_num_queries):
    entries = list(swap.speakers_list.inscriptions.all())
    SwapProposal.objects.bulk_create(
        SwapProposal(
            speakers_list=swap.speakers_list,
            proposer=entries[0],
            partner=entries[1],
            state="declined",
            proposed_at=OPEN,
            ended_at=OPEN,
        )
        for _number in range(number - 1)
    )

    with django_assert_num_queries(7):
        reader.get(SWAPS)


def test_an_entry_that_swapped_is_marked_on_the_list_and_explains_it(officer, swap):
    approve(officer, swap)

    listed = officer.get(pages.list_page(mark="swapped"))
    shown = pages.text(officer.get(pages.entry_page(swap.proposer)))

    assert pages.cells(listed, "delegation_name") == ["Nepal", "Kenya"]
    assert "swapped" in pages.cells(listed, "marks")[0]
    assert "Swapped with Nepal on Wednesday, 31 August 2016" in shown
