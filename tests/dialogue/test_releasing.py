"""What a programme version needs, and how one differs from the one before, in sentences.  R-31"""

from datetime import UTC, datetime

import pytest

from dialogue import moments, releasing, versions
from dialogue.models import ProgrammePerson, ProgrammeSlot
from journal.models import Entry
from tests.factories import OPEN, STAFF, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return make_meeting()


@pytest.fixture
def slot(meeting):
    """The only line of the programme, with one person."""
    opens_at = datetime(2016, 9, 6, 14, 0, tzinfo=UTC)
    slot = ProgrammeSlot.objects.create(
        meeting=meeting, position=0, kind="opening", title={"en": "Opening"}, starts_at=opens_at
    )
    ProgrammePerson.objects.create(slot=slot, name="The President", role={"en": "President"})
    return slot


def release(meeting, comment="First issue"):
    return releasing.release(meeting, kind="provisional", comment=comment, by=STAFF, at=OPEN)


@pytest.mark.usefixtures("slot")
def test_a_version_says_what_is_new_in_it(meeting):
    with pytest.raises(releasing.ReleaseRefused, match="Say what is new") as refusal:
        release(meeting, comment=" ")

    assert (refusal.value.field, meeting.versions.exists(), Entry.objects.exists()) == ("comment", False, False)


def test_an_empty_programme_is_not_released(meeting):
    with pytest.raises(releasing.ReleaseRefused, match="no lines yet"):
        release(meeting)

    assert not meeting.versions.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "The Vice-President"}, ["Opening: with The Vice-President.", "Opening: without The President."]),
        ({"role": {"en": "President of the Assembly"}}, ["Opening: the printed details have changed."]),
        ({}, []),
    ],
)
def test_who_no_longer_speaks_and_what_else_is_printed_otherwise_is_told(meeting, slot, change, said):
    version, _before = release(meeting)
    for name, value in change.items():
        slot.persons.update(**{name: value})

    found = versions.difference(versions.content_of(version), versions.draft_of(meeting), meeting)

    assert found == said


def test_a_time_zone_without_a_word_of_its_own_is_called_by_its_city():
    names = ["America/New_York", "America/Argentina/Buenos_Aires"]

    assert [moments.zone_in_words(name) for name in names] == ["New York time", "Buenos Aires time"]
