"""Giving seats by selection at the desk: choices and balance side by side, read first, then done.  R-62 R-69"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import clock
from outbox.models import Message
from secretariat import attention
from speakers.models import Interest
from tests.confirming import seen_in
from tests.factories import OPEN, make_meeting, make_panel
from tests.secretariat import pages
from tests.speakers.interest.round_tables import AFTER, codes_on, make_interest, make_round_tables

LIST = reverse("admin:speakers_interest_changelist")


@pytest.fixture
def tables(at_the_desk, db):
    first, second = make_round_tables(seats=(1, 2))
    make_interest(first, "KEN", second)
    make_interest(first, "RWA", second)
    make_interest(second, "JPN", first)
    return first, second


def act(client, action, *interests, **answer):
    chosen = {"action": action, "_selected_action": [each.pk for each in interests], **answer}
    return client.post(LIST, chosen, follow=True)


def apply(client, action, *interests, **typed):
    """Choose the action, and press the button of its page."""
    shown = pages.typed(act(client, action, *interests))
    return act(client, action, *interests, apply="1", seen=shown["seen"], **typed)


def test_both_choices_of_all_round_tables_are_side_by_side_below_the_balance(officer, tables):
    answer = officer.get(LIST)

    assert pages.cells(answer, "named") == ["Ken", "Rwa", "Jpn"]
    assert pages.cells(answer, "region") == ["African States", "African States", "Asia-Pacific States"]
    assert pages.cells(answer, "first_choice") == ["Round table 1", "Round table 1", "Round table 2"]
    assert pages.cells(answer, "second") == ["Round table 2", "Round table 2", "Round table 1"]
    words = pages.text(answer)
    assert "Round table 1 · Seats 1 · Given 0 · Free 1 first choice second choice seats given African States 2 0 0" in (
        words
    )
    assert "Round table 2 · Seats 2 · Given 0 · Free 2" in words


def test_it_opens_at_the_meeting_that_has_such_lists(officer, tables):
    nearer = make_meeting("nearer", starts_at=OPEN + timedelta(days=1), ends_at=OPEN + timedelta(days=1, hours=8))

    answer = officer.get(LIST)

    assert pages.cells(answer, "named") == ["Ken", "Rwa", "Jpn"]
    assert f"meeting={nearer.slug}" not in answer.content.decode()


def test_seats_are_given_once_the_page_that_says_so_was_read(officer, tables):
    first, second = tables
    everyone = list(Interest.objects.order_by("pk"))

    asked = act(officer, "select_chosen", *everyone)
    assert (codes_on(first), codes_on(second)) == ([], [])
    assert "1 delegation would be given a seat on “Round table 1”, its first choice" in pages.text(asked)
    assert "Interest in “Round table 1” can still be expressed" in pages.text(asked)
    with clock.stopped(OPEN + timedelta(minutes=1)):
        done = apply(officer, "select_chosen", *everyone)

    assert (codes_on(first), codes_on(second)) == (["KEN"], ["RWA", "JPN"])
    assert "1 delegation has a seat on “Round table 2”, its second choice." in pages.text(done)
    assert "African States 0 2 1 Asia-Pacific States 1 0 1" in pages.text(officer.get(LIST))
    assert "seat on “Round table 1” (receipt 1)" in pages.text(officer.get(LIST))


def test_the_others_are_told_in_the_words_of_the_officer(officer, tables):
    kenya = Interest.objects.get(delegation__code="KEN")

    asked = act(officer, "tell_chosen", kenya)
    assert "The secretariat thanks Ken for its interest" in pages.text(asked)
    assert not Message.objects.filter(kind="speakers.no_seat").exists()
    apply(officer, "tell_chosen", kenya, words="With regret.")

    assert "With regret." in Message.objects.get(kind="speakers.no_seat").body
    again = apply(officer, "tell_chosen", kenya)
    assert "Ken: informed that no seat can be given." in pages.text(again)


def test_who_only_reads_gives_no_seat(reader, tables):
    answer = act(reader, "select_chosen", *Interest.objects.all())

    assert "Give a seat to the chosen" not in pages.text(reader.get(LIST))
    assert answer.status_code == 200
    assert codes_on(tables[0]) == []


def test_the_page_of_one_expression_tells_all_of_it_and_its_history(officer, tables):
    interest = Interest.objects.get(delegation__code="KEN")

    words = pages.text(officer.get(reverse("admin:speakers_interest_change", args=[interest.pk])))

    assert "Ken expressed its interest in a seat, by ken@missions.example (focal point)." in words


def test_the_front_page_says_how_many_wait_and_that_is_urgent_after_the_deadline(tables):
    def lines(at):
        found = [line for block in attention.survey(at) for line in block.lines if "the selection" in line.words]
        return [(line.words, line.is_urgent) for line in found]

    assert lines(OPEN) == [
        ("2 expressions of interest await the selection.", False),
        ("1 expression of interest awaits the selection.", False),
    ]
    assert {is_urgent for _words, is_urgent in lines(AFTER)} == {True}


def test_the_seats_are_typed_before_the_list_opens_and_only_read_after(lead, tables):
    third = make_panel(tables[0].meeting, "third", seats_by_selection=2)
    opened, to_open = (reverse("admin:speakers_speakerslist_change", args=[each.pk]) for each in (tables[0], third))

    with clock.stopped(third.opens_at - timedelta(hours=1)):
        assert 'name="seats_by_selection"' in lead.get(to_open).content.decode()
        assert 'name="seats_by_selection"' not in lead.get(opened).content.decode()
    assert 'name="seats_by_selection"' not in lead.get(to_open).content.decode()
    assert 'name="seats_by_selection"' not in lead.get(opened).content.decode()


def test_the_list_costs_the_same_however_many_have_asked(officer, tables):
    def count():
        with CaptureQueriesContext(connection) as statements:
            assert officer.get(LIST).status_code == 200
        return len(statements)

    before = count()
    for number in range(10):
        make_interest(tables[0], f"A{number:02}", tables[1])

    assert count() == before <= 12


def test_closing_a_list_by_selection_says_that_no_one_is_mailed_and_mails_none(lead, tables):
    page = reverse("admin:speakers_speakerslist_act", args=[tables[0].pk, "close-list"])
    mails = Message.objects.count()

    shown = lead.get(page)
    answer = lead.post(page, {"reason": "Enough", "seen": seen_in(shown)}, follow=True)

    assert "From now on no interest can be expressed. No one is mailed before the seats are given." in pages.text(shown)
    assert "for example" not in pages.text(shown)
    assert "Interest can no longer be expressed. The seats can be given now." in pages.text(answer)
    assert Message.objects.count() == mails


def test_the_page_of_a_new_deadline_counts_who_is_mailed_and_the_answer_speaks_of_interest(lead, tables):
    first, second = tables
    path = reverse("admin:speakers_speakerslist_act", args=[first.pk, "change-deadline"])
    counted = "3 expressions of interest await the selection."

    shown = lead.get(path)
    typed = {"closes_at_0": "2016-09-03", "closes_at_1": "12:00", "reason": "More time"}
    asked = lead.post(path, typed)
    answer = lead.post(path, {**typed, "seen": seen_in(asked)}, follow=True)

    assert counted in pages.text(shown)
    assert "3 delegations that have expressed interest are mailed them too." in pages.text(asked)
    assert pages.text(asked).count(", for example") == 1
    assert "Interest can now be expressed until Saturday, 3 September 2016" in pages.text(answer)
    assert Message.objects.filter(kind="speakers.interest_deadline").count() == 3
    officer = Message.objects.get(kind="speakers.notice_deadline")
    assert "Reason: More time" in " ".join(officer.body.split())
    assert "All inscribed delegations" not in officer.body
    main = reverse("admin:dialogue_meeting_act", args=[second.meeting.pk, "change-deadline"])
    assert "of interest await" not in pages.text(lead.get(main))
