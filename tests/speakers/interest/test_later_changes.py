"""Lists whose seats are given by selection: reminders before the deadline, other numbers of seats.  R-14 R-61"""

from datetime import date, timedelta

import pytest

import clock
from journal.models import Entry
from outbox.models import Message, Urgency
from speakers.entries import changing, deadlines, late_entries, withdrawing
from speakers.interest import expressing, selecting
from speakers.mail import reminding
from speakers.models import SpeakersList
from speakers.moves import term_changes
from speakers.order import replaying
from tests.days import words_of
from tests.factories import (
    OPEN,
    STAFF,
    an_inscription,
    make_delegation,
    make_focal_point,
    make_level,
    signed_in,
    written,
)
from tests.speakers.interest.round_tables import AFTER, fresh, make_interest, make_round_tables, make_state, point_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tables():
    return make_round_tables()


def test_who_has_expressed_no_interest_is_reminded_once_for_all_round_tables(tables):
    first, _second = tables
    make_interest(first, "KEN")
    make_state("RWA")
    Message.objects.all().delete()

    for _again in range(2):
        reminding.remind_delegations(at=first.closes_at - timedelta(hours=20))

    told = [mail for mail in Message.objects.filter(kind="speakers.reminder") if "ask" in written(mail).subject]
    assert [mail.to for mail in told] == [["rwa@missions.example"]]
    assert written(told[0]).subject.startswith("Rwa has not asked for a seat: interest can be expressed until Friday")
    assert "round-table-1/speakers/inscribe/" in written(told[0]).body


def reminded(speakers_list, hours=20):
    """Whom the reminders that are due so many hours before the deadline of a list go to, beside those of others."""
    Message.objects.filter(kind="speakers.reminder").delete()
    reminding.remind_delegations(at=speakers_list.closes_at - timedelta(hours=hours))
    address = "/".join(speakers_list.address)
    found = Message.objects.filter(kind="speakers.reminder", key__startswith=f"speakers/reminder/{address}/2016")
    return sorted(address for mail in found for address in mail.to)


def test_who_has_a_seat_or_was_told_of_none_is_not_reminded_and_who_withdrew_is(tables):
    first, second = tables
    seated, regretted, withdrawn = (make_interest(first, code) for code in ("KEN", "RWA", "FRA"))
    make_state("JPN")
    entry = an_inscription(fresh(second).meeting_at_hand, make_state("ITA"))
    late_entries.admit_late(entry, reason="By letter", by=STAFF, at=OPEN, key="k", digest="d")
    expressing.withdraw(withdrawn, by=point_of(withdrawn.delegation), at=OPEN)
    selecting.select([seated], by=STAFF, at=OPEN)
    selecting.tell_others([regretted], by=STAFF, at=OPEN)

    assert reminded(fresh(first)) == ["fra@missions.example", "jpn@missions.example"]


def test_only_those_whom_a_list_admits_are_reminded_of_it(tables):
    first, second = tables
    SpeakersList.objects.filter(slug="").update(open_to="members_and_observers")
    SpeakersList.objects.filter(pk=first.pk).update(open_to="member_states", closes_at=second.closes_at)
    make_state("KEN")
    make_focal_point(make_delegation("VAT", band="observers", category="observer_state"))
    make_focal_point(make_delegation("UNE", band="un_system", category="un_system"))
    make_focal_point(make_delegation("NGO", band="civil_society", category="civil_society"))
    make_focal_point(make_delegation("OLD", to_on=date(2015, 12, 31)))
    plenary = first.meeting.lists.get(slug="")

    observers = ["une@missions.example", "vat@missions.example"]
    assert reminded(plenary) == ["ken@missions.example", "vat@missions.example"]
    assert (reminded(fresh(first)), reminded(fresh(second))) == (["ken@missions.example"], observers)


def test_a_changed_deadline_is_told_once_to_each_address_that_asked_for_a_seat_there(tables):
    first, second = tables
    SpeakersList.objects.filter(pk=first.pk).update(seats_by_selection=2)
    make_interest(first, "KEN", second)
    make_interest(first, "FRA")
    withdrawn, seated = make_interest(second, "RWA", first), make_interest(first, "JPN")
    make_interest(second, "ITA", first, contact_email="KEN@missions.example", copies=["rome@missions.example"])
    entry = an_inscription(
        fresh(first).meeting_at_hand, make_state("GHA"), contact_email="fra@missions.example", filed_by_email="officer"
    )
    late_entries.admit_late(entry, reason="By letter", by=STAFF, at=OPEN, key="k", digest="d")
    expressing.withdraw(withdrawn, by=point_of(withdrawn.delegation), at=OPEN)
    selecting.select([seated], by=STAFF, at=OPEN)
    Message.objects.all().delete()

    later = first.closes_at + timedelta(hours=5)
    with clock.stopped(OPEN):
        deadlines.change_deadline(fresh(first), closes_at=later, reason="A holiday", by=STAFF, at=OPEN)
    deadlines.change_deadline(fresh(second), closes_at=later, reason="A holiday", by=STAFF, at=OPEN)

    mails = list(Message.objects.filter(kind="speakers.interest_deadline").order_by("pk"))
    about_first, about_second = ([each for each in mails if f"/{of.slug}/" in each.key] for of in tables)
    assert [[*each.to, *each.cc] for each in about_first] == [
        ["ken@missions.example"],
        ["rome@missions.example", "ita@missions.example"],
    ]
    assert [[*each.to, *each.cc] for each in about_second] == [
        ["ken@missions.example"],
        ["rome@missions.example", "ita@missions.example"],
    ]
    mail = about_first[0]
    assert mail.urgency == Urgency.MANY
    assert "Interest in “Round table 1” can now be expressed until Friday, 2 September 2016" in mail.body
    assert "A holiday" in mail.body
    assert "round-table-1/speakers/interest/" in mail.body
    told = [each.to for each in Message.objects.filter(kind="speakers.deadline", key__contains="round-table-1")]
    assert ["fra@missions.example"] in told
    assert len(told) == 2


@pytest.mark.parametrize(
    ("seats", "words"),
    [
        (1, "More seats are given already: 2"),
        (0, "fixed when the list opens"),
    ],
)
def test_the_number_of_seats_changes_by_the_act_and_not_below_those_given(tables, seats, words):
    _first, second = tables
    given = [make_interest(second, code) for code in ("KEN", "RWA")]
    selecting.select(given, by=STAFF, at=AFTER)
    now = {"reason": "A larger room", "by": STAFF, "at": AFTER}

    with pytest.raises(term_changes.TermsRefused, match=words):
        term_changes.change_terms(fresh(second), term_changes.Changes(seats=seats), **now)
    term_changes.change_terms(fresh(second), term_changes.Changes(seats=5), **now)

    assert fresh(second).seats_by_selection == 5
    assert replaying.differences(fresh(second)) == []
    assert Entry.objects.filter(act="order changed").latest("pk").payload.after == {"seats_by_selection": 5}
    assert Message.objects.filter(kind="speakers.terms").count() == 2


def test_a_list_on_which_delegations_inscribe_gets_no_seats_by_selection(tables):
    main = tables[0].meeting.lists.get(slug="")

    with pytest.raises(term_changes.TermsRefused, match="fixed when the list opens"):
        term_changes.change_terms(main, term_changes.Changes(seats=5), reason="Why", by=STAFF, at=AFTER)


@pytest.mark.parametrize("at", [OPEN, AFTER])
def test_giving_back_a_seat_promises_neither_a_late_request_nor_another_receipt(tables, at):
    first, _second = tables
    interest = make_interest(first, "KEN")
    selecting.select([interest], by=STAFF, at=OPEN)
    entry = first.inscriptions.get()
    delegate = signed_in("ken@missions.example")

    [sentence] = withdrawing.preview(entry, at=at).sentences[1:]
    withdrawing.withdraw(entry, by=point_of(interest.delegation), at=at)
    with clock.stopped(at):
        receipt = words_of(delegate.get(entry.get_absolute_url()))

    words = "the seat becomes free for other delegations, and only the secretariat can give one again."
    assert sentence == f"This cannot be taken back: {words}"
    body = Message.objects.get(kind="speakers.withdrawn").body
    assert "its seat becomes free for other delegations" in body
    assert "receipt number" not in body.partition("What is recorded")[0]
    assert "new receipt" not in receipt
    assert ("Express interest" in receipt) == (at == OPEN)
    assert "late request" not in receipt.lower()


def test_a_higher_level_after_the_deadline_of_a_selection_is_refused_without_a_late_request(tables):
    first, _second = tables
    selecting.select([make_interest(first, "KEN")], by=STAFF, at=OPEN)
    entry = first.inscriptions.get()
    higher = {"level": make_level("HOS"), "title": "", "by": STAFF, "at": AFTER}

    with pytest.raises(changing.ChangeRefused) as refusal:
        changing.change_level(entry, **higher)

    assert str(refusal.value) == (
        "Seats on this list are given by selection, and its deadline was on Friday, 2 September 2016, 1:00 p.m. "
        "(New York time). Please write to Office, inscription, inscription@office.example, telephone +1 212-963-5063."
    )
