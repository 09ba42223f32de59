"""Confirming an address with a button, disowning, expiring; the link to what an address filed.  R-46 R-49 R-59"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from journal import chain
from journal.models import Entry
from outbox.models import Message
from registration import due
from registration.models import Link, Representative, TicketRequest
from tests.factories import OPEN
from tests.registration.factories import make_representative, make_request, make_ticketing
from tests.registration.typing import PATH, PERSON, kinds, links_mailed_to, press, typed

pytestmark = pytest.mark.django_db
BOB = {"last_name": "Bob", "email": "focal@ngo.example"}
HOURS = timedelta(hours=1)


@pytest.fixture
def meeting():
    return make_ticketing().meeting


@pytest.fixture
def client():
    return Client()


def get(client, path, at=OPEN):
    with clock.stopped(at):
        return client.get(path)


def file(client, *persons, at=OPEN, **changes):
    """File a request, and return it with the path of the link in the mail to its focal point."""
    with clock.stopped(at):
        client.post(PATH, typed(*persons, **changes))
    return TicketRequest.objects.latest("pk"), links_mailed_to("focal@ngo.example")[-1]


def ask_for_link(client, address, at):
    with clock.stopped(at):
        return client.post(f"{PATH}link/", {"email": address})


def test_opening_the_link_changes_nothing_and_pressing_the_button_confirms(meeting, client):
    request, link = file(client)

    opened = get(client, link)
    request.refresh_from_db()
    before = request.confirmed_at
    pressed = press(client, link, "confirm-request", request)

    request.refresh_from_db()
    assert "Confirm this request" in opened.content.decode()
    assert before is None
    assert request.confirmed_at == OPEN
    assert pressed.url.startswith(f"{PATH}request/")
    assert get(client, pressed.url).status_code == 200


def test_representatives_are_asked_only_after_their_focal_point_confirmed(meeting, client):
    request, link = file(client)
    assert kinds("ada@ngo.example") == []

    press(client, link, "confirm-request", request)

    ada = Representative.objects.get()
    assert kinds("ada@ngo.example") == ["link"]
    assert "Ada" not in Message.objects.get(to=["ada@ngo.example"]).body
    assert (ada.state, ada.asked_at, ada.turn) == ("submitted", OPEN, None)


def test_a_representative_confirms_and_takes_the_next_turn(meeting, client):
    make_representative(meeting, "confirmed")
    request, link = file(client)
    press(client, link, "confirm-request", request)
    ada = Representative.objects.get(email="ada@ngo.example")

    press(client, links_mailed_to("ada@ngo.example")[0], "confirm", ada, at=OPEN + HOURS)

    ada.refresh_from_db()
    assert (ada.state, ada.confirmed_at, ada.turn) == ("confirmed", OPEN + HOURS, 2)
    assert kinds("ada@ngo.example") == ["link", "received_representative"]
    assert "under review: this is not yet an approval" in Message.objects.latest("pk").body
    assert chain.problems(meeting.journal_stream) == []


def test_a_focal_point_who_attends_confirms_both_at_once(meeting, client):
    request, link = file(client, BOB)

    press(client, link, "confirm-request", request)

    assert Representative.objects.get().state == "confirmed"
    assert kinds() == ["link", "received"]


def test_confirming_twice_changes_nothing_the_second_time(meeting, client):
    request, link = file(client, BOB)

    press(client, link, "confirm-request", request)
    again = press(client, link, "confirm-request", request)

    assert again.status_code == 404
    assert kinds().count("received") == 1
    assert Entry.objects.filter(act="request confirmed").count() == 1


def test_the_link_confirms_nothing_that_was_filed_with_another_address(meeting, client):
    _request, link = file(client)
    other = make_request(meeting, is_confirmed=False)

    answer = press(client, link, "confirm-request", other)

    other.refresh_from_db()
    assert answer.status_code == 404
    assert other.confirmed_at is None


def test_one_link_shows_all_that_was_filed_with_the_address(meeting, client):
    _first, link = file(client)
    second, same = file(client, at=OPEN + timedelta(minutes=5), organization="Another")

    shown = get(client, link).content.decode()

    assert link == same
    assert "Request for Centre for Peace" in shown
    assert "Request for Another" in shown
    assert press(client, link, "confirm-request", second).status_code == 302


def test_after_48_hours_nothing_can_be_confirmed(meeting, client):
    request, link = file(client)

    in_time = get(client, link, at=OPEN + 48 * HOURS - timedelta(seconds=1))
    late = press(client, link, "confirm-request", request, at=OPEN + 48 * HOURS)

    request.refresh_from_db()
    assert (in_time.status_code, late.status_code) == (200, 410)
    assert request.confirmed_at is None


def test_unconfirmed_requests_end_after_48_hours_and_not_before(meeting, client):
    request, _link = file(client)

    due.carry_on(at=OPEN + 48 * HOURS - timedelta(seconds=1))
    request.refresh_from_db()
    before = request.ended_at
    due.carry_on(at=OPEN + 48 * HOURS)
    again = due.carry_on(at=OPEN + 49 * HOURS)

    request.refresh_from_db()
    assert before is None
    assert request.ended_at == OPEN + 48 * HOURS
    assert Representative.objects.get().state == "expired"
    assert again == 0
    assert Entry.objects.filter(act="requests expired").count() == 1


def test_a_representative_who_never_confirms_expires_and_the_focal_point_is_notified(meeting, client):
    request, link = file(client, BOB, PERSON)
    press(client, link, "confirm-request", request)

    due.carry_on(at=OPEN + 48 * HOURS)

    request.refresh_from_db()
    ada = Representative.objects.get(email="ada@ngo.example")
    assert (ada.state, request.ended_at) == ("expired", None)
    assert kinds("ada@ngo.example") == ["link"]
    assert kinds("focal@ngo.example")[-1] == "expired"


def test_thousands_of_unconfirmed_requests_end_in_few_queries(meeting):
    requests = [make_request(meeting, f"O{number}", is_confirmed=False) for number in range(3)]
    for request in requests:
        make_representative(meeting, "submitted", request=request)

    with CaptureQueriesContext(
        connection,
    ) as three:
        due.carry_on(at=OPEN + 48 * HOURS)
    make_representative(meeting, "submitted", request=make_request(meeting, is_confirmed=False))
    with CaptureQueriesContext(connection) as one:
        due.carry_on(at=OPEN + 48 * HOURS)

    assert len(three) == len(one)
    assert not TicketRequest.objects.filter(ended_at=None).exists()


def test_a_person_named_without_asking_can_remove_the_name(meeting, client):
    request, link = file(client, BOB, PERSON)
    press(client, link, "confirm-request", request)
    ada = Representative.objects.get(email="ada@ngo.example")

    press(client, links_mailed_to("ada@ngo.example")[0], "disown", ada)

    ada.refresh_from_db()
    assert ada.state == "cancelled"
    assert kinds("ada@ngo.example") == ["link"]
    assert kinds("focal@ngo.example")[-1] == "cancelled"


def test_a_request_that_is_not_mine_ends_at_once(meeting, client):
    request, link = file(client)

    press(client, link, "disown-request", request)

    request.refresh_from_db()
    assert request.ended_at == OPEN
    assert Representative.objects.get().state == "expired"


def test_an_address_is_used_by_one_representative_and_the_refusal_says_by_which(meeting, client):
    make_representative(meeting, "approved", email="ada@ngo.example", first_name="Ada", last_name="King")
    request, link = file(client)
    press(client, link, "confirm-request", request)
    ada = Representative.objects.get(state="submitted")

    answer = press(client, links_mailed_to("ada@ngo.example")[0], "confirm", ada)

    ada.refresh_from_db()
    assert answer.status_code == 422
    assert "This address is already used by Ada King of Organization" in answer.content.decode()
    assert ada.state == "submitted"


def test_a_focal_point_with_a_request_is_led_to_it_instead_of_a_second_one(meeting, client):
    first, link = file(client)
    press(client, link, "confirm-request", first)
    second, _link = file(client, at=OPEN + HOURS)

    answer = press(client, links_mailed_to("focal@ngo.example")[-1], "confirm-request", second, at=OPEN + HOURS)

    second.refresh_from_db()
    assert "You already have a request for Centre for Peace." in answer.content.decode()
    assert "Open the private page" in answer.content.decode()
    assert second.confirmed_at is None


def test_the_private_page_is_found_again_by_a_link_to_the_address(meeting, client):
    request = make_request(meeting, contact_email="focal@ngo.example")
    make_representative(meeting, "confirmed", request=request)
    ask_for_link(client, "Focal@NGO.example", OPEN)

    pressed = press(client, links_mailed_to("focal@ngo.example")[0], "open", request)

    assert get(client, pressed.url).status_code == 200


def test_asking_for_a_link_does_not_reveal_whether_an_address_is_known(meeting, client):
    make_request(meeting, contact_email="known@ngo.example")

    known, unknown = (ask_for_link(client, f"{name}@ngo.example", OPEN) for name in ("known", "unknown"))

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert get(client, known.url).content == get(client, unknown.url).content
    assert kinds("unknown@ngo.example") == []


def test_a_representative_follows_and_cancels_their_ticket(meeting, client):
    ada = make_representative(meeting, "approved", email="ada@ngo.example")
    ask_for_link(client, "ada@ngo.example", OPEN)
    link = links_mailed_to("ada@ngo.example")[0]

    shown = get(client, link).content.decode()
    press(client, link, "cancel", ada)

    ada.refresh_from_db()
    assert "Approved. The ticket is handed over" in shown
    assert ada.state == "cancelled"
    assert ada.vouchers.get().revoked_at == OPEN


def test_only_hashes_of_tokens_are_kept_and_the_mails_that_hold_them_are_secret(meeting, client):
    request, link = file(client, BOB)
    page = press(client, link, "confirm-request", request).url
    tokens = [path.strip("/").split("/")[-1] for path in (link, page)]

    kept = str(list(Link.objects.values())) + str(list(Entry.objects.values()))
    assert all(len(token) == 32 and token not in kept for token in tokens)
    assert [mail.is_secret for mail in Message.objects.all()] == [True, True]


def test_a_link_of_another_meeting_or_purpose_opens_nothing(meeting, client):
    _request, link = file(client)
    token = link.strip("/").split("/")[-1]

    assert get(client, f"{PATH}request/{token}/").status_code == 410
    assert get(client, f"{PATH}offer/{token}/").status_code == 410
    assert get(client, f"{PATH}address/{token}x/").status_code == 410


def test_pages_behind_links_leave_no_traces(meeting, client):
    _request, link = file(client)

    answer = get(client, link)

    assert answer["Referrer-Policy"] == "strict-origin"
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]
