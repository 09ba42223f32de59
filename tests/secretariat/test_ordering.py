"""The order of a list at the desk: another policy, the steps of a draw, lots.  R-21"""

import re
from datetime import timedelta

import pytest

import clock
from journal.models import Entry
from outbox.models import Message
from speakers.entries import deadlines
from speakers.models import Band, Draw, Revision
from speakers.moves import drawing, term_changes
from speakers.order import replaying
from tests import factories
from tests.confirming import seen_in
from tests.factories import DEADLINE, OPEN, STAFF
from tests.secretariat import pages

MINUTE = timedelta(minutes=1)


@pytest.fixture
def meeting(at_the_desk, db):
    return factories.make_meeting()


def act(client, meeting, name, **typed):
    return client.post(pages.meeting_act(meeting, name), typed)


def act_twice(client, meeting, name, **typed):
    """What the page shows of the act, which is then confirmed."""
    asked = act(client, meeting, name, **typed)
    act(client, meeting, name, **typed, seen=seen_in(asked))
    return asked


def test_the_order_is_changed_for_a_reason(lead, meeting):
    without = act(lead, meeting, "change-order", policy="receipt_only")
    act_twice(lead, meeting, "change-order", policy="receipt_only", reason="As the committee decided")

    meeting.refresh_from_db()
    assert "This field is required." in pages.text(without)
    assert meeting.speakers_list.policy == "receipt_only"
    entry = Entry.objects.get(act="order changed")
    assert (entry.payload.reason, entry.payload.actor_name) == ("As the committee decided", lead.staff.username)


def test_once_the_list_is_open_its_order_is_no_field_to_edit(lead, meeting):
    shown = lead.get(pages.meeting_page(meeting)).content.decode()

    assert 'name="lists-0-policy"' not in shown
    assert 'name="lists-0-level_before_band"' not in shown
    assert 'name="lists-0-swaps_need_approval"' in shown


def test_before_the_list_opens_its_order_is_a_field_to_edit(lead, meeting):
    with clock.stopped(meeting.speakers_list.opens_at - MINUTE):
        shown = lead.get(pages.meeting_page(meeting)).content.decode()

    assert 'name="lists-0-policy"' in shown


@pytest.fixture
def rehearsal(at_the_desk, db):
    """A rehearsal with two entries, whose clock then shows a moment before its list opens."""
    meeting = factories.make_meeting(is_rehearsal=True)
    for code, level in [("BBB", "PR"), ("AAA", "MFA")]:
        factories.make_inscription(meeting, factories.make_delegation(code), level)
    real = clock.now()
    shift = meeting.speakers_list.opens_at - MINUTE - real
    deadlines.shift_clock(meeting.speakers_list, shift=shift, by=STAFF, at=real)
    meeting.refresh_from_db()
    return meeting


FIXED = ["policy", "level_before_band", "open_to", "heard_in", "rank_groups", "own_levels-0-code"]


def test_the_clock_of_a_rehearsal_that_goes_back_makes_no_field_of_what_is_fixed(lead, rehearsal):
    page = pages.meeting_page(rehearsal)
    typed = pages.typed(lead.get(page))
    shown = pages.text(lead.get(pages.meeting_act(rehearsal, "change-order")))

    ranks = {f"lists-0-rank_{code}": 10 * number for number, code in enumerate(reversed(Band.values), start=1)}
    saved = lead.post(page, typed | {"lists-0-policy": "receipt_only", "lists-0-level_before_band": "on"} | ranks)

    assert not {f"lists-0-{name}" for name in FIXED} & typed.keys()
    assert "lists-0-opens_at_0" in typed
    assert saved.status_code == 302, pages.text(saved)
    rehearsal.refresh_from_db()
    assert factories.order_of(rehearsal) == ["AAA", "BBB"]
    assert replaying.differences(rehearsal.speakers_list) == []
    assert "The list has an entry before it opens. The order is fixed, and any change is published." in shown


def test_the_act_asks_and_publishes_in_a_rehearsal_whose_clock_went_back(lead, rehearsal):
    typed = {"policy": "receipt_only", "reason": "As decided"}

    asked = act(lead, rehearsal, "change-order", **typed)
    before = factories.order_of(rehearsal)
    done = lead.post(pages.meeting_act(rehearsal, "change-order"), typed | {"seen": seen_in(asked)}, follow=True)

    assert "Bbb moves from place 2 to place 1." in pages.text(asked)
    assert "The terms are changed and published as a revision." in pages.text(done)
    rehearsal.refresh_from_db()
    assert (before, factories.order_of(rehearsal)) == (["AAA", "BBB"], ["BBB", "AAA"])
    assert Revision.objects.count() == 1
    assert Message.objects.filter(kind="speakers.order").count() == 2
    assert replaying.differences(rehearsal.speakers_list) == []


def test_a_group_is_put_on_the_register_of_a_list_whose_register_is_fixed(lead, rehearsal):
    typed = {"short_name": "The Forty", "full_name": "the Group of Forty", "group_reason": "As asked"}

    act(lead, rehearsal, "register-group", **typed)

    rehearsal.speakers_list.refresh_from_db()
    assert [group["short_name"] for group in rehearsal.speakers_list.groups] == ["The Forty"]


def test_who_moves_is_shown_before_it_is_done_and_done_when_confirmed(lead, meeting):
    for code, level in [("BBB", "PR"), ("AAA", "MFA")]:
        factories.make_inscription(meeting, factories.make_delegation(code), level)

    asked = act(lead, meeting, "change-classes", class_PR="1", reason="As decided")
    before = factories.order_of(meeting)
    act(lead, meeting, "change-classes", class_PR="1", reason="As decided", seen=seen_in(asked))

    assert "Bbb moves from place 2 to place 1." in pages.text(asked)
    assert "I have checked who moves and want it" in pages.text(asked)
    meeting.refresh_from_db()
    assert (before, factories.order_of(meeting)) == (["AAA", "BBB"], ["BBB", "AAA"])


@pytest.fixture
def listed(meeting):
    """BBB (permanent representative) and AAA (foreign minister)."""
    for code, level in [("BBB", "PR"), ("AAA", "MFA")]:
        factories.make_inscription(meeting, factories.make_delegation(code), level)
    return meeting


@pytest.mark.parametrize("unread", ["on", "1", "anything"])
def test_a_confirmation_without_a_preview_confirms_nothing(lead, listed, unread):
    typed = {"class_PR": "1", "reason": "As decided"}

    answer = act(lead, listed, "change-classes", **typed, seen=unread, confirmed="on")

    assert "Read what would happen now, and confirm it." in pages.text(answer)
    assert "Bbb moves from place 2 to place 1." in pages.text(answer)
    assert "checked" not in seen_field(answer)
    assert factories.order_of(listed) == ["AAA", "BBB"]
    assert not Revision.objects.exists()


def seen_field(answer):
    return re.search(r'<input[^>]*name="seen"[^>]*>', answer.content.decode())[0]


def test_what_is_typed_after_the_preview_is_previewed_before_it_is_done(lead, listed):
    asked = act(lead, listed, "change-classes", class_PR="1", reason="As decided")
    more = {"class_PR": "1", "class_MIN": "3", "reason": "As decided by the chair"}

    again = act(lead, listed, "change-classes", **more, seen=seen_in(asked))
    before = factories.order_of(listed), Revision.objects.count(), Message.objects.filter(kind="speakers.order").count()
    act(lead, listed, "change-classes", **more, seen=seen_in(again))

    assert "MIN “3”, before “2”" in pages.text(again)
    assert "As decided by the chair" in pages.text(again)
    assert (before, factories.order_of(listed)) == ((["AAA", "BBB"], 0, 0), ["BBB", "AAA"])
    assert [revision.comment for revision in Revision.objects.all()] == ["As decided by the chair"]


def test_a_rank_that_another_lead_changes_meanwhile_is_not_taken_back_unseen(lead, listed):
    typed = pages.typed(lead.get(pages.meeting_act(listed, "change-order")))
    typed |= {"policy": "receipt_only", "reason": "As decided"}
    asked = act(lead, listed, "change-order", **typed)
    term_changes.change_terms(
        listed.speakers_list, term_changes.Changes(ranks={"observers": 25}), reason="Agreed", by=STAFF, at=OPEN
    )

    answer = act(lead, listed, "change-order", **typed | {"seen": seen_in(asked)})

    assert "This has changed since you were asked." in pages.text(answer)
    assert "Rank of the band: other observers and intergovernmental organizations “40”, before “25”" in pages.text(
        answer
    )
    listed.speakers_list.refresh_from_db()
    assert (listed.speakers_list.policy, listed.speakers_list.ranks["observers"]) == ("customary_protocol", 25)


def test_a_lead_who_saw_that_a_rank_is_taken_back_may_do_so(lead, listed):
    typed = {"policy": "receipt_only", "rank_observers": "41", "reason": "As decided"}

    act_twice(lead, listed, "change-order", **typed)

    listed.speakers_list.refresh_from_db()
    assert (listed.speakers_list.policy, listed.speakers_list.ranks["observers"]) == ("receipt_only", 41)


def test_levels_are_removed_and_added_on_one_page_and_a_level_typed_twice_is_refused(lead, meeting):
    factories.make_inscription(meeting)
    meeting.speakers_list.refresh_from_db()
    typed = {"reason": "As decided", "removed": ["HOS", "MIN"]}

    asked = act_twice(lead, meeting, "change-classes", **typed)
    rows = {"added-0-code": "MIN", "added-0-class": "4", "added-1-code": "", "added-1-class": ""}
    twice = act(lead, meeting, "change-classes", reason="Both", **rows | {"added-1-code": "MIN", "added-1-class": "2"})
    act_twice(lead, meeting, "change-classes", reason="As decided", **rows)

    assert "No entry moves." in pages.text(asked)
    assert "A level is there twice." in pages.text(twice)
    levels = factories.SpeakersList.objects.get().levels
    assert [each["code"] for each in levels][-3:] == ["DPR", "OTH", "MIN"]
    assert "HOS" not in [each["code"] for each in levels]


def test_the_place_of_a_delegation_is_changed_for_a_reason(lead, meeting):
    factories.make_inscription(meeting, factories.make_delegation("AAA"))
    factories.make_inscription(meeting, factories.make_delegation("BBB"))
    place = {"delegation": "AAA", "band": "observer_states", "category": "observer_state", "ground": "A/RES/1"}

    act_twice(lead, meeting, "change-place", **place, reason="As decided")

    meeting.refresh_from_db()
    assert factories.order_of(meeting) == ["BBB", "AAA"]


def test_the_band_of_groups_is_no_place_of_a_delegation_and_none_is_chosen_beforehand(lead, meeting):
    factories.make_inscription(meeting, factories.make_delegation("AAA"))
    place = {"delegation": "AAA", "category": "member_state", "reason": "As decided"}

    shown = lead.get(pages.meeting_act(meeting, "change-place")).content.decode()
    refused = [pages.text(act(lead, meeting, "change-place", **place, band=band)) for band in ("", "groups")]

    assert '<option value="" selected>choose a band</option>' in shown
    assert ["This field is required." in refused[0], "Select a valid choice." in refused[1]] == [True, True]


def test_classes_and_places_are_changed_here_only_once_they_are_fixed(lead, meeting):
    before = lead.get(pages.meeting_page(meeting)).content.decode()
    factories.make_inscription(meeting)
    after = lead.get(pages.meeting_page(meeting)).content.decode()

    assert ["Change the levels" in page for page in (before, after)] == [False, True]


@pytest.mark.parametrize("name", ["change-order", "change-classes", "change-place"])
def test_an_officer_does_not_change_the_terms(officer, meeting, name):
    assert act(officer, meeting, name, reason="Mine").status_code == 403


def test_an_officer_does_not_change_the_order(officer, meeting):
    assert act(officer, meeting, "change-order", policy="receipt_only", reason="Mine").status_code == 403


def test_a_draw_goes_from_commitment_to_public_value_to_the_lots(lead, sign_in, db):
    meeting = factories.make_meeting(policy="opening_window")
    opens = meeting.speakers_list.opens_at
    with clock.stopped(opens - MINUTE):
        act(lead, meeting, "commit-draw", minutes="10", beacon="The beacon of 14:00 UTC")
    factories.make_inscription(meeting, at=opens)
    with clock.stopped(opens + MINUTE):
        early = act(lead, meeting, "enter-beacon", value="3f9a", source="https://beacon.example")
    with clock.stopped(opens + 11 * MINUTE):
        act(lead, meeting, "enter-beacon", value="3f9a", source="https://beacon.example")
        done = lead.post(pages.meeting_act(meeting, "hold-draw"), follow=True)

    assert "The public value is entered after the window" in pages.text(early)
    assert "The draw is held and published." in pages.text(done)
    assert [row["code"] for row in Draw.objects.get().delegations] == ["RWA"]


def test_each_step_of_a_draw_is_offered_when_it_is_due(lead, db):
    meeting = factories.make_meeting(policy="lots")

    offered = pages.text(lead.get(pages.meeting_page(meeting)))

    assert "Draw the lots" in offered
    assert "Commit to the draw" not in offered


def test_lots_are_drawn_at_the_desk(lead, db):
    meeting = factories.make_meeting(policy="lots")
    factories.make_inscription(meeting)

    early = act(lead, meeting, "draw-lots")
    with clock.stopped(DEADLINE):
        act(lead, meeting, "draw-lots")

    assert "Lots are drawn when the list is closed." in pages.text(early)
    assert Draw.objects.get().kind == "lots"


def test_all_staff_read_the_draws_and_none_edit_them(reader, db):
    meeting = factories.make_meeting(policy="lots")
    factories.make_inscription(meeting)
    draw = drawing.draw_lots(meeting.speakers_list, by=factories.STAFF, at=DEADLINE)

    listed = reader.get("/secretariat/speakers/draw/")
    shown = pages.text(reader.get(f"/secretariat/speakers/draw/{draw.pk}/change/"))

    assert listed.status_code == 200
    assert draw.seed in shown
    assert "Save" not in shown
