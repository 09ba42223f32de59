"""Levels are terms of a list: which there are, with which class, and what a person of each is called.  R-19 R-61"""

import pytest
from i18nfield.strings import LazyI18nString

import clock
from journal.models import Entry
from speakers.entries import changing, civil_society, opening
from speakers.forms.speaker import PREFIXES
from speakers.models import Inscription, Level, SpeakersList
from speakers.models.inscription import LOWEST_CLASS
from speakers.moves import term_changes
from speakers.order import precedence, replaying
from speakers.publishing import documents
from tests.factories import (
    OPEN,
    STAFF,
    an_inscription,
    make_delegation,
    make_inscription,
    make_meeting,
    make_panel,
    order_of,
)

pytestmark = pytest.mark.django_db
OF_BOTH = "Permanent Representative, Permanent Observer"


@pytest.fixture
def meeting():
    meeting = make_meeting()
    Level.objects.filter(code="PR").update(
        label={"en": "Permanent Representative"}, observer_label={"en": "Permanent Observer"}
    )
    return meeting


def labels_of(meeting):
    """The level of each entry, as a whole row and as a list reads it."""
    entries = meeting.speakers_list.inscriptions.order_by("receipt_no")
    listed = sorted(entries.listed(), key=lambda entry: entry.receipt_no)
    assert [str(entry.level) for entry in entries] == [entry.level for entry in listed]
    return [entry.level for entry in listed]


def test_a_person_is_called_as_its_delegation_is_represented(meeting):
    make_inscription(meeting, make_delegation("RWA"))
    make_inscription(meeting, make_delegation("VAT", band="observer_states", category="observer_state"))
    # Since 2024 the State of Palestine stands among Member States, and is an observer State.
    make_inscription(meeting, make_delegation("PSE", band="member_states", category="observer_state"))
    make_inscription(meeting, make_delegation("KEN"), "MFA")

    assert labels_of(meeting) == ["Permanent Representative", "Permanent Observer", "Permanent Observer", "MFA"]
    speakers = documents.live(meeting.speakers_list, at=OPEN)["speakers"]
    assert {each["level"] for each in speakers} == {"Permanent Representative", "Permanent Observer", "MFA"}


def test_the_form_offers_a_level_under_both_labels(meeting):
    assert OF_BOTH in [str(level) for level in Level.of_list(meeting.speakers_list)]
    opening.fix_terms_due(at=OPEN)
    meeting.speakers_list.refresh_from_db()
    assert OF_BOTH in [str(level) for level in Level.of_list(meeting.speakers_list)]


def test_a_change_of_level_changes_the_label_and_a_later_change_of_the_table_does_not(meeting):
    holy_see = make_delegation("VAT", band="observer_states", category="observer_state")
    entry = make_inscription(meeting, holy_see, "DPR")
    Level.objects.filter(code="PR").update(observer_label={"en": "Another"})
    level = next(level for level in Level.of_list(entry.speakers_list) if level.code == "PR")

    with clock.stopped(OPEN):
        changing.change_level(entry, level=level, title="", by=STAFF, at=OPEN)

    assert labels_of(meeting) == ["Permanent Observer"]


def test_a_list_that_opened_before_there_were_two_labels_keeps_its_own(meeting):
    opening.fix_terms_due(at=OPEN)
    speakers_list = SpeakersList.objects.get()
    for level in speakers_list.levels:
        level.pop("observer_label")
        level["label"] = {"en": OF_BOTH} if level["code"] == "PR" else level["label"]
    speakers_list.save()
    meeting.speakers_list.refresh_from_db()

    make_inscription(meeting, make_delegation("VAT", band="observer_states", category="observer_state"))

    assert labels_of(meeting) == [OF_BOTH]


def test_two_lists_have_levels_and_classes_of_their_own(meeting):
    SpeakersList.objects.update(own_levels=[{"code": "MIN", "class": 1}, {"code": "HOS", "class": 1}])
    panel = make_panel(meeting, policy=SpeakersList.Policy.CUSTOMARY_PROTOCOL)
    meeting.speakers_list.refresh_from_db()
    for of_list in (meeting, panel.meeting_at_hand):
        make_inscription(of_list, make_delegation("RWA"), "MIN")
        make_inscription(of_list, make_delegation("KEN"), "HOS")

    assert order_of(meeting) == ["RWA", "KEN"]
    assert order_of(panel.meeting_at_hand) == ["KEN", "RWA"]
    meeting.speakers_list.refresh_from_db()
    assert [level.code for level in Level.of_list(meeting.speakers_list)] == ["MIN", "HOS"]
    assert len(Level.of_list(SpeakersList.objects.get(pk=panel.pk))) == 13


def test_own_levels_that_are_changed_after_the_opening_change_nothing(meeting):
    opening.fix_terms_due(at=OPEN)
    SpeakersList.objects.update(own_levels=[{"code": "MIN", "class": 1}])

    assert len(Level.of_list(SpeakersList.objects.get())) == 13


@pytest.fixture
def restricted(meeting):
    """A list with two levels, neither of which is that of selected speakers."""
    SpeakersList.objects.update(own_levels=[{"code": "HOS", "class": 1}, {"code": "MFA", "class": 2}])
    meeting.refresh_from_db()
    return meeting


def selected(meeting, name):
    """The entry of a selected speaker of civil society."""
    speaker = an_inscription(meeting)
    return civil_society.select(speaker, organization=name, organization_key=name, by=STAFF, at=OPEN)


def names_of(meeting):
    return [str(place.inscription.delegation) for place in precedence.speaking_order(meeting.speakers_list)]


def test_selected_speakers_stand_in_the_order_of_selection_whatever_the_class_of_their_level_is_now(restricted):
    selected(restricted, "Alpha")
    Level.objects.filter(code="OTH").update(precedence_class=1)
    selected(restricted, "Beta")

    assert names_of(restricted) == ["Alpha", "Beta"]
    assert replaying.differences(restricted.speakers_list) == []


@pytest.mark.parametrize("own_class", [4, LOWEST_CLASS])
def test_no_act_gives_a_selected_speaker_the_class_that_its_level_has_now(restricted, own_class):
    """Of class 4 is one selected by an earlier version, which took the class of that day."""
    alpha = selected(restricted, "Alpha")
    Inscription.objects.update(precedence_class=own_class)
    beta = selected(restricted, "Beta")
    Level.objects.filter(code="OTH").update(precedence_class=1)

    changes = term_changes.Changes(classes={"MFA": 1})
    term_changes.change_terms(restricted.speakers_list, changes, reason="As decided", by=STAFF, at=OPEN)
    changing.change_level(beta, level=Level.objects.get(code="OTH"), title="Director", by=STAFF, at=OPEN)

    assert names_of(restricted) == ["Alpha", "Beta"]
    alpha.refresh_from_db()
    beta.refresh_from_db()
    assert (alpha.precedence_class, beta.precedence_class) == (own_class, LOWEST_CLASS)
    assert beta.class_move == 0
    assert not Entry.objects.filter(act="placed by other terms").exists()


def test_a_list_that_gets_the_level_of_selected_speakers_puts_them_all_into_its_class(restricted):
    for name in ("Alpha", "Beta"):
        selected(restricted, name)

    changes = term_changes.Changes(added={"OTH": 3})
    term_changes.change_terms(restricted.speakers_list, changes, reason="As decided", by=STAFF, at=OPEN)
    selected(restricted, "Gamma")

    assert names_of(restricted) == ["Alpha", "Beta", "Gamma"]
    assert set(Inscription.objects.values_list("precedence_class", flat=True)) == {3}
    assert replaying.differences(restricted.speakers_list) == []


def test_a_class_of_zero_is_a_class(meeting):
    Level.objects.filter(code="PR").update(precedence_class=0)

    entry = make_inscription(meeting, make_delegation("RWA"), "PR")

    assert entry.precedence_class == 0


def test_a_level_without_a_label_of_an_entry_reads_as_the_table_has_it(meeting):
    level = Level.objects.get(code="PR")

    assert level.labelled("") is level
    assert str(level.labelled(LazyI18nString({"en": "Envoy"}))) == "Envoy"
    assert str(level) == OF_BOTH


def test_majesties_are_addressed_as_such():
    assert "H.M." in PREFIXES
