"""Expressing interest in a seat, changing and withdrawing it, and what is refused in words.  R-02 R-09 R-59 R-62"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

import clock
from journal import act_words
from journal.actors import UNVERIFIED_PERSON, Actor
from journal.models import Entry
from outbox.models import Message
from speakers import records
from speakers.entries import closing, extensions, inscribing, late_entries, late_requests
from speakers.interest import expressing
from speakers.models import Inscription, Interest, Revision, SpeakersList
from speakers.order import replaying
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    an_inscription,
    make_delegation,
    make_inscription,
    make_meeting,
    make_panel,
    written,
)
from tests.speakers.interest.round_tables import (
    AFTER,
    an_interest,
    fresh,
    make_interest,
    make_round_tables,
    make_state,
    point_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tables():
    return make_round_tables()


def refused(call, match, field=None):
    """The call is refused in these words, at this field, and nothing is stored or mailed."""
    before = Interest.objects.count(), Inscription.objects.count(), Message.objects.count(), Entry.objects.count()
    with pytest.raises(inscribing.Refusal, match=match) as refusal:
        call()
    assert refusal.value.field == field
    after = Interest.objects.count(), Inscription.objects.count(), Message.objects.count(), Entry.objects.count()
    assert after == before


def test_an_interest_is_recorded_journalled_on_the_chain_of_its_list_and_acknowledged(tables):
    first, second = tables

    interest = make_interest(first, "KEN", second)

    stored = Interest.objects.get()
    assert (stored, stored.speakers_list, stored.second_choice, stored.state) == (interest, first, second, "expressed")
    [entry] = Entry.objects.about(records.subject_of_interest(interest))
    assert (entry.act, entry.stream) == ("interest expressed", first.journal_stream)
    assert act_words.sentence(entry.act, entry="Kenya", other="") == "Kenya expressed its interest in a seat"
    assert not first.inscriptions.exists()
    mails = {message.kind: written(message) for message in Message.objects.all()}
    assert set(mails) == {"speakers.interest", "speakers.notice_interest"}
    mail = mails["speakers.interest"]
    assert mail.to == ["ken@missions.example"]
    assert "First choice: Round table 1\nSecond choice: Round table 2" in mail.body
    assert "It is not an inscription: it has no receipt number and holds no place." in mail.body
    assert "receipt number:" not in mail.body.lower()
    assert mail.facts is None


def test_the_acknowledgement_tells_what_was_recorded_whatever_has_changed_since(tables):
    first, second = tables
    interest = make_interest(first, "KEN", second)

    expressing.change(interest, {"second_choice": None, "note": "Later"}, by=point_of(interest.delegation), at=OPEN)

    earlier, later = (written(each).body for each in Message.objects.filter(kind="speakers.interest").order_by("pk"))
    assert "Second choice: Round table 2" in earlier
    assert "Later" not in earlier
    assert "Second choice: none" in later
    assert "Later" in later


def test_the_form_sent_twice_is_recorded_once_and_with_other_content_refused(tables):
    first, _second = tables
    once = make_interest(first, "KEN", key="k")

    assert make_interest(first, "KEN", key="k") == once
    again = an_interest(first, make_state("KEN"))
    facts = {"by": point_of(again.delegation), "arrived_at": OPEN, "key": "k", "digest": "another"}
    refused(lambda: expressing.express(again, **facts), "sent with different content")


def test_an_interest_is_changed_until_the_deadline_and_withdrawn_until_it_is_decided(tables):
    first, second = tables
    interest = make_interest(first, "KEN")
    by = point_of(interest.delegation)

    expressing.change(interest, {"second_choice": second}, by=by, at=OPEN)
    expressing.change(interest, {"second_choice": second}, by=by, at=OPEN)  # no change
    refused(lambda: expressing.change(interest, {"note": "Late"}, by=by, at=AFTER), "could be expressed until")
    expressing.withdraw(interest, by=by, at=AFTER)

    acts = Entry.objects.about(records.subject_of_interest(interest)).values_list("act", flat=True)
    assert list(acts) == ["interest expressed", "interest changed", "interest withdrawn"]
    assert Interest.objects.get().second_choice == second
    refused(lambda: expressing.withdraw(interest, by=by, at=AFTER), "This is over: withdrawn")
    assert "is not considered in the selection" in Message.objects.get(kind="speakers.interest_withdrawn").body


def test_a_withdrawn_interest_can_be_expressed_again_on_another_list(tables):
    first, second = tables
    interest = make_interest(first, "KEN", second)
    refused(lambda: make_interest(second, "KEN"), "with “Round table 1” as its first choice")

    expressing.withdraw(interest, by=point_of(interest.delegation), at=OPEN)
    make_interest(second, "KEN", first)

    assert [each.speakers_list for each in Interest.objects.waiting()] == [second]


def test_a_delegation_cannot_inscribe_where_seats_are_given_by_selection_even_late_or_extended(tables):
    first, _second = tables
    kenya = make_state("KEN")
    words = "given by selection, so no delegation inscribes there. Express the interest"

    refused(lambda: make_inscription(first.meeting_at_hand, kenya), words)
    request = late_requests.LateRequest(speakers_list=first, delegation=kenya)
    filed = {"by": point_of(kenya), "is_on_record": True, "arrived_at": AFTER, "key": "k", "digest": "d"}
    refused(lambda: late_requests.file(request, **filed), words)
    facts = {"delegation": kenya, "until": AFTER + timedelta(days=1), "reason": "Asked", "by": STAFF, "at": AFTER}
    refused(lambda: extensions.grant(first, **facts), "given by selection")


def test_interest_in_an_ordinary_list_is_refused(tables):
    plenary = fresh(tables[0]).meeting.lists.get(slug="")

    refused(lambda: make_interest(plenary, "KEN"), "seats are not given by selection. Please inscribe on it")


def test_a_second_choice_that_is_none_is_refused_at_its_field(tables):
    first, second = tables
    plenary = first.meeting.lists.get(slug="")
    another = make_panel(make_meeting("another"), "round-table-2", seats_by_selection=1)

    refused(lambda: make_interest(first, "KEN", first), "Choose another list than the first", "second_choice")
    refused(lambda: make_interest(first, "KEN", plenary), "whose seats are given by selection", "second_choice")
    refused(lambda: make_interest(first, "KEN", another), "whose seats are given by selection", "second_choice")
    SpeakersList.objects.filter(pk=second.pk).update(closes_at=OPEN - timedelta(hours=1))
    refused(lambda: make_interest(first, "KEN", second), "“Round table 2” could be expressed until", "second_choice")


def test_a_delegation_that_has_a_seat_already_expresses_no_interest_there(tables):
    first, second = tables
    entry = an_inscription(fresh(second).meeting_at_hand, make_state("KEN"))
    late_entries.admit_late(entry, reason="By letter", by=STAFF, at=OPEN, key="k", digest="d")

    refused(lambda: make_interest(second, "KEN"), r"already has a seat on “Round table 2” \(receipt 1\)")
    refused(lambda: make_interest(first, "KEN", second), "already has a seat", "second_choice")
    make_interest(first, "KEN")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (OPEN - timedelta(days=30), r"can be expressed from Monday, 22 August"),
        (DEADLINE + timedelta(days=1), r"could be expressed until Friday, 2 September 2016.*write to the secretariat"),
    ],
)
def test_interest_is_expressed_from_the_opening_until_just_before_the_deadline(tables, at, words):
    make_interest(tables[0], "RWA", at=DEADLINE + timedelta(days=1) - timedelta(microseconds=1))

    refused(lambda: make_interest(tables[0], "KEN", at=at), words)


def test_only_whom_the_list_is_open_to_and_only_a_focal_point_expresses_interest(tables):
    first, second = tables
    SpeakersList.objects.update(open_to="member_states")
    make_delegation("UNE", "United Nations Environment", band="un_system", category="un_system")
    stranger = Actor("someone@elsewhere.example", UNVERIFIED_PERSON)

    refused(lambda: make_interest(first, "UNE"), "is open to: Member States only", "delegation")
    refused(lambda: make_interest(first, "KEN", by=stranger), "not on record for a delegation")
    SpeakersList.objects.filter(pk=first.pk).update(open_to="everyone")
    refused(lambda: make_interest(first, "UNE", second), "is open to: Member States only", "second_choice")


def test_at_its_deadline_such_a_list_closes_and_nothing_is_established_or_mailed(tables):
    first, second = tables
    make_interest(first, "KEN", second)
    Message.objects.all().delete()

    with clock.stopped(AFTER):
        closing.close_due_lists(at=AFTER)

    assert fresh(first).closed_at == first.closes_at
    assert not Revision.objects.filter(speakers_list__in=tables).exists()
    assert not Message.objects.filter(kind__contains="established", key__contains="round-table").exists()
    acts = Entry.objects.of_stream(first.journal_stream).values_list("act", flat=True)
    assert list(acts) == ["terms fixed", "interest expressed", "list closed"]


def test_the_journal_tells_whole_lists_and_a_forged_choice_or_number_of_seats_is_found(tables):
    first, second = tables
    interest = make_interest(first, "KEN", second)
    assert [replaying.differences(each) for each in tables] == [[], []]

    Interest.objects.update(second_choice=None)
    assert "round-table-2" in " ".join(replaying.differences(first))
    Interest.objects.update(second_choice=second)
    SpeakersList.objects.filter(pk=first.pk).update(seats_by_selection=40)
    assert "seats_by_selection is 40, and 1 in the journal" in " ".join(replaying.differences(first))
    SpeakersList.objects.filter(pk=first.pk).update(seats_by_selection=1)
    Interest.objects.filter(pk=interest.pk).delete()
    assert replaying.differences(first) != []


def test_the_database_refuses_what_must_never_be_stored(tables):
    first, _second = tables
    interest = make_interest(first, "KEN")

    for change in (
        {"second_choice": first},
        {"state": "withdrawn"},
        {"state": "selected", "decided_at": OPEN},
        {"capacity": "group"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Interest.objects.filter(pk=interest.pk).update(**change)
