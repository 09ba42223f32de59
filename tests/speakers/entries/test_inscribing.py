"""Entering the list: in time, numbered, once, by those who may.  R-02 R-03 R-05 R-07 to R-13

R-08 R-09 R-10 R-11 R-12 R-58
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

import clock
from journal import chain
from journal.actors import Actor
from journal.models import Entry
from outbox.models import Message
from speakers.entries import inscribing, withdrawing
from speakers.models import Inscription
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    an_inscription,
    make_delegation,
    make_inscription,
    make_meeting,
    order_of,
    subject_of,
    written,
)

pytestmark = pytest.mark.django_db
MICROSECOND = timedelta(microseconds=1)


def test_an_inscription_that_arrives_the_microsecond_before_the_deadline_is_accepted():
    meeting = make_meeting()

    inscription = make_inscription(meeting, at=DEADLINE - MICROSECOND)

    assert inscription.receipt_no == 1


def test_an_inscription_that_arrives_at_the_deadline_is_refused_with_the_moment_and_the_contact():
    meeting = make_meeting()

    with pytest.raises(inscribing.InscriptionRefused) as refusal:
        make_inscription(meeting, at=DEADLINE)

    assert str(refusal.value) == (
        "The list of speakers closed on Thursday, 1 September 2016, 1:00 p.m. (New York time). "
        "It accepts no new inscriptions. For a late request write to Office, inscription, inscription@office.example, "
        "telephone +1 212-963-5063."
    )
    assert not Inscription.objects.exists()
    assert not Entry.objects.exists()
    assert not Message.objects.exists()


def test_an_inscription_before_opening_is_refused_with_the_opening_moment():
    meeting = make_meeting()

    with pytest.raises(inscribing.InscriptionRefused) as refusal:
        make_inscription(meeting, at=meeting.speakers_list.opens_at - MICROSECOND)

    assert str(refusal.value) == "Inscription opens on Monday, 22 August 2016, 9:00 a.m. (New York time)."


def test_arrival_decides_even_if_the_lock_was_acquired_after_the_deadline():
    meeting = make_meeting()
    inscription = an_inscription(meeting)

    with clock.stopped(DEADLINE + timedelta(seconds=5)):
        inscribing.inscribe(
            inscription,
            by=Actor("rwa@missions.example", "focal point"),
            is_on_record=True,
            arrived_at=DEADLINE - MICROSECOND,
            key="k",
            digest="d",
        )

    inscription.refresh_from_db()
    assert inscription.arrived_at == DEADLINE - MICROSECOND
    assert inscription.recorded_at == DEADLINE + timedelta(seconds=5)


def test_a_list_closed_by_hand_takes_those_who_arrived_before_it_was_closed():
    meeting = make_meeting(closed_at=OPEN)

    make_inscription(meeting, make_delegation("AAA"), at=OPEN - MICROSECOND)

    assert order_of(meeting) == ["AAA"]
    with pytest.raises(inscribing.InscriptionRefused):
        make_inscription(meeting, make_delegation("BBB"), at=OPEN)


def test_receipt_numbers_run_without_gaps_over_refusals_and_withdrawals():
    meeting = make_meeting()
    first = make_inscription(meeting, make_delegation("AAA"))
    with pytest.raises(inscribing.InscriptionRefused):
        make_inscription(meeting, make_delegation("AAA"))
    withdrawing.withdraw(first, by=STAFF, at=OPEN)

    again = make_inscription(meeting, make_delegation("AAA"))

    assert again.receipt_no == 2


def test_recorded_at_increases_even_if_the_clock_stands_still():
    meeting = make_meeting()
    first = make_inscription(meeting, make_delegation("AAA"))

    second = make_inscription(meeting, make_delegation("BBB"))

    assert second.recorded_at == first.recorded_at + MICROSECOND


def test_the_same_form_sent_again_gives_the_first_receipt():
    meeting = make_meeting()
    first = make_inscription(meeting, key="the form")

    second = make_inscription(meeting, key="the form")

    assert second.pk == first.pk
    assert Message.objects.count() == 2


def test_the_same_form_with_other_content_is_refused_in_words():
    meeting = make_meeting()
    make_inscription(meeting, key="the form")
    actor = Actor("rwa@missions.example", "focal point")
    other = an_inscription(meeting)

    with pytest.raises(inscribing.InscriptionRefused) as refusal:
        inscribing.inscribe(other, by=actor, is_on_record=True, arrived_at=OPEN, key="the form", digest="other")

    assert str(refusal.value) == (
        "This form was already recorded with different content, under receipt number 1. Nothing was changed."
    )


def test_a_delegation_stands_once_in_its_national_capacity_and_once_per_group():
    meeting = make_meeting()
    rwanda = make_delegation("RWA")
    make_inscription(meeting, rwanda)
    make_inscription(meeting, rwanda, capacity="group", group_name="Group of Friends")

    with pytest.raises(inscribing.InscriptionRefused) as refusal:
        make_inscription(meeting, rwanda)

    assert str(refusal.value) == "Rwa is already inscribed in its national capacity (receipt 1)."


def test_a_group_stands_once_regardless_of_who_inscribes_it_and_how_it_is_spelt():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("RWA"), capacity="group", group_name="Group of Friends")

    with pytest.raises(inscribing.InscriptionRefused) as refusal:
        make_inscription(meeting, make_delegation("AUS"), capacity="group", group_name="group  of FRIENDS")

    assert refusal.value.field == "group_name"
    assert str(refusal.value) == "Group of Friends is already on the list, inscribed by Rwa (receipt 1)."


def test_an_observer_speaks_for_a_group_only_where_its_place_allows_it():
    meeting = make_meeting()
    holy_see = make_delegation("HOLY", "Holy See", band="observer_states", speaks_for_groups=False)

    with pytest.raises(inscribing.InscriptionRefused) as refusal:
        make_inscription(meeting, holy_see, capacity="group", group_name="Group of Friends")

    assert refusal.value.field == "capacity"


def test_an_unverified_entry_has_its_receipt_but_no_place_and_blocks_no_other():
    meeting = make_meeting()
    rwanda = make_delegation("RWA")
    stranger = Actor("stranger@elsewhere.example", "unverified person")

    unverified = make_inscription(meeting, rwanda, is_verified=False, by=stranger)
    standing = make_inscription(meeting, rwanda)

    assert (unverified.receipt_no, standing.receipt_no) == (1, 2)
    assert order_of(meeting) == ["RWA"]


def test_only_the_address_that_filed_an_unverified_entry_is_mailed_and_the_officer():
    meeting = make_meeting()
    stranger = Actor("stranger@elsewhere.example", "unverified person")

    make_inscription(meeting, is_verified=False, by=stranger, copies=["victim@elsewhere.example"])

    mails = {message.kind: (message.to, message.cc) for message in map(written, Message.objects.all())}
    assert mails == {
        "speakers.acknowledgement": (["stranger@elsewhere.example"], []),
        "speakers.notice_inscribed": (["inscription@office.example"], ["inscription_copy@office.example"]),
    }


def test_the_acknowledgement_says_everything_and_goes_to_contact_and_copies():
    meeting = make_meeting()

    inscription = make_inscription(meeting, copies=["copy@missions.example"], note="One <b>note</b> & more")

    mail = written(Message.objects.get(kind="speakers.acknowledgement"))
    assert (mail.to, mail.cc) == (["rwa@missions.example"], ["copy@missions.example"])
    assert subject_of(mail) == "Inscribed on the list of speakers: Rwa, receipt 1"
    assert "Its place now is 1. This is provisional" in mail.body
    assert "Note to the secretariat: One <b>note</b> & more" in mail.body
    assert "Arrived: 31 August 2016, 1:00:00.000 p.m. (New York time)" in mail.body
    assert inscription.witness in mail.body
    assert f"http://localhost:8000{inscription.get_absolute_url()}" in mail.body


def test_the_witness_lies_on_the_meetings_chain():
    meeting = make_meeting()

    inscription = make_inscription(meeting)

    assert chain.holds(meeting.journal_stream, inscription.witness)
    assert chain.problems(meeting.journal_stream) == []


def duplicate(inscription, **changes):
    """A second row like `inscription`, created without any rule."""
    inscription.pk = None
    inscription.public_id = "0b1f5b1c-0000-4000-8000-000000000001"
    facts = {"receipt_no": inscription.receipt_no + 1, "idempotency_key": "another"} | changes
    for name, value in facts.items():
        setattr(inscription, name, value)
    return inscription


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("a_receipt_number_is_given_once", {"receipt_no": 1, "state": "unverified"}),
        ("a_form_is_recorded_once", {"idempotency_key": "the form", "state": "unverified"}),
        ("one_standing_national_entry_per_delegation", {}),
        ("a_group_entry_names_its_group_and_no_other_does", {"capacity": "group"}),
        ("receipt_numbers_start_at_one", {"receipt_no": 0, "state": "unverified"}),
        ("an_entry_is_recorded_after_it_arrived", {"recorded_at": OPEN - timedelta(days=1), "state": "unverified"}),
        ("an_ended_entry_says_when_and_by_whom", {"state": "withdrawn"}),
    ],
)
def test_the_database_itself_refuses(constraint, changes):
    inscription = duplicate(make_inscription(make_meeting(), key="the form"), **changes)

    with pytest.raises(IntegrityError), transaction.atomic():
        inscription.save(force_insert=True)


def test_the_database_refuses_a_second_standing_entry_for_a_group():
    meeting = make_meeting()
    entry = make_inscription(meeting, capacity="group", group_name="Group of Friends")
    second = duplicate(entry, delegation=make_delegation("AUS"))

    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)


@pytest.mark.parametrize("name", ["African Group\u200b", "AFRICAN\u00a0GROUP", "African Grou\u00adp", "Ａfrican Group"])
def test_a_group_is_not_inscribed_twice_under_a_name_that_reads_alike(name):
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("AAA"), capacity="group", group_name="African Group")

    with pytest.raises(inscribing.InscriptionRefused, match="already on the list"):
        make_inscription(meeting, make_delegation("BBB"), capacity="group", group_name=name)
