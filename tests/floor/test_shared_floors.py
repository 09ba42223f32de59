"""What is the same for everyone is worked out once, however many ask, and never after something has changed."""

import threading
import time

import pytest
from django.db import transaction
from django.test import Client

import clock
from acts import sharing
from acts.sharing import Shared
from dialogue.models import Meeting
from floor import fragments, standings
from floor.acts import calling, messaging
from floor.forecast import own_turns
from journal import recording
from speakers.entries import withdrawing
from speakers.models import Delegation, Inscription
from tests.factories import STAFF
from tests.floor.room import OPENS, after, entry, make_room, press
from tests.secretariat.pages import meeting_page, typed

PAGES = ["display/", "now.json", "now/own/"]


def test_many_who_ask_at_once_wait_for_the_first():
    shared, made, found = Shared(seconds=60), [], []

    def make():
        time.sleep(0.05)
        made.append(1)
        return object()

    threads = [threading.Thread(target=lambda: found.append(shared.get("key", make))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(made), len(found), len(set(found))) == (1, 8, 1)


def test_what_could_not_be_made_is_tried_again_by_the_next():
    shared = Shared(seconds=60)

    with pytest.raises(ZeroDivisionError):
        shared.get("key", lambda: 1 / 0)

    assert shared.get("key", lambda: 1) == 1


def test_a_value_is_thrown_away_with_another_stamp_and_after_its_seconds(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(sharing.time, "monotonic", lambda: now[0])
    shared = Shared(seconds=5)

    assert [shared.get("key", lambda n=n: n, stamp=stamp) for n, stamp in enumerate("aab")] == [0, 0, 2]
    now[0] = 5.0
    assert "key" not in shared
    assert shared.get("key", lambda: 3, stamp="b") == 3
    assert "key" in shared


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_a_second_visit_takes_one_query_until_the_next_act(page, django_assert_num_queries):
    meeting, browser = make_room(), Client()

    with clock.stopped(OPENS):
        browser.get(f"/meetings/dialogue/{page}")
        with django_assert_num_queries(1):
            browser.get(f"/meetings/dialogue/{page}")
        press(meeting, calling.call)
        with django_assert_num_queries(4):
            browser.get(f"/meetings/dialogue/{page}")
        with django_assert_num_queries(1):
            browser.get(f"/meetings/dialogue/{page}")


@pytest.mark.django_db
def test_every_act_is_seen_at_once_whichever_app_records_it():
    meeting = make_room()

    def shown():
        floor, at = standings.read_published("dialogue")
        return "".join(fragments.of("display", floor, at).fragments.values())

    with clock.stopped(OPENS):
        before = shown()
        messaging.show(meeting, "Lunch at one", by=STAFF, at=OPENS)
        assert "Lunch at one" not in before
        assert "Lunch at one" in shown()
        withdrawing.withdraw(entry(meeting, "AAA"), by=STAFF, at=OPENS)
        assert "Aaa" in before
        assert "Aaa" not in shown()


@pytest.mark.django_db
def test_what_staff_change_in_the_admin_is_seen_at_once(admin_client):
    meeting = make_room(is_published=True)

    with clock.stopped(OPENS):
        assert Client().get("/meetings/dialogue/display/").status_code == 200
        filled = typed(admin_client.get(meeting_page(meeting)))
        del filled["is_published"]
        assert admin_client.post(meeting_page(meeting), filled).status_code == 302

        assert not Meeting.objects.get().is_published
        assert Client().get("/meetings/dialogue/display/").status_code == 404


@pytest.mark.django_db
def test_what_is_recorded_beside_the_meeting_such_as_a_delegation_with_another_name_is_seen_at_once():
    make_room("AAA")
    # An entry that has no name of its own, as before there were dated names.
    Inscription.objects.update(delegation_name="", delegation_in_full="")

    def names():
        return [each["name"] for each in Client().get("/meetings/dialogue/now.json").json()["next"]]

    with clock.stopped(OPENS):
        assert names() == ["Aaa"]
        with transaction.atomic():
            Delegation.objects.update(short_name={"en": "Another"})
            recording.record("changed", stream="secretariat", subject="delegation/AAA", by=STAFF, at=OPENS)
        assert names() == ["Another"]


@pytest.mark.django_db
def test_a_clock_is_shown_as_at_each_second_and_the_stamp_does_not_mind():
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, calling.begin)

    def shown(seconds):
        with clock.stopped(after(seconds)):
            return fragments.of("display", *standings.read_published("dialogue"))

    first, later = shown(10), shown(11)

    assert ">2:50<" in first.fragments["display-room"]
    assert ">2:49<" in later.fragments["display-room"]
    assert first.stamp == later.stamp
    press(meeting, calling.end, after(12))
    assert shown(12).stamp != first.stamp


@pytest.mark.django_db
def test_own_turns_are_the_same_from_a_floor_that_was_read_for_everyone():
    meeting = make_room()

    with clock.stopped(OPENS):
        floor, at = standings.read_published("dialogue")
        own = [entry(meeting, code).public_id for code in ("CCC", "AAA")]
        shared, alone = own_turns.of(floor, own, at), own_turns.of(standings.read(meeting), own, at)

    assert [(each.place, each.before, each.about) for each in shared] == [
        (each.place, each.before, each.about) for each in alone
    ]
    assert [(each.place, each.before) for each in shared] == [(1, 0), (3, 2)]
