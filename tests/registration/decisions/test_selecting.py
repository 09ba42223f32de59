"""Selecting speakers: the short list, the civil society band, a note to the others.  R-15 R-56"""

import pytest
from django.test import Client

import clock
from acts.refusals import Refusal
from journal import chain
from journal.actors import Actor
from journal.models import Entry
from outbox.models import Message
from registration.decisions import deciding, outcome_words, releasing, selecting
from registration.decisions.outcomes import Kind
from registration.models import Representative
from registration.refusals import TicketRefused
from registration.requests import amending, ending
from speakers.delegations import access
from speakers.entries import changing, inscribing
from speakers.models import Delegation, Inscription
from speakers.order import precedence
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    an_inscription,
    make_delegation,
    make_inscription,
    make_level,
    written,
)
from tests.registration.factories import make_representative, make_request, make_ticketing
from tests.registration.typing import kinds

pytestmark = pytest.mark.django_db
SPEECH = {"wishes_to_speak": True, "topic": "Prevention", "outline": "What we see.", "statement_language": "fr"}


@pytest.fixture
def meeting():
    make_level("OTH")
    return make_ticketing().meeting


@pytest.fixture
def ada(meeting):
    """A representative with a ticket who wishes to speak."""
    request = make_request(meeting, "Centre for Peace", contact_email="focal@ngo.example")
    return make_representative(state="approved", request=request, last_name="Lovelace", **SPEECH)


def select(representative, at=OPEN, **changes):
    with clock.stopped(at):
        return selecting.select(representative, by=STAFF, at=at, **changes)


def test_a_selected_speaker_has_a_receipt_and_stands_last_in_the_band_of_civil_society(meeting, ada):
    state = make_inscription(meeting, make_delegation("KEN", "Kenya"))

    selected = select(ada)

    places = precedence.speaking_order(meeting.speakers_list)
    entry = selected.inscription
    assert [place.inscription.pk for place in places] == [state.pk, entry.pk]
    assert (places[1].band, places[1].band_rank) == ("civil_society", 60)
    assert (entry.receipt_no, entry.speaker_name, str(entry.delegation)) == (2, "Ada Lovelace", "Centre for Peace")
    assert (entry.language, entry.contact_email) == ("fr", "focal@ngo.example")


def test_a_speaker_selected_first_stands_after_every_state_that_comes_later(meeting, ada):
    select(ada)
    make_inscription(meeting, make_delegation("KEN", "Kenya"), "OTH")

    assert [str(place.inscription.delegation) for place in precedence.speaking_order(meeting.speakers_list)] == [
        "Kenya",
        "Centre for Peace",
    ]


def test_a_selection_after_the_deadline_of_the_list_is_not_a_late_entry(ada):
    selected = select(ada, at=DEADLINE)

    assert not selected.inscription.is_late


def test_the_speaker_is_notified_by_a_draft_and_the_officer_of_the_list_at_once(meeting, ada):
    select(ada, words="Please send your text.")

    draft = Message.objects.get(kind="registration.selected")
    assert draft.state == "held"
    assert "three minutes at most, which is about 330 words in English" in draft.body
    assert "Please send your text." in draft.body
    assert "receipt number 1" in draft.body
    assert [written(mail).to for mail in Message.objects.filter(kind__startswith="speakers.")] == [
        ["inscription@office.example"]
    ]


def test_selection_is_journalled_here_and_on_the_list(meeting, ada):
    select(ada)

    acts = list(Entry.objects.filter(stream=meeting.journal_stream).order_by("sequence").values_list("act", flat=True))
    assert acts[-2:] == ["selected", "selected to speak"]
    assert chain.problems(meeting.journal_stream) == []


@pytest.mark.parametrize("state", ["confirmed", "waitlisted"])
def test_only_a_person_with_a_ticket_is_selected(meeting, state):
    representative = make_representative(meeting, state, **SPEECH)

    with pytest.raises(TicketRefused, match="only a person with a ticket can be selected"):
        select(representative)

    assert not Inscription.objects.exists()


def test_a_person_who_does_not_wish_to_speak_is_not_selected(meeting):
    with pytest.raises(TicketRefused, match="does not wish to speak"):
        select(make_representative(meeting, "approved"))


def test_an_organization_has_one_speaker(meeting, ada):
    other = make_representative(state="approved", request=ada.request, **SPEECH)
    select(ada)

    with pytest.raises(Refusal, match=r"Centre for Peace already has a speaker on the list \(receipt 1\)"):
        select(other)

    assert Representative.objects.get(pk=other.pk).selection == ""


def test_selecting_twice_is_refused_and_makes_no_second_entry(ada):
    select(ada)

    with pytest.raises(TicketRefused, match="is already selected"):
        select(ada)

    assert Inscription.objects.count() == 1


def test_a_speaker_who_cancels_leaves_the_list_of_speakers_too(ada):
    select(ada)

    ending.cancel(ada, by=STAFF, at=OPEN)

    assert Inscription.objects.get().state == "withdrawn"


def test_a_selected_speaker_is_not_declined_by_accident(ada):
    select(ada)

    with pytest.raises(TicketRefused, match="Take the selection back first"):
        deciding.decline(ada, words="No.", by=STAFF, at=OPEN)


def test_a_selection_taken_back_withdraws_the_entry_and_its_draft_and_may_be_made_again(ada):
    select(ada)

    with clock.stopped(OPEN):
        selecting.take_back(ada, reason="Another is chosen.", by=STAFF, at=OPEN)
    again = select(ada)

    assert [entry.state for entry in Inscription.objects.order_by("pk")] == ["withdrawn", "standing"]
    assert again.inscription.receipt_no == 2
    assert kinds().count("selected") == 1


def test_no_one_is_notified_of_the_short_list(ada):
    selecting.short_list(ada, by=STAFF, at=OPEN)
    short_listed = Representative.objects.get().selection
    selecting.take_off_short_list(ada, by=STAFF, at=OPEN)

    assert short_listed == "short_listed"
    assert Representative.objects.get().selection == ""
    assert kinds() == []


def test_those_not_selected_get_a_courteous_note_once_which_staff_release(meeting, ada):
    others = [make_representative(meeting, "approved", **SPEECH) for _ in range(2)]
    make_representative(meeting, "approved")
    make_representative(meeting, "confirmed", **SPEECH)
    select(ada)

    thanked = thank(meeting, words="We hope to hear you next time.")
    with pytest.raises(TicketRefused, match="No one with a ticket is left"):
        thank(meeting)
    released = releasing.release(others[0], by=STAFF, at=OPEN)

    notes = Message.objects.filter(kind="registration.not_selected")
    assert thanked.people(Kind.THANKED) == others
    assert [(note.to, note.state) for note in notes.order_by("pk")] == [
        ([others[0].email], "queued"),
        ([others[1].email], "held"),
    ]
    assert "We hope to hear you next time." in notes[0].body
    assert released == 1


def thank(meeting, **facts):
    return selecting.thank_the_others(meeting, by=STAFF, at=OPEN, **facts)


def test_no_one_is_thanked_who_was_not_on_the_page(meeting):
    make_representative(meeting, "approved", **SPEECH)
    seen = selecting.preview_of_thanks(meeting).shown
    make_representative(meeting, "approved", last_name="Second", **SPEECH)

    with pytest.raises(TicketRefused, match="This has changed since you were asked") as refused:
        thank(meeting, seen=seen)

    assert refused.value.details[0] == "Notes of thanks would be drafted to 2 people."
    assert not Message.objects.exists()
    thank(meeting, seen=refused.value.shown)
    assert Message.objects.count() == 2


def test_civil_society_never_inscribes_itself(meeting, ada):
    selected = select(ada)
    ending.cancel(ada, by=STAFF, at=OPEN)
    organization = selected.inscription.delegation

    with pytest.raises(inscribing.InscriptionRefused, match="Civil society organizations do not inscribe"):
        make_inscription(meeting, organization, "OTH", is_verified=False)

    assert organization not in Delegation.objects.who_inscribe()
    assert an_inscription(meeting, make_delegation("KEN")).delegation in Delegation.objects.who_inscribe()


def test_only_staff_change_who_speaks_for_civil_society(meeting, ada):
    entry = select(ada).inscription
    change = {"prefix": "", "name": "Somebody Else", "title": "", "at": OPEN}

    with pytest.raises(Refusal, match="The speaker was selected personally"):
        changing.change_speaker(entry, by=Actor("focal@ngo.example", "focal point"), **change)
    changing.change_speaker(entry, by=STAFF, **change)

    assert Inscription.objects.get().speaker_name == "Somebody Else"


def test_the_focal_point_reads_the_receipt_by_its_own_address(meeting, ada):
    entry = select(ada).inscription
    client = Client()
    session = client.session
    session[access.ADDRESS] = "focal@ngo.example"
    session.save()

    with clock.stopped(OPEN):
        shown = client.get(entry.get_absolute_url()).content.decode()

    assert "Centre for Peace" in shown
    assert "Ada Lovelace" in shown


def test_an_organization_speaks_in_no_national_capacity_in_mail_and_on_its_receipt(meeting, ada):
    select(ada)
    entry = Inscription.objects.get()
    with clock.stopped(OPEN):
        changing.change_speaker(entry, prefix="Dr.", name="Ada King", title="Director", by=STAFF, at=OPEN)

    mails = [mail.body for mail in Message.objects.filter(kind__startswith="speakers.")]

    assert any("Capacity: civil society" in body for body in mails)
    assert not any("national capacity" in body for body in mails)


def test_a_state_speaks_in_its_national_capacity(meeting):
    make_inscription(meeting, make_delegation("CSE", "A State"))

    mail = written(Message.objects.get(kind="speakers.acknowledgement"))
    assert "Capacity: national capacity" in mail.body


def test_a_selected_speaker_does_not_give_that_up_by_amending(ada):
    select(ada)

    with pytest.raises(TicketRefused, match="is selected to speak") as refusal:
        amending.amend(ada, {"wishes_to_speak": False}, by=STAFF, arrived_at=OPEN)

    ada.refresh_from_db()
    assert (refusal.value.field, ada.wishes_to_speak) == ("wishes_to_speak", True)


def test_a_selection_is_taken_back_for_a_reason_and_only_where_there_is_one(ada):
    with pytest.raises(TicketRefused, match="is not selected"):
        selecting.take_back(ada, reason="Asked by the speaker", by=STAFF, at=OPEN)
    select(ada)

    with pytest.raises(TicketRefused, match="Give the reason") as refusal:
        selecting.take_back(ada, reason=" ", by=STAFF, at=OPEN)

    ada.refresh_from_db()
    assert (refusal.value.field, ada.selection) == ("reason", "selected")


@pytest.mark.parametrize("consider", [selecting.short_list, selecting.take_off_short_list])
def test_who_is_selected_is_not_moved_to_or_off_the_short_list(ada, consider):
    select(ada)

    with pytest.raises(TicketRefused, match="is already selected"):
        consider(ada, by=STAFF, at=OPEN)

    ada.refresh_from_db()
    assert ada.selection == "selected"


def test_a_representative_who_has_cancelled_is_not_put_on_the_short_list(ada):
    ending.cancel(ada, by=STAFF, at=OPEN)

    with pytest.raises(TicketRefused, match="is cancelled"):
        selecting.short_list(ada, by=STAFF, at=OPEN)

    ada.refresh_from_db()
    assert ada.selection == ""


def make_speaker(meeting, organization, **facts):
    request = make_request(meeting, organization)
    return make_representative(request=request, **{"state": "approved"} | SPEECH | facts)


def select_all(people, *, seen=None, at=OPEN):
    with clock.stopped(at):
        return selecting.select_all(people, by=STAFF, at=at, words="Welcome.", seen=seen)


def test_it_is_foreseen_who_of_many_is_selected_and_why_the_others_are_not(meeting, ada):
    chosen = [
        select(ada),
        make_speaker(meeting, "Amani", last_name="First"),
        make_speaker(meeting, "Amani", last_name="Second"),
        make_speaker(meeting, "Centre for Peace", last_name="Colleague"),
        make_speaker(meeting, "Foro", last_name="Waiting", state="waitlisted"),
        make_speaker(meeting, "Silent", last_name="Silent", wishes_to_speak=False),
    ]

    foreseen = selecting.preview(chosen, at=OPEN)
    done = select_all(chosen, seen=foreseen.shown)

    assert done.refusals == foreseen.refusals
    assert done.refusals == [
        "Ada Lovelace is already selected.",
        "Ada Second: Ada First would already speak for Amani.",
        "Centre for Peace already has a speaker on the list (receipt 1).",
        "Ada Waiting is on the waiting list: only a person with a ticket can be selected. Approve first.",
        "Ada Silent does not wish to speak.",
    ]
    assert outcome_words.done(done) == ["1 person is selected to speak, with a receipt on the list of speakers."]
    assert list(Inscription.objects.order_by("receipt_no").values_list("speaker_name", flat=True)) == [
        "Ada Lovelace",
        "Ada First",
    ]


def test_if_the_organization_has_a_speaker_since_the_page_was_shown_it_asks_again(meeting, ada):
    colleague = make_speaker(meeting, "Centre for Peace", last_name="Colleague")
    seen = selecting.preview([ada], at=OPEN).shown
    select(colleague)

    with pytest.raises(TicketRefused, match="This has changed since you were asked") as refused:
        select_all([ada], seen=seen)

    assert "Centre for Peace already has a speaker on the list (receipt 1)." in refused.value.details
    assert Inscription.objects.count() == 1


def test_no_one_is_foreseen_to_be_selected_once_the_meeting_is_over(meeting, ada):
    assert selecting.preview([ada], at=meeting.ends_at).refusals == ["The meeting is over."]
