"""One private calendar for all entries of a person: it moves with the forecast, and ends when they say.  R-30 R-59"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

import clock
from acts.locking import locked
from config.log_filters import TOKEN
from languages import remembering
from speakers.entries import calling, withdrawing
from speakers.mission import subscribing
from speakers.models import Subscription
from tests.factories import (
    OPEN,
    STAFF,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_meeting,
    make_panel,
    signed_in,
)

pytestmark = pytest.mark.django_db
PAGE = "/mission/calendar/"
ADDRESS = "rwa@missions.example"


@pytest.fixture(autouse=True)
def _clock():
    with clock.stopped(OPEN):
        yield


@pytest.fixture
def meeting():
    make_focal_point(make_delegation("RWA", "Rwanda"))
    return make_meeting()


@pytest.fixture
def path():
    """The path of a calendar that the person has asked for."""
    return path_of(subscribing.subscribe(ADDRESS, at=OPEN))


def path_of(subscription):
    return "/" + subscribing.url_of(subscription).split("/", 3)[3]


def events(path):
    answer = Client().get(path)
    assert answer.status_code == 200
    return {str(event["uid"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_the_calendar_is_asked_for_and_shown_on_its_page_and_opens_without_signing_in(meeting):
    make_inscription(meeting, make_delegation("RWA"))
    client = signed_in(ADDRESS)
    assert "Make the address" in client.get(PAGE).content.decode()

    page = client.post(f"{PAGE}new/", follow=True)

    assert page.context["url"] in page.content.decode()
    assert f'href="webcal:{page.context["url"].partition(":")[2]}"' in page.content.decode()
    assert len(events("/" + page.context["url"].split("/", 3)[3])) == 1


def test_it_holds_every_entry_of_the_person_and_none_of_others(meeting, path):
    panel = make_panel(meeting)
    own = [make_inscription(each, make_delegation("RWA")) for each in (meeting, panel.meeting_at_hand)]
    own.append(make_inscription(make_meeting("next"), make_delegation("RWA")))
    make_inscription(meeting, make_delegation("KEN"))

    found = events(path)

    assert {f"inscription-{each.public_id}@localhost" for each in own} == set(found)
    assert all("@missions.example" not in event.to_ical().decode() for event in found.values())


def test_each_event_is_that_of_the_receipt(meeting, path):
    own = make_inscription(meeting, make_delegation("RWA"))

    alone = signed_in(ADDRESS).get(own.get_absolute_url().rstrip("/") + ".ics")

    [event] = Calendar.from_ical(alone.content).walk("VEVENT")
    assert [each.to_ical() for each in events(path).values()] == [event.to_ical()]


def test_it_moves_with_the_forecast_under_the_same_identity_with_a_higher_sequence(meeting, path):
    first = make_inscription(meeting, make_delegation("AAA"), level="HOS")
    make_inscription(meeting, make_delegation("RWA"))
    [(identity, before)] = events(path).items()

    at = meeting.starts_at + timedelta(hours=1)
    with locked(meeting.speakers_list) as speakers_list:
        calling.call(first, speakers_list, by=STAFF, at=at)
    with clock.stopped(at):
        after = events(path)[identity]

    assert after["dtstart"].dt > before["dtstart"].dt
    assert after["sequence"] > before["sequence"]


def test_a_withdrawn_entry_is_cancelled_in_it(meeting, path):
    own = make_inscription(meeting, make_delegation("RWA"))
    withdrawing.withdraw(own, by=STAFF, at=OPEN)

    assert [str(each["status"]) for each in events(path).values()] == ["CANCELLED"]


def test_a_program_that_has_it_already_is_told_so(meeting, path):
    make_inscription(meeting, make_delegation("RWA"))
    answer = Client().get(path)

    assert Client().get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize("act", ["new", "end"])
def test_a_former_address_no_longer_works_once_a_new_one_is_made_or_the_subscription_ends(meeting, path, act):
    assert Client().get(path).status_code == 200

    signed_in(ADDRESS).post(f"{PAGE}{act}/")

    assert Client().get(path).status_code == 404
    assert Subscription.objects.count() == (1 if act == "new" else 0)


def test_a_guessed_half_or_that_of_another_opens_nothing(meeting, path):
    other = path_of(subscribing.subscribe("ken@missions.example", at=OPEN))
    half = len(PAGE) + 16

    for wrong in (path[:half] + other[half:], path[:half] + "0" * 32 + ".ics", f"{PAGE}x.ics", path[:half] + ".ics"):
        assert Client().get(wrong).status_code == 404


def test_who_is_no_longer_a_focal_point_reads_no_entry_in_it(meeting, path):
    make_inscription(meeting, make_delegation("RWA"))
    make_delegation("RWA").focal_points.update(is_active=False)

    assert events(path) == {}


def test_a_replaced_key_leaves_the_address_as_it_is_while_the_former_is_kept(meeting, path, settings):
    former = settings.SECRET_KEY
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[former]):
        assert Client().get(path).status_code == 200
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[]):
        assert Client().get(path).status_code == 404


def test_its_address_is_in_no_log(path):
    token = path.removeprefix(PAGE)

    assert token not in TOKEN.sub("…", f"GET {path} 200")


def test_only_the_person_makes_or_ends_it(meeting, path):
    for act in ("new", "end"):
        assert Client().post(f"{PAGE}{act}/").status_code == 302
        assert signed_in(ADDRESS).get(f"{PAGE}{act}/").status_code == 405
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize("many", [1, 4])
def test_it_costs_the_same_however_many_meetings_and_entries(meeting, path, many):
    for number in range(many):
        another = make_meeting(f"another-{number}")
        make_inscription(another, make_delegation("RWA"))

    with CaptureQueriesContext(connection) as queries:
        assert len(events(path)) == many

    assert len(queries) == 7


@pytest.mark.parametrize(
    ("chosen", "asked", "language", "name"),
    [
        ("ar", "", "ar", "قائمة المتكلمين: بعثتي"),
        ("ar", "fr", "ar", "قائمة المتكلمين: بعثتي"),
        ("", "fr", "fr", "Liste des orateurs\u00a0: ma mission"),
        ("", "", "en", "List of speakers: my mission"),
    ],
)
def test_it_is_in_the_language_chosen_under_the_persons_address(meeting, path, chosen, asked, language, name):
    make_inscription(meeting, make_delegation("RWA"))
    if chosen:
        remembering.remember(chosen, [ADDRESS])

    answer = Client().get(f"{path}?lang={asked}" if asked else path)

    assert answer["Content-Language"] == language
    assert str(Calendar.from_ical(answer.content)["x-wr-calname"]) == name
