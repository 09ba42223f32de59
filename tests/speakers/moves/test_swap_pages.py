"""Swaps on the web: the choice, the answers, and whose sign-in may give them.  R-26 R-59 R-68"""

import re
import uuid

import pytest
from django.urls import reverse

import clock
from journal.models import Entry
from outbox.models import Message
from speakers import erasing
from speakers.models import SpeakersList, SwapProposal
from speakers.moves import swapping
from tests.confirming import seen_in, twice
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_meeting,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped(OPEN):
        yield


@pytest.fixture
def entries():
    """Four Member States on one list, each with its focal point."""
    meeting = make_meeting()
    made = {}
    for code in ["AAA", "BBB", "CCC", "DDD"]:
        made[code] = make_inscription(meeting, make_delegation(code))
        make_focal_point(made[code].delegation)
    return made


def signed_in(client, code):
    session = client.session
    session["speakers_address"] = f"{code.lower()}@missions.example"
    session.save()
    return client


def address(entry, name="swap", *rest):
    return reverse(f"speakers:{name}", args=[entry.meeting.slug, entry.public_id, *rest])


def propose(client, one, other):
    return twice(client, address(one), {"partner": str(other.public_id)})


def answer(client, entry, swap, act):
    return client.post(address(entry, "swap_answer", swap.public_id, act))


def accept(client, entry, swap):
    return twice(client, address(entry, "swap_answer", swap.public_id, "accept"))


def test_the_choice_greys_the_impossible_and_says_why(client, entries):
    shown = signed_in(client, "CCC").get(address(entries["CCC"])).content.decode()

    choice = shown.split(f'value="{entries["AAA"].public_id}"')[1].split("</li>")[0]
    assert " disabled" in choice.split(">")[0]
    assert "It is among the next two to be called." in choice
    possible = shown.split(f'value="{entries["DDD"].public_id}"')[1].split(">")[0]
    assert "disabled" not in possible


def test_a_swap_is_proposed_by_one_sign_in_and_accepted_by_the_other(client, entries):
    one, other = entries["CCC"], entries["DDD"]

    proposed = propose(signed_in(client, "CCC"), one, other)
    swap = SwapProposal.objects.get()
    asked = signed_in(client, "DDD").get(other.get_absolute_url()).content.decode()
    accept(client, other, swap)

    swap.refresh_from_db()
    assert proposed.url == one.get_absolute_url()
    assert "Ccc proposes to exchange places with you." in asked
    assert "Your place would change from 4 to 3." in asked
    assert swap.state == "accepted"


def test_a_proposal_says_both_places_first_and_that_the_swap_is_for_good(client, entries):
    one, other = entries["CCC"], entries["DDD"]

    asked = signed_in(client, "CCC").post(address(one), {"partner": str(other.public_id)})

    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Ccc moves from place 3 to place 4." in page
    assert "Ddd moves from place 4 to place 3." in page
    assert "the swap itself cannot be taken back" in page
    assert "Yes, propose the swap" in page
    assert re.search(rf'value="{other.public_id}"[^>]* checked', page)
    assert not SwapProposal.objects.exists()


def test_another_partner_chosen_under_the_question_is_asked_about_again(client, entries):
    entries["EEE"] = make_inscription(entries["CCC"].meeting, make_delegation("EEE"))
    signed_in(client, "CCC")
    asked = client.post(address(entries["CCC"]), {"partner": str(entries["DDD"].public_id)})

    again = client.post(address(entries["CCC"]), {"partner": str(entries["EEE"].public_id), "seen": seen_in(asked)})

    assert "Ccc moves from place 3 to place 5." in again.content.decode()
    assert "This has changed since you were asked." in again.content.decode()
    assert not SwapProposal.objects.exists()


@pytest.mark.parametrize(
    ("needs_approval", "said"), [(True, "The secretariat decides next."), (False, "The swap takes effect at once")]
)
def test_accepting_says_both_places_first_and_is_done_by_the_second_press(client, entries, needs_approval, said):
    SpeakersList.objects.update(swaps_need_approval=needs_approval)
    swap = swapping.propose(entries["CCC"], partner=entries["DDD"], by=STAFF, at=OPEN)
    path = address(entries["DDD"], "swap_answer", swap.public_id, "accept")

    asked = signed_in(client, "DDD").post(path)
    before = SwapProposal.objects.get().state
    client.post(path, {"seen": seen_in(asked)})

    page = asked.content.decode()
    assert (asked.status_code, before) == (422, "proposed")
    assert "Ddd moves from place 4 to place 3." in page
    assert said in page
    assert SwapProposal.objects.get().state == ("accepted" if needs_approval else "effective")


def test_a_swap_is_asked_about_again_if_the_places_changed_before_it_was_confirmed(client, entries):
    swap = swapping.propose(entries["CCC"], partner=entries["DDD"], by=STAFF, at=OPEN)
    path = address(entries["DDD"], "swap_answer", swap.public_id, "accept")
    asked = signed_in(client, "DDD").post(path)
    make_inscription(entries["CCC"].meeting, make_delegation("ZZZ"), "HOS")

    again = client.post(path, {"seen": seen_in(asked)})

    assert "Ddd moves from place 5 to place 4." in again.content.decode()
    assert SwapProposal.objects.get().state == "proposed"


def test_no_delegation_accepts_its_own_proposal(client, entries):
    one, other = entries["CCC"], entries["DDD"]
    propose(signed_in(client, "CCC"), one, other)
    swap = SwapProposal.objects.get()

    on_its_own_receipt = answer(client, one, swap, "accept")
    on_the_others = answer(client, other, swap, "accept")

    swap.refresh_from_db()
    assert (on_its_own_receipt.status_code, on_the_others.status_code) == (404, 404)
    assert swap.state == "proposed"


def test_a_third_delegation_neither_sees_nor_answers_it(client, entries):
    propose(signed_in(client, "CCC"), entries["CCC"], entries["DDD"])
    swap = SwapProposal.objects.get()
    signed_in(client, "BBB")

    own = client.get(entries["BBB"].get_absolute_url()).content.decode()
    theirs = answer(client, entries["DDD"], swap, "decline")
    on_its_own = answer(client, entries["BBB"], swap, "decline")

    assert "exchange places with you" not in own
    assert (theirs.status_code, on_its_own.status_code) == (404, 404)


@pytest.mark.parametrize(("act", "code", "state"), [("decline", "DDD", "declined"), ("cancel", "CCC", "cancelled")])
def test_a_proposal_is_declined_or_withdrawn_on_the_receipt(client, entries, act, code, state):
    propose(signed_in(client, "CCC"), entries["CCC"], entries["DDD"])
    swap = SwapProposal.objects.get()

    answer(signed_in(client, code), entries[code], swap, act)

    swap.refresh_from_db()
    assert swap.state == state


def test_opening_the_address_of_an_answer_changes_nothing(client, entries):
    propose(signed_in(client, "CCC"), entries["CCC"], entries["DDD"])
    swap = SwapProposal.objects.get()

    opened = signed_in(client, "DDD").get(address(entries["DDD"], "swap_answer", swap.public_id, "accept"))

    swap.refresh_from_db()
    assert opened.url == entries["DDD"].get_absolute_url()
    assert swap.state == "proposed"


def test_an_unknown_answer_and_an_unknown_swap_are_not_found(client, entries):
    propose(signed_in(client, "CCC"), entries["CCC"], entries["DDD"])
    swap = SwapProposal.objects.get()

    assert answer(client, entries["CCC"], swap, "approve").status_code == 404
    swap.public_id = uuid.uuid4()
    assert answer(client, entries["CCC"], swap, "cancel").status_code == 404


def test_an_impossible_swap_that_is_sent_anyway_is_refused_in_words(client, entries):
    sent = signed_in(client, "CCC").post(address(entries["CCC"]), {"partner": str(entries["AAA"].public_id)})

    assert sent.status_code == 422
    assert "It is among the next two to be called." in sent.content.decode()
    assert not SwapProposal.objects.exists()


def test_a_missing_choice_is_reported_and_nothing_is_proposed(client, entries):
    sent = signed_in(client, "CCC").post(address(entries["CCC"]), {})

    assert sent.status_code == 422
    assert "Choose a delegation." in sent.content.decode()


def test_an_answer_that_comes_too_late_is_reported_on_the_receipt(client, entries):
    propose(signed_in(client, "CCC"), entries["CCC"], entries["DDD"])
    swap = SwapProposal.objects.get()
    swapping.cancel(swap, by=STAFF, at=OPEN)

    told = signed_in(client, "DDD").post(address(entries["DDD"], "swap_answer", swap.public_id, "accept"), follow=True)

    assert "This swap is over: taken back." in told.content.decode()


def test_a_receipt_shows_the_outcome_of_a_swap_and_a_bound_delegation_sees_why_no_other_is_possible(client, entries):
    swap = swapping.propose(entries["CCC"], partner=entries["DDD"], by=STAFF, at=OPEN)
    signed_in(client, "CCC")

    waiting = client.get(address(entries["CCC"])).content.decode()
    swapping.decline(swap, by=STAFF, at=OPEN)
    ended = client.get(entries["CCC"].get_absolute_url()).content.decode()

    assert "Your delegation has proposed a swap that is still open." in waiting
    assert "Swap with Ddd: declined, Wednesday, 31 August 2016, 1:00 p.m." in ended


def test_after_24_hours_a_receipt_says_expired_even_if_no_task_ran(client, entries):
    swapping.propose(entries["CCC"], partner=entries["DDD"], by=STAFF, at=OPEN)
    signed_in(client, "DDD")

    with clock.stopped(DEADLINE):
        shown = client.get(entries["DDD"].get_absolute_url()).content.decode()

    assert "Swap with Ccc: expired." in shown
    assert "Accept the swap" not in shown


@pytest.mark.parametrize("number", [2, 4])
def test_the_choice_costs_the_same_for_any_number(client, number, django_assert_num_queries):
    meeting = make_meeting()
    made = [make_inscription(meeting, make_delegation(code)) for code in ["AAA", "BBB", "CCC", "DDD"][:number]]
    make_focal_point(made[-1].delegation)
    signed_in(client, made[-1].delegation.code)

    with django_assert_num_queries(7):
        client.get(address(made[-1]))


# The word that may go with a proposal.

REMARK = "Our Minister leaves <b>at noon</b>; she would be grateful."


def test_a_word_goes_with_the_proposal_to_the_other_side_and_the_officer_in_page_mail_and_journal(client, entries):
    one, other = entries["CCC"], entries["DDD"]
    twice(signed_in(client, "CCC"), address(one), {"partner": str(other.public_id), "remark": f"  {REMARK} "})

    receipt = signed_in(client, "DDD").get(other.get_absolute_url()).content.decode()
    mails = [written(each).body for each in Message.objects.filter(kind__contains="swap")]

    assert "Our Minister leaves &lt;b&gt;at noon&lt;/b&gt;; she would be grateful." in receipt
    assert "Ccc writes:" in receipt
    assert [REMARK in each for each in mails] == [True, True, True]
    assert Entry.objects.get(act="swap proposed").payload.after["remark"] == REMARK


def test_a_word_is_kept_while_the_page_asks_again_and_is_refused_if_it_is_long_or_unreadable(client, entries):
    one, other = entries["CCC"], entries["DDD"]
    typed = {"partner": str(other.public_id)}

    asked = signed_in(client, "CCC").post(address(one), typed | {"remark": REMARK})
    long = client.post(address(one), typed | {"remark": "a" * 301})
    turned = client.post(address(one), typed | {"remark": "abc\u202edef"})

    assert "Our Minister leaves &lt;b&gt;" in asked.content.decode()
    assert [each.status_code for each in (asked, long, turned)] == [422] * 3
    assert "at most 300 characters" in long.content.decode()
    assert "U+202E" in turned.content.decode()
    with pytest.raises(swapping.SwapRefused, match="at most 300"):
        swapping.propose(one, partner=other, remark="a" * 301, by=STAFF, at=OPEN)
    assert not SwapProposal.objects.exists()


def test_a_word_is_erased_with_the_personal_data_of_the_meeting(client, entries):
    one, other = entries["CCC"], entries["DDD"]
    swapping.propose(one, partner=other, remark=REMARK, by=STAFF, at=OPEN)

    assert sum(rows.count() for rows in erasing.reasons(one.meeting)) == 1
    assert erasing.erase_reasons(one.meeting) == 1
    assert list(SwapProposal.objects.values_list("remark", "answer")) == [("", "")]
