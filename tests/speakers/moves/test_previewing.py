"""What moves an entry for good says first from which place to which; done once that was read.  R-68"""

import pytest

from acts.refusals import Refusal
from journal.models import Entry
from outbox.models import Message
from registration.decisions import selecting
from speakers.entries import changing, withdrawing
from speakers.models import Inscription, SpeakersList
from speakers.moves import pinning, previewing, swapping
from tests.at_once import together
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    make_delegation,
    make_inscription,
    make_level,
    make_meeting,
    order_of,
)
from tests.registration.factories import make_representative, make_request, make_ticketing

pytestmark = pytest.mark.django_db
NOW = {"by": STAFF, "at": OPEN}


@pytest.fixture
def meeting():
    """A list of three Member States of one class."""
    made = make_meeting()
    for code in ["AAA", "BBB", "CCC"]:
        make_inscription(made, make_delegation(code))
    return made


def entry_of(code, **which):
    return Inscription.objects.get(delegation__code=code, **which)


def level_to(entry, code, seen=""):
    return changing.change_level(entry, level=make_level(code), title="", seen=seen, **NOW)


def asked(act, *arguments, **named):
    """The refusal by which the act asks for a confirmation, after a check that it did nothing."""
    before = (Entry.objects.count(), Message.objects.count(), list(Inscription.objects.order_by("pk").values()))
    with pytest.raises(Refusal) as refusal:
        act(*arguments, **named)
    after = (Entry.objects.count(), Message.objects.count(), list(Inscription.objects.order_by("pk").values()))
    assert before == after
    assert (refusal.value.field, refusal.value.asks_twice) == ("seen", True)
    return refusal.value


def said(refusal):
    return list(refusal.details)


def test_a_change_of_level_asks_first_and_changes_nothing_not_even_pins(meeting):
    pinning.pin(entry_of("CCC"), before=entry_of("AAA"), reason="Travels", **NOW)

    question = asked(level_to, entry_of("AAA"), "OTH")

    assert said(question) == [
        "Aaa moves from place 2 to place 3.",
        "It joins the end of the class of its new level.",
        "This cannot be taken back: with the level “PR” again, it would stand after all others of that class.",
    ]
    assert question.shown == "2-3"
    assert order_of(meeting) == ["CCC", "AAA", "BBB"]


def test_a_change_of_level_is_done_if_its_places_were_seen(meeting):
    level_to(entry_of("AAA"), "OTH", seen="1-3")

    assert order_of(meeting) == ["BBB", "CCC", "AAA"]


def test_places_that_are_no_longer_those_that_were_seen_are_shown_again_in_words(meeting):
    make_inscription(meeting, make_delegation("DDD"), "OTH")

    question = asked(level_to, entry_of("AAA"), "OTH", seen="1-3")

    assert str(question) == "This has changed since you were asked. Read what would happen now, and confirm it."
    assert question.shown == "1-4"


def test_a_change_that_moves_nothing_for_good_is_not_asked_about(meeting):
    level_to(entry_of("AAA"), "CDA")
    SpeakersList.objects.update(policy=SpeakersList.Policy.RECEIPT_ONLY)
    level_to(entry_of("BBB"), "HOS")

    assert [entry_of(code).level.code for code in ("AAA", "BBB")] == ["CDA", "HOS"]


def test_an_entry_without_a_place_is_told_that_it_holds_none_and_is_asked_too(meeting):
    waiting = make_inscription(meeting, make_delegation("DDD"), is_verified=False)

    of_level, of_withdrawal = asked(level_to, waiting, "HOS"), asked(withdrawing.withdraw, waiting, seen="", **NOW)
    level_to(waiting, "HOS", seen=of_level.shown)

    assert said(of_level)[0] == "Ddd holds no place yet."
    assert said(of_withdrawal)[0] == "Ddd holds no place yet."
    assert entry_of("DDD").level.code == "HOS"


def test_each_entry_of_a_delegation_is_named_with_its_group_and_moves_alone(meeting):
    group = make_inscription(meeting, make_delegation("AAA"), capacity="group", group_name="Group of Friends")

    question = asked(withdrawing.withdraw, group, seen="", **NOW)
    withdrawing.withdraw(group, seen=question.shown, **NOW)

    assert said(question)[0] == "Aaa · Group of Friends gives up place 1."
    assert order_of(meeting) == ["AAA", "BBB", "CCC"]


def test_the_places_are_those_of_the_entrys_own_list(meeting):
    panel = SpeakersList.objects.create(
        meeting=meeting,
        slug="panel",
        title={"en": "Panel"},
        opens_at=meeting.speakers_list.opens_at,
        closes_at=DEADLINE,
    )
    meeting.speakers_list = panel
    second = make_inscription(meeting, make_delegation("CCC"))

    questions = [asked(withdrawing.withdraw, each, seen="", **NOW) for each in (second, entry_of("CCC", receipt_no=3))]

    assert [question.shown for question in questions] == ["1-0", "3-0"]


@pytest.mark.parametrize(
    ("policy", "at", "words"),
    [
        ("protocol", OPEN, "inscribing again gives a new receipt, at the end of its class."),
        ("receipt", OPEN, "inscribing again gives a new receipt, with the place that follows from it."),
        ("protocol", DEADLINE, "the list is closed, and a late request would stand at the end of its band."),
    ],
)
def test_a_withdrawal_says_what_remains_after_it(meeting, policy, at, words):
    policies = {"protocol": SpeakersList.Policy.CUSTOMARY_PROTOCOL, "receipt": SpeakersList.Policy.RECEIPT_ONLY}
    SpeakersList.objects.update(policy=policies[policy])

    question = asked(withdrawing.withdraw, entry_of("BBB"), seen="", by=STAFF, at=at)

    assert said(question) == ["Bbb gives up place 2.", f"This cannot be taken back: {words}"]


def test_a_withdrawal_of_civil_society_says_that_only_the_office_selects():
    make_level("OTH")
    request = make_request(make_ticketing().meeting, "Centre for Peace")
    wish = {"wishes_to_speak": True, "topic": "Prevention", "outline": "What we see.", "statement_language": "fr"}
    ada = make_representative(state="approved", request=request, **wish)
    entry = selecting.select(ada, **NOW).inscription

    question = asked(withdrawing.withdraw, entry, seen="", **NOW)

    assert said(question)[1] == (
        "This cannot be taken back: only the office that selected the speakers can enter one again."
    )


def test_a_withdrawal_that_was_read_at_another_place_is_asked_again(meeting):
    withdrawing.withdraw(entry_of("AAA"), **NOW)

    question = asked(withdrawing.withdraw, entry_of("BBB"), seen="2-0", **NOW)

    assert said(question)[0] == "Bbb gives up place 1."


def test_each_step_of_a_swap_says_both_places_and_what_is_for_good(meeting):
    make_inscription(meeting, make_delegation("DDD"))
    one, other = entry_of("CCC"), entry_of("DDD")

    of_proposal = asked(swapping.propose, one, partner=other, seen="", **NOW)
    proposal = swapping.propose(one, partner=other, seen=of_proposal.shown, **NOW)
    of_acceptance = asked(swapping.accept, proposal, seen="", **NOW)
    proposal = swapping.accept(proposal, seen=of_acceptance.shown, **NOW)
    of_approval = asked(swapping.approve, proposal, reason="", seen="", **NOW)
    shown = swapping.shown(proposal)
    swapping.approve(proposal, reason="", seen=of_approval.shown, **NOW)

    places = ["Ccc moves from place 3 to place 4.", "Ddd moves from place 4 to place 3.", "No other delegation moves."]
    questions = [of_proposal, of_acceptance, of_approval]
    assert [sorted(said(question)[:3]) for question in questions] == [sorted(places)] * 3
    assert [said(question)[0][:3] for question in questions] == ["Ccc", "Ddd", "Ccc"]
    assert all("cannot be taken back" in said(question)[3] for question in questions)
    assert [question.shown for question in questions] == ["3-4 4-3", "4-3 3-4", shown]
    assert order_of(meeting) == ["AAA", "BBB", "DDD", "CCC"]


def test_a_withdrawal_that_is_part_of_another_act_is_not_asked_about(meeting):
    withdrawing.withdraw(entry_of("BBB"), **NOW)

    assert order_of(meeting) == ["AAA", "CCC"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_other_levels_at_once_one_is_asked_again():
    made = make_meeting()
    for code in ["AAA", "BBB", "CCC"]:
        make_inscription(made, make_delegation(code), "OTH")
    entry = entry_of("CCC")
    levels = [make_level("PR"), make_level("HOS")]

    ends = together(*[lambda level=level: _confirm(entry, level) for level in levels])

    assert ends.count("done") == 1
    [refusal] = [end for end in ends if end != "done"]
    assert isinstance(refusal, changing.ChangeRefused)
    assert refusal.shown == "1-1"
    assert Entry.objects.filter(act="level changed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_what_was_seen_the_second_would_move_the_entry_again(monkeypatch):
    """The negative control: with the protection off, both changes are done."""
    monkeypatch.setattr(previewing, "require_seen", lambda preview, seen, refused: None)
    make_inscription(make_meeting(), make_delegation("CCC"), "OTH")
    entry = entry_of("CCC")
    levels = [make_level("PR"), make_level("HOS")]

    ends = together(*[lambda level=level: _confirm(entry, level) for level in levels])

    assert ends == ["done", "done"]
    assert Entry.objects.filter(act="level changed").count() == 2


def _confirm(entry, level):
    return changing.change_level(entry, level=level, title="", seen="3-1", **NOW)
