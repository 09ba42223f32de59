"""Who may inscribe is a term of a list, and one rule that every door asks.  R-62"""

from datetime import timedelta

import pytest

from journal.models import Entry
from speakers.entries import late_entries, late_requests, opening
from speakers.entries.inscribing import InscriptionRefused
from speakers.models import LateRequest, SpeakersList
from speakers.models.filing import FILED
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    an_inscription,
    make_delegation,
    make_inscription,
    make_meeting,
    make_panel,
)

pytestmark = pytest.mark.django_db
KINDS = {
    "member_state": "member_states",
    "observer_state": "observer_states",
    "observer": "observers",
    "regional_organization": "observers",
    "organization": "observers",
    "un_system": "un_system",
}
ADMITTED = {
    "everyone": set(KINDS),
    "members_and_observers": set(KINDS) - {"un_system"},
    "member_states": {"member_state"},
}


@pytest.fixture
def meeting():
    return make_meeting()


@pytest.mark.parametrize("open_to", ADMITTED)
def test_a_list_takes_the_delegations_to_which_it_is_open_and_no_others(meeting, open_to):
    SpeakersList.objects.update(open_to=open_to)
    meeting.refresh_from_db()
    refused = {}

    for number, (category, band) in enumerate(KINDS.items()):
        try:
            make_inscription(meeting, make_delegation(f"AA{number}", category=category, band=band))
        except InscriptionRefused as refusal:
            refused[category] = refusal

    assert set(KINDS) - refused.keys() == ADMITTED[open_to]
    assert {each.field for each in refused.values()} <= {"delegation"}
    assert all("is open to: " in str(each) for each in refused.values())


def test_each_list_of_a_meeting_has_its_own(meeting):
    panel = make_panel(meeting, open_to="member_states")
    observer = make_delegation("VAT", "Holy See", category="observer_state", band="observer_states")

    make_inscription(meeting, observer)
    with pytest.raises(InscriptionRefused) as refused:
        make_inscription(panel.meeting_at_hand, observer)

    assert str(refused.value) == "“Informal interactive dialogue – Panel” is open to: Member States only."


def test_no_other_door_lets_in_whom_the_list_does_not_admit(meeting):
    SpeakersList.objects.update(open_to="member_states")
    meeting.refresh_from_db()
    agency = make_delegation("UNW", "UN-Women", category="un_system", band="un_system")
    entry = an_inscription(meeting, agency)
    late = DEADLINE + timedelta(hours=1)
    request = LateRequest(
        speakers_list=meeting.speakers_list,
        delegation=agency,
        level=entry.level,
        **{name: getattr(entry, name) for name in FILED if name not in {"delegation", "level"}},
    )
    who = {"by": STAFF, "key": "a" * 32, "digest": "b" * 64}

    with pytest.raises(InscriptionRefused, match="is open to"):
        late_entries.admit_late(an_inscription(meeting, agency), reason="Asked", at=OPEN, **who)
    with pytest.raises(InscriptionRefused, match="is open to"):
        late_entries.admit_late(an_inscription(meeting, agency), reason="Asked", at=late, **who)
    with pytest.raises(InscriptionRefused, match="is open to"):
        late_requests.file(request, is_on_record=True, arrived_at=late, **who)


def test_it_is_fixed_and_journalled_when_the_list_opens(meeting):
    panel = make_panel(meeting, open_to="member_states", heard_in=[meeting.hours[0].pk])

    opening.fix_terms_due(at=OPEN)

    told = Entry.objects.of_stream(panel.journal_stream).get(act="terms fixed").payload.after
    assert (told["open_to"], told["heard_in"]) == ("member_states", [meeting.hours[0].pk])
