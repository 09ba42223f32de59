"""The journal as staff read it: in sentences by day; each act whole; and whether a chain is whole.  R-57 R-58"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import clock
from floor.acts import calling, undoing
from journal import act_words, protection
from journal.models import Entry, Head, Payload
from speakers.entries import withdrawing
from speakers.moves import pinning
from tests import factories
from tests.factories import OPEN, STAFF
from tests.floor.room import after, make_room, press, speak
from tests.secretariat import pages

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:journal_entry_changelist")


def lines(answer):
    """The sentences that the page tells, latest first."""
    rows = [line for _day, found in answer.context["cl"].days for line in found]
    return [f"{row.what}. Reason: {row.why}" if row.why else f"{row.what}." for row in rows]


def days(answer):
    return [day for day, _found in answer.context["cl"].days]


@pytest.fixture
def entry(at_the_desk):
    """The withdrawal of an inscription, as the journal has it."""
    inscription = factories.make_inscription(factories.make_meeting())
    withdrawing.withdraw(inscription, by=STAFF, at=OPEN, reason="By telephone")
    return Entry.objects.latest("pk")


def test_an_act_is_read_with_who_why_before_and_after(reader, entry):
    shown = pages.text(reader.get(reverse("admin:journal_entry_change", args=[entry.pk])))

    for words in ["withdrawn", "officer", "staff", "By telephone", '"state": "standing"', '"state": "withdrawn"']:
        assert words in shown


@pytest.mark.parametrize("query", ["officer", "telephone", "withdrawn", "witness"])
def test_an_act_is_found_by_person_reason_act_or_the_beginning_of_a_witness(reader, entry, query):
    query = entry.hash[:12] if query == "witness" else query

    assert lines(reader.get(PAGE, {"q": query})) == ["Rwa was withdrawn. Reason: By telephone"]


def test_a_chain_is_checked_by_opening_it(reader, entry):
    head = Head.objects.get(stream=entry.stream)
    address = reverse("admin:journal_head_change", args=[head.pk])
    whole = pages.text(reader.get(address))
    protection.unprotect(connection)
    Entry.objects.filter(pk=entry.pk).update(act="inscribed")
    protection.protect(connection)

    broken = pages.text(reader.get(address))

    assert "Yes: every entry continues the one before it." in whole
    assert "Yes: every entry" not in broken


def test_what_was_erased_is_shown_as_erased(reader, entry):
    Payload.objects.filter(entry=entry).delete()

    shown = pages.text(reader.get(reverse("admin:journal_entry_change", args=[entry.pk])))

    assert "erased" in shown
    assert "By telephone" not in shown


# What was done, in sentences.

WHENS = ["today", "morning", "afternoon", "yesterday", "week"]


def test_the_acts_are_sentences_under_their_days_in_the_zone_of_the_meeting(reader, at_the_desk):
    meeting = factories.make_meeting()
    first = factories.make_inscription(meeting, factories.make_delegation("GHA", "Ghana"))
    second = factories.make_inscription(meeting, factories.make_delegation("JPN", "Japan"))
    # Half past midnight in New York.
    at = datetime(2016, 8, 26, 4, 30, tzinfo=UTC)
    pinning.pin(second, before=first, reason="Travels at noon", by=STAFF, at=at)

    answer = reader.get(PAGE)

    shown = pages.text(answer)
    assert lines(answer)[0] == "Japan was placed before Ghana. Reason: Travels at noon"
    assert "Japan was inscribed." in lines(answer)
    assert "Friday, 26 August 2016 (New York time)" in days(answer)
    assert "12:30 a.m." in shown
    assert 'value="today"' in answer.content.decode()


def test_an_entry_that_is_placed_again_before_the_same_one_says_before_which(reader, at_the_desk):
    meeting = factories.make_meeting()
    first = factories.make_inscription(meeting, factories.make_delegation("GHA", "Ghana"))
    second = factories.make_inscription(meeting, factories.make_delegation("JPN", "Japan"))
    for reason in ("Travels at noon", "Travels at one"):
        pinning.pin(second, before=first, reason=reason, by=STAFF, at=factories.OPEN)

    assert lines(reader.get(PAGE))[0] == "Japan was placed before Ghana. Reason: Travels at one"


def test_what_is_done_with_an_entry_in_the_room_is_told_once_and_stays_on_the_chain(reader, officer):
    meeting = make_room("GHA", "JPN")
    speak(meeting, 0, 60)
    press(meeting, calling.call, after(70))
    press(meeting, undoing.undo, after(80))
    of_entries = Entry.objects.filter(subject__startswith="inscription/", act__startswith="call")

    told, found = lines(reader.get(PAGE)), lines(reader.get(PAGE, {"q": "called"}))
    witnessed = lines(reader.get(PAGE, {"q": of_entries.first().hash[:20]}))
    news = officer.get(reverse("admin:speakers_inscription_board_news", args=[meeting.slug]), {"since": 0})

    assert told.count("Gha was called to the floor.") == told.count("Jpn was called to the floor.") == 1
    assert sorted(found) == ["Gha was called to the floor.", "Jpn was called to the floor."]
    assert not any("the call of" in each for each in told)
    assert told.count("Jpn returned to its old place.") == 1
    assert witnessed == ["Gha was called to the floor."]
    assert [each.act for each in of_entries.order_by("sequence")] == ["called", "called", "call taken back"]
    assert sum("Gha was called to the floor" in each for each in news.json()["changes"]) == 1


def test_the_page_shows_the_meeting_staff_work_on_unless_another_is_chosen_or_all_are_searched(reader, at_the_desk):
    other = factories.make_meeting(
        "other", starts_at=OPEN + timedelta(days=60), ends_at=OPEN + timedelta(days=60, hours=8)
    )
    factories.make_inscription(factories.make_meeting(), factories.make_delegation("GHA", "Ghana"))
    factories.make_inscription(other, factories.make_delegation("JPN", "Japan"))

    now, chosen = lines(reader.get(PAGE)), lines(reader.get(PAGE, {"meeting": other.pk}))
    found, everything = lines(reader.get(PAGE, {"q": "inscribed"})), lines(reader.get(PAGE, {"meeting": "all"}))

    assert "Ghana was inscribed." in now
    assert "Japan was inscribed." not in now
    assert "Japan was inscribed." in chosen
    assert "Ghana was inscribed." not in chosen
    assert found == ["Japan was inscribed.", "Ghana was inscribed."]
    assert set(found) < set(everything)


@pytest.mark.parametrize(
    ("when", "hours_ago"), [("today", 1), ("morning", 1), ("afternoon", -4), ("yesterday", 24), ("week", 48)]
)
def test_a_half_day_and_a_day_are_those_of_the_meeting(reader, when, hours_ago):
    entry = factories.make_inscription(factories.make_meeting())
    now = datetime(2016, 8, 25, 15, tzinfo=UTC)  # eleven o'clock in New York
    withdrawing.withdraw(entry, by=STAFF, at=now - timedelta(hours=hours_ago))

    with clock.stopped(now):
        found = {choice: lines(reader.get(PAGE, {"when": choice, "kind": "entries"})) for choice in WHENS}

    holds = {choice for choice, told in found.items() if "Rwa was withdrawn." in told}
    assert (
        holds
        == {
            "today": {"today", "morning", "week"},
            "morning": {"today", "morning", "week"},
            "afternoon": {"today", "afternoon", "week"},
            "yesterday": {"yesterday", "week"},
            "week": {"week"},
        }[when]
    )


def test_acts_are_narrowed_to_a_person_to_those_of_delegations_and_to_a_delegation(reader, at_the_desk):
    meeting = factories.make_meeting()
    ghana = factories.make_inscription(meeting, factories.make_delegation("GHA", "Ghana"))
    factories.make_inscription(meeting, factories.make_delegation("JPN", "Japan"))
    withdrawing.withdraw(ghana, by=STAFF, at=OPEN)

    of_officer = lines(reader.get(PAGE, {"who": f"name:{STAFF.name}"}))
    of_delegations = lines(reader.get(PAGE, {"who": "delegations"}))
    of_ghana = lines(reader.get(PAGE, {"delegation": "GHA"}))
    of_none = lines(reader.get(PAGE, {"delegation": "XXX"}))

    assert of_officer == ["Ghana was withdrawn."]
    assert of_delegations == ["Japan was inscribed.", "Ghana was inscribed."]
    assert of_ghana == ["Ghana was withdrawn.", "Ghana was inscribed."]
    assert of_none == []


def test_an_act_is_of_a_kind_and_every_act_that_has_a_sentence_has_one():
    sorted_out = set().union(*(acts for _label, acts in act_words.kinds().values()))

    assert sorted_out == set(act_words.told())


def test_two_hundred_acts_cost_the_same_few_statements(reader, at_the_desk):
    meeting = factories.make_meeting()
    counts = []
    for number in (3, 200):
        for each in range(meeting.speakers_list.inscriptions.count(), number):
            factories.make_inscription(meeting, factories.make_delegation(f"X{each}", f"State {each:03d}"))
        with CaptureQueriesContext(connection) as statements:
            answer = reader.get(PAGE, {"delegation": "", "who": "delegations"})
        counts.append(len(statements))
        assert len(lines(answer)) == number

    assert counts[0] == counts[1]
    assert counts[1] <= 12
