"""The terms of an open list change by an act alone: with a reason, a second question, a revision and mail.  R-61"""

from datetime import timedelta

import pytest

from journal.models import Entry
from outbox.models import Message
from speakers.entries import changing, inscribing, late_entries, opening, withdrawing
from speakers.models import Delegation, DelegationPlace, Inscription, Revision, SpeakersList
from speakers.moves import fixing, swapping, term_changes
from speakers.moves.term_changes import Changes, TermsRefused
from speakers.order import precedence, replaying
from tests.factories import (
    CLASSES,
    DEADLINE,
    OPEN,
    STAFF,
    an_inscription,
    make_delegation,
    make_inscription,
    make_level,
    make_meeting,
    order_of,
    subject_of,
    written,
)

pytestmark = pytest.mark.django_db
NOW = {"by": STAFF, "at": OPEN}
TOLD = "All inscribed delegations will be told, and a revision published. Confirm that you want it."
OBSERVER = {"band": "observer_states", "category": "observer_state", "speaks_for_groups": False, "ground": "A/RES/1"}


@pytest.fixture
def meeting():
    """AAA (minister), BBB and CCC (permanent representatives), PSE (observer State)."""
    meeting = make_meeting()
    for code, level in [("BBB", "PR"), ("CCC", "PR"), ("AAA", "MFA")]:
        make_inscription(meeting, make_delegation(code), level)
    make_inscription(meeting, make_delegation("PSE", band="observer_states"))
    meeting.refresh_from_db()
    return meeting


def change(meeting, *, seen=None, reason="As decided", **changes):
    term_changes.change_terms(meeting.speakers_list, Changes(**changes), seen=seen, reason=reason, **NOW)
    meeting.refresh_from_db()
    return order_of(meeting)


def last_act(meeting):
    return Entry.objects.of_stream(meeting.journal_stream).filter(act="order changed").latest("pk")


CHANGES = {
    "ranks": ({"ranks": {"observer_states": 15}}, ["PSE", "AAA", "BBB", "CCC"]),
    "classes": ({"classes": {"PR": 1}}, ["BBB", "CCC", "AAA", "PSE"]),
    "places": ({"places": {"AAA": OBSERVER}}, ["BBB", "CCC", "AAA", "PSE"]),
    "policy": ({"policy": "receipt_only"}, ["BBB", "CCC", "AAA", "PSE"]),
    "levels and classes": (
        {"classes": {"PR": 1}, "added": {}, "removed": frozenset({"HOS"})},
        ["BBB", "CCC", "AAA", "PSE"],
    ),
}


@pytest.mark.parametrize(("changes", "expected"), CHANGES.values(), ids=CHANGES)
def test_each_of_the_terms_moves_entries_by_the_act_and_the_list_follows_from_its_chain(meeting, changes, expected):
    assert order_of(meeting) == ["AAA", "BBB", "CCC", "PSE"]

    assert change(meeting, **changes) == expected

    assert replaying.differences(meeting.speakers_list) == []
    assert last_act(meeting).payload.reason == "As decided"
    assert [revision.comment for revision in Revision.objects.all()] == ["As decided"]
    assert Message.objects.filter(kind="speakers.order").count() == 4


@pytest.mark.parametrize(("changes", "_expected"), CHANGES.values(), ids=CHANGES)
def test_who_would_move_is_said_first_and_nothing_is_done(meeting, changes, _expected):
    entries = Entry.objects.count()

    with pytest.raises(TermsRefused, match="Nothing has changed yet") as refusal:
        change(meeting, seen="", **changes)

    meeting.refresh_from_db()
    assert (refusal.value.field, refusal.value.asks_twice) == ("seen", True)
    assert order_of(meeting) == ["AAA", "BBB", "CCC", "PSE"]
    assert (Entry.objects.count(), Revision.objects.exists()) == (entries, False)


def shown(meeting, **changes):
    """What a page shows of these changes, and sends back when they are confirmed."""
    with pytest.raises(TermsRefused) as refusal:
        change(meeting, seen="", **changes)
    return refusal.value.shown


@pytest.mark.parametrize(("changes", "expected"), CHANGES.values(), ids=CHANGES)
def test_what_was_shown_is_confirmed(meeting, changes, expected):
    assert change(meeting, seen=shown(meeting, **changes), **changes) == expected


@pytest.mark.parametrize(
    "other",
    [
        {"classes": {"PR": 1, "MIN": 3}},
        {"classes": {"PR": 1}, "removed": frozenset({"HOS"})},
        {"classes": {"PR": 1}, "ranks": {"un_system": 45}},
        {"classes": {"PR": 1}, "open_to": "member_states"},
        {"classes": {"PR": 1}, "places": {"AAA": OBSERVER | {"band": "member_states"}}},
        {"policy": "receipt_only"},
    ],
)
def test_other_changes_than_those_shown_are_shown_first_even_if_the_same_entries_move(meeting, other):
    seen = shown(meeting, classes={"PR": 1})

    with pytest.raises(TermsRefused, match="This has changed since you were asked") as refusal:
        change(meeting, seen=seen, **other)

    assert refusal.value.shown == shown(meeting, **other) != seen
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    "meanwhile", [{"ranks": {"un_system": 45}}, {"classes": {"CD": 9}}, {"places": {"BBB": OBSERVER}}]
)
def test_terms_that_another_officer_changes_after_the_preview_are_not_taken_back_unseen(meeting, meanwhile):
    typed = {"classes": {"PR": 1, "CD": 3}, "ranks": {"un_system": 50}, "places": {"BBB": OBSERVER | {"ground": "A/1"}}}
    seen = shown(meeting, **typed)
    change(meeting, **meanwhile)

    with pytest.raises(TermsRefused, match="This has changed since you were asked"):
        change(meeting, seen=seen, **typed)

    assert Revision.objects.count() == 1


def test_an_entry_that_comes_after_the_preview_is_shown_first(meeting):
    seen = shown(meeting, classes={"PR": 1})
    make_inscription(meeting, make_delegation("ARG"), "MFA")

    with pytest.raises(TermsRefused, match="This has changed since you were asked") as refusal:
        change(meeting, seen=seen, classes={"PR": 1})

    assert "Arg moves from place 2 to place 4." in refusal.value.details


def test_the_preview_says_every_term_that_changes_and_its_former_value(meeting):
    [morning, _afternoon] = meeting.hours
    changes = {
        "policy": "receipt_only",
        "level_before_band": True,
        "classes": {"PR": 1},
        "removed": frozenset({"HOS"}),
        "open_to": "members_and_observers",
        "heard_in": [morning.pk],
        "places": {"AAA": OBSERVER | {"speaks_for_groups": True}},
    }

    with pytest.raises(TermsRefused) as refusal:
        change(meeting, seen="", **changes)

    assert [line for line in refusal.value.details if "before" in line] == [
        "Who may inscribe “Member States and observers”, before “everyone with a place at the meeting”",
        f"Sittings in which it is heard “{morning}”, before “all sittings”",
        "Order “order of receipt only”, before “customary protocol”",
        "Level before band “yes”, before “no”",
        "HOS “–”, before “1”",
        "PR “1”, before “3”",
        "Aaa “observer States, observer State, May speak on behalf of a group, A/RES/1”, before “Member States, "
        "Member State, May speak on behalf of a group”",
    ]


def test_the_preview_says_that_a_delegation_had_no_place(meeting):
    DelegationPlace.objects.filter(delegation=make_delegation("ZZZ")).delete()

    with pytest.raises(TermsRefused) as refusal:
        change(meeting, seen="", places={"ZZZ": OBSERVER})

    assert refusal.value.details[0] == "Zzz “observer States, observer State, A/RES/1”, before “–”"


def test_the_preview_names_every_entry_that_moves_in_the_new_order(meeting):
    with pytest.raises(TermsRefused) as refusal:
        change(meeting, seen="", ranks={"observer_states": 15})

    assert list(refusal.value.details) == [
        "Rank of the band: observer States “15”, before “30”",
        "Pse moves from place 4 to place 1.",
        "Aaa moves from place 1 to place 2.",
        "Bbb moves from place 2 to place 3.",
        "Ccc moves from place 3 to place 4.",
        TOLD,
    ]


def test_a_change_that_moves_no_one_is_mailed_to_all_and_so_asked_twice_too(meeting):
    with pytest.raises(TermsRefused) as refusal:
        change(meeting, seen="", ranks={"un_system": 45})

    assert list(refusal.value.details)[1:] == ["No entry moves.", TOLD]
    assert not Revision.objects.exists()
    assert change(meeting, ranks={"un_system": 45}) == ["AAA", "BBB", "CCC", "PSE"]
    assert Revision.objects.count() == 1


def test_before_the_opening_nothing_is_asked_twice():
    meeting = make_meeting(opens_at=OPEN + timedelta(hours=1))

    change(meeting, seen="", policy="receipt_only")

    assert meeting.speakers_list.policy == "receipt_only"
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ranks": {"observer_states": 20}}, "No two bands"),
        ({"places": {"AAA": OBSERVER | {"band": "groups"}}}, "among groups only"),
        ({"classes": {"PR": 3}}, "already has these terms"),
        ({}, "already has these terms"),
        ({"policy": "opening_window"}, "needs a commitment"),
    ],
)
def test_what_cannot_be_is_refused(meeting, changes, words):
    with pytest.raises(TermsRefused, match=words):
        change(meeting, **changes)


def test_before_the_opening_terms_that_the_first_entry_fixed_are_asked_for_and_published(meeting):
    """A speaker of civil society may be selected earlier, and the clock of a rehearsal goes back."""
    SpeakersList.objects.update(opens_at=OPEN + timedelta(hours=1))

    seen = shown(meeting, classes={"PR": 1})
    change(meeting, seen=seen, classes={"PR": 1})

    assert Revision.objects.count() == 1
    assert Message.objects.filter(kind="speakers.order").count() == 4
    assert replaying.differences(meeting.speakers_list) == []


@pytest.mark.parametrize(("field", "value"), [("ranks", {"un_system": 45}), ("classes", {"CD": 9})])
def test_other_terms_leave_an_entry_whose_place_they_do_not_fix_where_it_is(meeting, field, value):
    """No term fixes a place for a delegation that is newer than the opening."""
    make_inscription(meeting, make_delegation("NEW"))
    DelegationPlace.objects.filter(delegation__code="NEW").update(band="un_system")

    assert change(meeting, **{field: value}) == ["AAA", "BBB", "CCC", "NEW", "PSE"]
    assert replaying.differences(meeting.speakers_list) == []


def test_a_reason_is_needed(meeting):
    with pytest.raises(TermsRefused, match="Give the reason"):
        change(meeting, reason=" ", policy="receipt_only")


def test_before_the_opening_levels_and_delegations_are_changed_themselves():
    meeting = make_meeting()

    with pytest.raises(TermsRefused, match="has not opened"):
        change(meeting, classes={"PR": 1})


def test_a_delegation_that_is_not_inscribed_yet_inscribes_with_its_changed_place(meeting):
    make_delegation("ZZZ")
    change(meeting, places={"ZZZ": OBSERVER})

    make_inscription(meeting, Delegation.objects.get(code="ZZZ"))

    [place] = [each for each in precedence.speaking_order(meeting.speakers_list) if each.number == 5]
    assert (place.inscription.delegation.code, place.band, place.ground) == ("ZZZ", "observer_states", "A/RES/1")


def test_if_the_class_of_one_side_changes_both_sides_of_a_swap_return_to_their_own_turns(meeting):
    for code in ("DDD", "EEE"):
        make_inscription(meeting, make_delegation(code), "MFA")
    entries = {each.delegation.code: each for each in meeting.speakers_list.inscriptions.select_related("delegation")}
    swap = swapping.accept(swapping.propose(entries["EEE"], partner=entries["CCC"], **NOW), **NOW)
    swapping.approve(swap, reason="Both agree", **NOW)
    assert order_of(meeting) == ["AAA", "DDD", "CCC", "BBB", "EEE", "PSE"]

    assert change(meeting, classes={"PR": 4}) == ["AAA", "DDD", "EEE", "BBB", "CCC", "PSE"]
    assert replaying.differences(meeting.speakers_list) == []


def test_a_second_list_of_the_meeting_keeps_its_terms(meeting):
    panel = SpeakersList.objects.create(
        meeting=meeting, slug="panel", opens_at=meeting.speakers_list.opens_at, closes_at=DEADLINE
    )
    opening.fix_terms_due(at=OPEN)

    change(meeting, classes={"PR": 1}, ranks={"observer_states": 15})

    panel.refresh_from_db()
    assert {each["code"]: each["precedence_class"] for each in panel.levels}["PR"] == 3
    assert panel.ranks["observer_states"] == 30


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("policy", "receipt_only"),
        ("level_before_band", True),
        ("ranks", {"groups": 90}),
        ("levels", [{"code": "PR", "precedence_class": 1}]),
        ("places", {}),
    ],
)
def test_terms_changed_without_the_act_are_found_by_the_journal(meeting, name, value):
    SpeakersList.objects.filter(meeting=meeting).update(**{name: value})
    meeting.refresh_from_db()

    found = replaying.differences(SpeakersList.objects.get(meeting=meeting))

    assert any(f"The terms of the list are not those in the journal: {name} is" in words for words in found)


def test_an_entry_moved_by_other_terms_says_so_in_its_history(meeting):
    change(meeting, places={"AAA": OBSERVER})

    entry = Inscription.objects.get(delegation__code="AAA")
    told = Entry.objects.of_stream(meeting.journal_stream).get(act="placed by other terms")
    assert told.subject == f"inscription/{entry.public_id}"
    assert told.payload.after == {"place_band": "observer_states"}


def codes_of(meeting):
    return [each["code"] for each in SpeakersList.objects.get(meeting=meeting).levels]


def test_a_level_is_removed_and_added_again_by_the_act_in_another_class(meeting):
    with pytest.raises(TermsRefused, match="Nothing has changed yet"):
        change(meeting, removed=frozenset({"MIN"}), seen="")
    assert "MIN" in codes_of(meeting)

    change(meeting, removed=frozenset({"MIN", "HOS"}))
    without = codes_of(meeting)
    change(meeting, added={"MIN": 1})

    assert without == ["VP", "CP", "HOG", "DHOG", "MFA", "CD", "VMIN", "PR", "CDA", "DPR", "OTH"]
    assert codes_of(meeting)[:5] == ["VP", "CP", "HOG", "MIN", "DHOG"]
    assert last_act(meeting).payload.after["levels"]["MIN"] == 1
    assert replaying.differences(meeting.speakers_list) == []
    assert Revision.objects.count() == 2
    make_inscription(meeting, make_delegation("DDD"), "MIN")
    assert order_of(meeting) == ["DDD", "AAA", "BBB", "CCC", "PSE"]


def test_all_inscribed_are_told_the_levels_and_that_their_places_stay(meeting):
    change(meeting, removed=frozenset(CLASSES) - {"PR", "MFA"})

    mails = [written(mail) for mail in Message.objects.filter(kind="speakers.terms")]
    assert len(mails) == 4
    assert all("Levels of representation: MFA, PR.\nReason: As decided" in mail.body for mail in mails)
    assert [subject_of(mail) for mail in mails if "Aaa" in mail.subject] == [
        "The terms of the list have changed: Aaa stays at place 1"
    ]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"removed": frozenset({"PR"})}, "removed", r"because entries have this level: PR \(Bbb, Ccc and Pse\)"),
        ({"removed": frozenset({"ABC"})}, "removed", "Not on the list: ABC"),
        ({"removed": frozenset(CLASSES)}, "removed", "A list has at least one level"),
        ({"removed": frozenset({"HOS"})}, "removed", "Take the limit of this level out first: HOS"),
        ({"added": {"PR": 1}}, "added", "Already on the list: PR"),
        ({"added": {"ABC": 1}}, "added", "There is no such level: ABC"),
        ({"added": {"ABC": 21}}, "added", "ABC: a class is a number from 1 to 20"),
        ({"classes": {"PR": 0}}, "class_PR", "PR: a class is a number from 1 to 20"),
    ],
)
def test_what_levels_cannot_be_is_said_at_its_field(meeting, changes, field, words):
    SpeakersList.objects.update(limits=[{"band": "", "level": "HOS", "seconds": 600}])

    with pytest.raises(TermsRefused, match=words) as refusal:
        change(meeting, **changes)

    assert refusal.value.field == field


def test_a_level_that_waits_unverified_or_late_stays_and_one_that_was_withdrawn_does_not(meeting):
    entry = make_inscription(meeting, make_delegation("DDD"), "MIN", is_verified=False)
    with pytest.raises(TermsRefused, match="MIN"):
        change(meeting, removed=frozenset({"MIN"}))

    withdrawing.withdraw(entry, **NOW)
    change(meeting, removed=frozenset({"MIN"}))

    assert "MIN" not in codes_of(meeting)


def test_no_door_takes_a_level_that_was_removed_meanwhile(meeting):
    entry = make_inscription(meeting, make_delegation("DDD"), "PR")
    late = an_inscription(meeting, make_delegation("FFF"), "MIN")
    change(meeting, removed=frozenset({"MIN"}))

    with pytest.raises(inscribing.InscriptionRefused, match="not among the levels of this list") as refusal:
        make_inscription(meeting, make_delegation("EEE"), "MIN")
    with pytest.raises(changing.ChangeRefused, match="not among the levels of this list"):
        changing.change_level(entry, level=make_level("MIN"), title="", **NOW)
    with pytest.raises(inscribing.InscriptionRefused, match="not among the levels of this list"):
        late_entries.admit_late(
            late, reason="Asked for", by=STAFF, at=DEADLINE + timedelta(hours=1), key="k", digest="d"
        )

    assert refusal.value.field == "level"


def test_a_list_keeps_the_sittings_to_which_entries_are_fixed(meeting):
    morning, afternoon = (each.pk for each in meeting.hours)
    entry = meeting.speakers_list.inscriptions.get(delegation__code="CCC")
    fixing.fix(entry, sitting=meeting.hours[1], reason="Late flight", **NOW)

    with pytest.raises(TermsRefused, match=r"no longer be heard: Ccc\. Release them first") as refusal:
        change(meeting, heard_in=[morning])

    assert refusal.value.field == "heard_in"
    change(meeting, heard_in=[afternoon])
    assert SpeakersList.objects.get().heard_in == [afternoon]
