"""The board: the whole list on one screen, every mark explained, and officers who never overwrite each other.  R-20"""

import re
from datetime import timedelta
from functools import partial
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journal import position
from journal.models import Entry
from speakers import records
from speakers.entries import changing, withdrawing
from speakers.models import SwapProposal
from speakers.moves import pinning
from tests import factories
from tests.calls import calls_of_a_row
from tests.confirming import seen_in
from tests.factories import OPEN, STAFF
from tests.secretariat import pages


@pytest.fixture
def meeting(at_the_desk, db):
    return factories.make_meeting()


def inscribe(meeting, name, level="PR", **changes):
    delegation = factories.make_delegation(name.upper().replace(" ", "")[:12], name)
    return factories.make_inscription(meeting, delegation, level, **changes)


def fill(meeting, count):
    """Inscribe until `count` entries stand, of delegations that are numbered."""
    for number in range(meeting.speakers_list.inscriptions.count(), count):
        inscribe(meeting, f"State {number:03d}")


def board_page(meeting):
    return reverse("admin:speakers_inscription_board", args=[meeting.slug])


def news_page(meeting, since):
    return reverse("admin:speakers_inscription_board_news", args=[meeting.slug]) + f"?since={since}"


def version_of(meeting):
    return position.position(meeting.journal_stream)


def move(client, entry, before, reason="Agreed in the room", version=None, **typed):
    address = reverse("admin:speakers_inscription_board_move", args=[entry.meeting.slug, entry.pk])
    version = version_of(entry.meeting) if version is None else version
    return client.post(address, {"before": before.pk, "reason": reason, "version": version, **typed})


def unpin(client, entry, version=None):
    address = reverse("admin:speakers_inscription_board_unpin", args=[entry.meeting.slug, entry.pk])
    return client.post(address, {"version": version_of(entry.meeting) if version is None else version}, follow=True)


def undo(client, meeting, version=None, seen=None):
    """Press the button of the board, with the version and the places that it shows unless others are given."""
    address = reverse("admin:speakers_inscription_board_undo", args=[meeting.slug])
    shown = pages.typed(client.get(board_page(meeting)))
    given = {"version": shown.get("version", 0) if version is None else version}
    return client.post(address, given | {"seen": shown.get("seen", "") if seen is None else seen}, follow=True)


def order_of(meeting):
    return factories.order_of(meeting)


# What it shows.


def test_the_board_shows_the_list_in_speaking_order_under_its_bands_with_places_and_turns(officer, meeting):
    inscribe(meeting, "Ghana")
    inscribe(meeting, "Uruguay", "HOS")
    factories.make_inscription(meeting, factories.make_delegation("VAT", "Holy See", band="observer_states"))

    shown = pages.text(officer.get(board_page(meeting)))

    words = ["Member States", "1 Uruguay HOS", "2 Ghana PR", "Observer States", "3 Holy See PR"]
    assert [shown.index(each) for each in words] == sorted(shown.index(each) for each in words)
    assert "turn 10:05 a.m." in shown
    assert "The time allows 85 statements: there is time for all 3 on the list." in shown


def test_every_mark_is_shown_in_words_with_its_reason(officer, meeting):
    first, second = inscribe(meeting, "Ghana", speaker_name=""), inscribe(meeting, "Japan")
    inscribe(meeting, "France", is_verified=False)
    pinning.pin(second, before=first, reason="Travels at noon", by=STAFF, at=OPEN)

    shown = pages.text(officer.get(board_page(meeting)))

    assert "Pinned before Ghana. Reason: Travels at noon" in shown
    assert "speaker unconfirmed" in shown
    assert "Waiting to be verified" in shown
    assert "Filed from fra@missions.example, which is not on record." not in shown
    assert "Filed from france@missions.example, which is not on record." in shown
    for mark in ["pinned", "swapped", "late", "unverified", "speaker unconfirmed", "called", "beyond the time"]:
        assert f"<dt>{mark}</dt>" in officer.get(board_page(meeting)).content.decode()


def test_entries_beyond_the_available_time_are_marked(officer, meeting):
    for number in range(87):
        inscribe(meeting, f"State {number:03d}")

    page = officer.get(board_page(meeting)).content.decode()

    assert page.count("<em>beyond the time</em>") == 2


def test_the_address_without_a_meeting_leads_to_the_one_staff_work_on(officer, meeting):
    answer = officer.get(reverse("admin:speakers_inscription_boards"))

    assert answer.url == board_page(meeting)


def test_without_a_meeting_there_is_no_board(officer):
    assert officer.get(reverse("admin:speakers_inscription_boards")).status_code == 404


def test_a_reader_sees_the_board_and_moves_nothing(reader, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")

    page = reader.get(board_page(meeting)).content.decode()
    answers = [move(reader, second, first), unpin(reader, second), undo(reader, meeting)]

    assert "Move" not in page
    assert "/move/" not in page
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert order_of(meeting) == ["GHANA", "JAPAN"]


def test_no_one_else_sees_the_board(client, sign_in, meeting):
    assert client.get(board_page(meeting)).status_code == 302
    assert sign_in("").get(board_page(meeting)).status_code == 403


def test_the_board_costs_the_same_few_statements_at_any_length(officer, meeting):
    counts = []
    for rows in [2, 4, 200]:
        fill(meeting, rows)
        first, *_others, last = meeting.speakers_list.inscriptions.order_by("pk")
        pinning.pin(last, before=first, reason="Agreed", by=STAFF, at=OPEN)
        with CaptureQueriesContext(connection) as statements:
            officer.get(board_page(meeting))
        counts.append(len(statements))

    assert counts == [counts[0]] * 3
    assert counts[0] <= 12


def test_a_row_of_the_board_is_shown_in_few_steps(officer, meeting):
    assert 0 < calls_of_a_row(lambda: officer.get(board_page(meeting)), partial(fill, meeting)) < 600


def test_the_board_of_two_hundred_entries_is_eighty_kilobytes_at_most(officer, meeting):
    level = factories.make_level()
    level.label = {"en": "Permanent Representative, Permanent Observer"}
    level.save()
    fill(meeting, 200)

    assert len(officer.get(board_page(meeting)).content) <= 80_000


def test_each_address_of_a_row_leads_where_it_says(officer, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")
    waiting = inscribe(meeting, "France", is_verified=False)
    pinning.pin(second, before=first, reason="Agreed", by=STAFF, at=OPEN)

    shown = officer.get(board_page(meeting)).content.decode()

    rows = re.findall(r'<li id="e-(\d+)".*?</li>', shown, re.S)
    found = re.findall(r'(?:href|formaction)="((?:\.\./|\d).*?)"', shown)
    of_the_board = [("move", second), ("unpin", second), ("move", first)]
    moves = [
        reverse(f"admin:speakers_inscription_board_{name}", args=[meeting.slug, entry.pk])
        for name, entry in of_the_board
    ]
    assert [int(pk) for pk in rows] == [second.pk, first.pk, waiting.pk]
    assert [urljoin(board_page(meeting), address) for address in found] == [
        *(pages.entry_page(second), moves[0], moves[1]),
        *(pages.entry_page(first), moves[2]),
        *(pages.entry_page(waiting), pages.entry_act(waiting, "verify"), pages.entry_act(waiting, "refuse")),
    ]


def test_what_a_row_offers_names_its_entry_in_the_form_that_all_rows_share(officer, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")
    pinning.pin(second, before=first, reason="Agreed", by=STAFF, at=OPEN)

    page = officer.get(board_page(meeting)).content.decode()

    assert page.count("<form") == 5  # the languages, to sign out, to export, the board's own, and that of the dialog
    assert f'form="board-form" formaction="{second.pk}/unpin/">Unpin<i> Japan</i></button>' in page
    assert f'<a href="{first.pk}/move/">Move<i> Ghana</i></a>' in page


def test_a_note_names_a_partner_that_has_left_the_list(officer, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")
    at = OPEN + timedelta(minutes=1)
    swap = SwapProposal.objects.create(
        speakers_list=meeting.speakers_list,
        proposer=first,
        partner=second,
        state=SwapProposal.State.EFFECTIVE,
        proposed_at=at,
        accepted_at=at,
        ended_at=at,
    )
    meeting.speakers_list.inscriptions.update(swapped_by=swap)
    withdrawing.withdraw(second, by=STAFF, at=at)

    shown = pages.text(officer.get(board_page(meeting)))

    assert "Swapped with Japan: it has the turn that Japan had." in shown


# Moving.


def test_a_move_pins_the_entry_for_its_reason_and_leads_back_to_its_row(officer, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")

    answer = move(officer, second, first)

    assert answer.url == f"{board_page(meeting)}#e-{second.pk}"
    assert order_of(meeting) == ["JAPAN", "GHANA"]
    assert Entry.objects.latest("pk").payload.reason == "Agreed in the room"


def test_a_move_without_a_reason_is_refused_and_keeps_the_choice(officer, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")

    answer = move(officer, second, first, reason=" ")

    assert answer.status_code == 422
    assert "This field is required." in pages.text(answer)
    assert f'<option value="{first.pk}" selected>' in answer.content.decode()
    assert order_of(meeting) == ["GHANA", "JAPAN"]


def test_a_move_across_bands_is_asked_twice(officer, meeting):
    state = inscribe(meeting, "Ghana")
    observer = factories.make_inscription(
        meeting, factories.make_delegation("VAT", "Holy See", band="observer_states", category="observer_state")
    )

    first = move(officer, observer, state)
    second = move(officer, observer, state, seen=seen_in(first))

    assert first.status_code == 422
    assert "Confirm that it is to cross bands." in pages.text(first)
    assert second.status_code == 302
    assert order_of(meeting) == ["VAT", "GHANA"]


def test_the_page_of_a_move_works_without_the_board(officer, meeting):
    inscribe(meeting, "Ghana")
    entry = inscribe(meeting, "Japan")

    page = officer.get(reverse("admin:speakers_inscription_board_move", args=[meeting.slug, entry.pk]))

    assert "1. Ghana" in pages.text(page)
    assert f'name="version" value="{version_of(meeting)}"' in page.content.decode()


def test_an_entry_of_another_meeting_is_not_moved_on_this_board(officer, meeting):
    entry = inscribe(factories.make_meeting("other"), "Japan")

    answer = officer.get(reverse("admin:speakers_inscription_board_move", args=[meeting.slug, entry.pk]))

    assert answer.status_code == 404


def test_removing_the_pin_restores_the_computed_place(officer, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")
    move(officer, second, first)

    shown = pages.text(unpin(officer, second))

    assert "The pin of Japan was removed." in shown
    assert order_of(meeting) == ["GHANA", "JAPAN"]


# Two officers at once.


def test_the_slower_officer_reads_what_changed_keeps_their_words_and_may_decide_again(sign_in, officer, meeting):
    ghana, japan, kenya = (inscribe(meeting, name) for name in ["Ghana", "Japan", "Kenya"])
    seen = version_of(meeting)
    colleague = sign_in("List officer")
    move(colleague, kenya, ghana, reason="Asked by the President", version=seen)

    late = move(officer, kenya, japan, reason="My own long reason", version=seen)
    order_after_refusal = order_of(meeting)
    again = move(officer, kenya, japan, reason="My own long reason")

    shown = pages.text(late)
    assert late.status_code == 409
    assert "The list changed while you were working." in shown
    told = f"1:00 p.m., {colleague.staff.username}: Kenya was placed before Ghana. Reason: Asked by the President"
    assert told in shown
    assert "My own long reason" in shown
    assert f'<option value="{japan.pk}" selected>' in late.content.decode()
    assert f'name="version" value="{seen + 1}"' in late.content.decode()
    assert order_after_refusal == ["KENYA", "GHANA", "JAPAN"]
    assert again.status_code == 302
    assert order_of(meeting) == ["GHANA", "KENYA", "JAPAN"]


def test_without_the_version_nothing_is_moved(officer, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")
    address = reverse("admin:speakers_inscription_board_move", args=[meeting.slug, second.pk])

    answer = officer.post(address, {"before": first.pk, "reason": "Agreed"})

    assert answer.status_code == 422
    assert order_of(meeting) == ["GHANA", "JAPAN"]


def test_entries_that_come_and_go_elsewhere_do_not_stop_a_move(officer, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")
    gone = inscribe(meeting, "Kenya")
    seen = version_of(meeting)
    inscribe(meeting, "France")
    withdrawing.withdraw(gone, by=STAFF, at=OPEN)

    answer = move(officer, second, first, version=seen)

    assert answer.status_code == 302


@pytest.mark.parametrize("which", ["moved", "anchor"])
def test_a_change_of_either_entry_stops_the_move(officer, meeting, which):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")
    seen = version_of(meeting)
    changed = {"moved": second, "anchor": first}[which]
    changing.change_level(changed, level=factories.make_level("MFA"), title="Minister", by=STAFF, at=OPEN)

    answer = move(officer, second, first, version=seen)

    assert answer.status_code == 409
    assert f"the level of {changed.delegation} was changed" in pages.text(answer)


def test_an_overtaken_unpinning_and_undoing_change_nothing_and_say_why(officer, meeting):
    ghana, japan, kenya = (inscribe(meeting, name) for name in ["Ghana", "Japan", "Kenya"])
    move(officer, kenya, ghana)
    seen = version_of(meeting)
    move(officer, japan, ghana, reason="A colleague was faster")

    answers = [unpin(officer, kenya, version=seen), undo(officer, meeting, version=seen, seen="1-3")]

    for answer in answers:
        assert "The list changed while you were working." in pages.text(answer)
        assert "A colleague was faster" in pages.text(answer)
    assert order_of(meeting) == ["JAPAN", "KENYA", "GHANA"] or order_of(meeting) == ["KENYA", "JAPAN", "GHANA"]


def test_the_news_say_where_the_list_stands_and_what_happened_since(officer, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")
    seen = version_of(meeting)
    move(officer, second, first)

    quiet = officer.get(news_page(meeting, seen + 1)).json()
    news = officer.get(news_page(meeting, seen)).json()

    assert quiet == {"version": seen + 1, "changes": []}
    told = f"1:00 p.m., {officer.staff.username}: Japan was placed before Ghana. Reason: Agreed in the room"
    assert news == {"version": seen + 1, "changes": [told]}


def test_asking_for_news_is_cheap(officer, meeting):
    inscribe(meeting, "Ghana")

    address = news_page(meeting, version_of(meeting))

    with CaptureQueriesContext(connection) as statements:
        officer.get(address)

    assert len(statements) <= 6


# Undo.


def test_undo_takes_the_last_move_back_and_is_journalled(officer, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")
    move(officer, second, first)

    shown = pages.text(undo(officer, meeting))

    second.refresh_from_db()
    assert "The last move was undone: Japan." in shown
    assert order_of(meeting) == ["GHANA", "JAPAN"]
    assert (second.pinned_before, second.pin_reason) == (None, "")
    assert [entry.act for entry in Entry.objects.about(records.subject(second))][-2:] == ["pinned", "move undone"]
    assert Entry.objects.latest("pk").payload.actor_name == officer.staff.username


def test_undo_goes_back_step_by_step_to_the_former_pin_and_its_reason(officer, meeting):
    ghana, japan, kenya = (inscribe(meeting, name) for name in ["Ghana", "Japan", "Kenya"])
    move(officer, kenya, japan, reason="First")
    move(officer, kenya, ghana, reason="Second")
    unpin(officer, kenya)
    orders = [order_of(meeting)]

    for _step in range(3):
        undo(officer, meeting)
        orders.append(order_of(meeting))
    nothing = undo(officer, meeting)

    assert orders == [
        ["GHANA", "JAPAN", "KENYA"],
        ["KENYA", "GHANA", "JAPAN"],
        ["GHANA", "KENYA", "JAPAN"],
        ["GHANA", "JAPAN", "KENYA"],
    ]
    assert "There is no move to undo." in pages.text(nothing)


def test_undo_gives_back_the_pins_that_the_move_passed_on(officer, meeting):
    ghana, japan, kenya = (inscribe(meeting, name) for name in ["Ghana", "Japan", "Kenya"])
    move(officer, kenya, japan)
    move(officer, japan, ghana)
    passed_on = order_of(meeting)

    undo(officer, meeting)

    kenya.refresh_from_db()
    assert passed_on == ["JAPAN", "GHANA", "KENYA"]
    assert kenya.pinned_before == japan
    assert order_of(meeting) == ["GHANA", "KENYA", "JAPAN"]


def test_a_move_whose_entry_was_changed_since_is_not_undone(officer, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")
    move(officer, second, first)
    withdrawing.withdraw(second, by=STAFF, at=OPEN)

    shown = pages.text(undo(officer, meeting))

    assert "Undo stops here. The entry has left the list: its move cannot be taken back." in shown
    assert "Undo the last move" not in shown


def test_a_move_back_before_an_entry_that_has_gone_is_refused(officer, meeting):
    ghana, japan, kenya = (inscribe(meeting, name) for name in ["Ghana", "Japan", "Kenya"])
    move(officer, kenya, japan)
    move(officer, kenya, ghana)
    withdrawing.withdraw(japan, by=STAFF, at=OPEN)

    shown = pages.text(undo(officer, meeting))

    assert "The entry it stood before has left the list; move it instead." in shown
    assert order_of(meeting) == ["KENYA", "GHANA"]


def test_the_board_says_what_undo_would_undo(officer, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")
    before = officer.get(board_page(meeting)).content.decode()
    move(officer, second, first)

    after = pages.text(officer.get(board_page(meeting)))

    assert "Undo the last move" not in before
    told = f"Undo the last move 1:00 p.m., {officer.staff.username}: Japan was placed before Ghana."
    assert f"{told} Reason: Agreed in the room If it is undone: Japan moves from place 1 to place 2." in after


def test_each_step_of_undo_says_what_it_takes_back_and_the_places_are_those_that_were_read(officer, meeting):
    ghana, japan, kenya = (inscribe(meeting, name) for name in ["Ghana", "Japan", "Kenya"])
    move(officer, kenya, japan)
    move(officer, japan, ghana)

    unread = pages.text(undo(officer, meeting, seen=""))
    others = pages.text(undo(officer, meeting, seen="1-2"))
    first = pages.text(undo(officer, meeting))
    second = pages.text(undo(officer, meeting))

    assert "Nothing has changed yet. Read what would happen, and confirm it. Japan moves from place 1" in unread
    assert "This has changed since you were asked." in others
    assert "If it is undone: Kenya moves from place 2 to place 3." in first
    assert "If it is undone" not in second
    assert order_of(meeting) == ["GHANA", "JAPAN", "KENYA"]


def test_of_two_officers_who_undo_at_once_the_slower_undoes_nothing(sign_in, officer, meeting):
    ghana, japan, kenya = (inscribe(meeting, name) for name in ["Ghana", "Japan", "Kenya"])
    move(officer, kenya, japan)
    move(officer, kenya, ghana)
    shown = pages.typed(officer.get(board_page(meeting)))
    undo(sign_in("List officer"), meeting)

    late = pages.text(undo(officer, meeting, version=shown["version"], seen=shown["seen"]))

    assert "The list changed while you were working." in late
    assert "the last move of Kenya was undone" in late
    assert order_of(meeting) == ["GHANA", "KENYA", "JAPAN"]


def test_undo_stops_at_an_entry_that_was_called_and_says_so(officer, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")
    move(officer, second, first)
    meeting.speakers_list.inscriptions.filter(pk=second.pk).update(called_at=OPEN)

    shown = pages.text(officer.get(board_page(meeting)))

    assert "Undo stops here. The entry has been called to the floor: its move cannot be taken back." in shown
    assert "Undo the last move" not in shown


def test_undo_says_why_a_pin_cannot_be_put_back(officer, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")
    move(officer, second, first)
    unpin(officer, second)
    meeting.speakers_list.inscriptions.filter(pk=first.pk).update(called_at=OPEN)

    shown = pages.text(officer.get(board_page(meeting)))

    assert "One of them has already been called to the floor" in shown


@pytest.mark.parametrize("page", ["", "plan/"])
def test_board_and_plan_name_the_meeting_once_and_in_the_title_of_the_window(reader, meeting, page):
    html = reader.get(f"{board_page(meeting)}{page}").content.decode()

    assert html.partition("<body")[2].count(f"{meeting.title}<") == 1
    assert f"{meeting.title}" in html.partition("<title>")[2].partition("</title>")[0]
