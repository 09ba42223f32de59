"""Filing a request: in time, once, refused in words, the same answer for everyone.  R-09 R-46 R-53 R-59 R-60"""

from datetime import timedelta

import pytest
from django.test import Client

import clock
from journal.models import Entry
from outbox.models import Message
from registration.models import Representative, TicketRequest
from registration.refusals import TicketRefused
from registration.requests import confirming, requesting
from speakers import lists
from tests.factories import OPEN, STAFF, make_delegation, make_meeting
from tests.registration.factories import CLOSES, PASS_CLOSES, make_representative, make_request, make_ticketing
from tests.registration.typing import PATH, PERSON, SPEECH, kinds, typed

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
BOB = {"first_name": "", "last_name": "Bob", "email": "bob@ngo.example", "has_grounds_pass": "on"}


@pytest.fixture
def meeting():
    return make_ticketing().meeting


@pytest.fixture
def client():
    return Client()


def send(client, at=OPEN, **content):
    with clock.stopped(at):
        return client.post(PATH, content or typed())


def page(answer):
    return answer.content.decode()


def test_a_request_is_stored_as_submitted_and_its_focal_point_is_asked_to_confirm(meeting, client):
    country = make_delegation("KEN", "Kenya")
    answer = send(client, **typed(PERSON | SPEECH | {"accessibility": "A place for a wheelchair"}, BOB, country="KEN"))

    request = TicketRequest.objects.get()
    ada, bob = request.representatives.order_by("pk")
    assert answer.status_code == 302
    assert (request.organization.name, request.organization.country) == ("Centre for Peace", country)
    assert (request.consultative_status, request.contact_email) == ("special", "focal@ngo.example")
    assert (request.arrived_at, request.confirmed_at) == (OPEN, None)
    assert (ada.full_name, ada.state, ada.topic, ada.statement_language) == (
        "Ada Lovelace",
        "submitted",
        "Prevention",
        "fr",
    )
    assert (ada.accessibility, ada.gender) == ("A place for a wheelchair", "woman")
    assert (bob.full_name, bob.has_grounds_pass, bob.wishes_to_speak) == ("Bob", True, False)
    assert [(mail.to, mail.cc) for mail in Message.objects.all()] == [(["focal@ngo.example"], [])]
    assert Entry.objects.get(act="requested").subject == f"ticket-request/{request.public_id}"


def test_the_mail_to_an_unconfirmed_address_contains_nothing_that_was_typed(meeting, client):
    evil = "Win money at evil.example"
    send(client, **typed(PERSON | {"last_name": evil}, organization=evil, contact_name=evil))

    mail = Message.objects.get()
    assert "evil" not in mail.subject + mail.body
    assert mail.is_secret


def test_the_hashed_part_of_the_journal_contains_nothing_personal(meeting, client):
    send(client)

    entry = Entry.objects.get(act="requested")
    hashed = " ".join([entry.stream, entry.subject, entry.act, entry.actor_role])
    assert "Ada" not in hashed
    assert "ngo.example" not in hashed
    assert entry.payload.after["representatives"][0]["last_name"] == "Lovelace"


def test_without_a_grounds_pass_the_second_deadline_does_not_help(meeting, client):
    in_time = send(client, at=CLOSES - SECOND)
    late = send(client, at=CLOSES)

    assert in_time.status_code == 302
    assert late.status_code == 422
    assert "Without a grounds pass the deadline was Thursday, 1 September 2016, 5:00 p.m. (New York time)." in page(
        late
    )
    assert "Holders of a grounds pass may apply until Tuesday, 6 September 2016, 9:00 a.m. (New York time)." in page(
        late
    )
    assert 'value="Lovelace"' in page(late)
    assert TicketRequest.objects.count() == 1


def test_with_a_grounds_pass_a_request_is_accepted_until_one_hour_before(meeting, client):
    in_time = send(client, at=PASS_CLOSES - SECOND, **typed(BOB))
    late = send(client, at=PASS_CLOSES, **typed(BOB))

    assert in_time.status_code == 302
    assert "Requests for tickets closed on Tuesday, 6 September 2016, 9:00 a.m. (New York time)." in page(late)
    assert TicketRequest.objects.count() == 1


def test_the_row_that_is_too_late_is_named_and_the_whole_request_waits(meeting, client):
    answer = send(client, at=CLOSES, **typed(BOB, PERSON))

    assert "Representative 2:" in page(answer)
    assert not TicketRequest.objects.exists()


def test_arrival_decides_even_if_the_lock_was_taken_after_the_deadline(meeting, client, monkeypatch):
    found = lists.published_or_404
    monkeypatch.setattr(lists, "published_or_404", lambda *address: (found(*address)[0], CLOSES - SECOND))
    monkeypatch.setattr(clock, "now", lambda: CLOSES + SECOND)

    assert client.post(PATH, typed()).status_code == 302


def test_before_opening_the_page_says_when_requests_open_and_shows_no_form(meeting, client):
    with clock.stopped(meeting.ticketing.opens_at - SECOND):
        answer = client.get(PATH)

    assert "Tickets can be requested from Monday, 22 August 2016, 9:00 a.m. (New York time)." in page(answer)
    assert "<form" not in page(answer).partition("<main")[2]


def test_the_page_gives_both_deadlines_and_says_that_they_are_ours(client):
    meeting = make_meeting()
    make_ticketing(meeting, are_deadlines_ours=True)

    with clock.stopped(OPEN):
        shown = page(client.get(PATH))

    assert "Thursday, 1 September 2016, 5:00 p.m. (New York time)" in shown
    assert "Tuesday, 6 September 2016, 9:00 a.m. (New York time)" in shown
    assert "The invitation gives no deadline for tickets: these are set by this site" in shown


def test_a_meeting_without_tickets_has_no_such_page(client):
    make_meeting()

    assert client.get(PATH).status_code == 404


def test_the_same_form_sent_again_is_one_request(meeting, client):
    content = typed()
    first, second = send(client, **content), send(client, **content)

    assert (first.status_code, second.status_code) == (302, 302)
    assert TicketRequest.objects.count() == 1
    assert Message.objects.count() == 1


def test_the_same_form_with_other_content_is_refused_in_words(meeting, client):
    content = typed()
    send(client, **content)

    answer = send(client, **content | {"organization": "Another"})

    assert "This form was already recorded with other content." in page(answer)
    assert TicketRequest.objects.count() == 1


def test_an_organization_sends_no_more_than_its_limit(meeting, client):
    third = {"last_name": "Third", "email": "third@ngo.example"}

    answer = send(client, **typed(PERSON, BOB, third))

    assert "An organization may send 2 representatives." in page(answer)
    assert not TicketRequest.objects.exists()


def test_two_representatives_need_two_addresses(meeting, client):
    answer = send(client, **typed(PERSON, BOB | {"email": "ADA@ngo.example"}))

    assert "Each representative needs an e-mail address of their own: this one appears twice." in page(answer)
    assert "Representative 2:" in page(answer)


def test_a_wish_to_speak_needs_topic_outline_and_language(meeting, client):
    answer = send(client, **typed(PERSON | {"wishes_to_speak": "on"}))

    for words in ["Enter the topic", "Enter a short outline", "Choose the language of the statement."]:
        assert words in page(answer)


def test_what_belongs_to_a_wish_that_was_withdrawn_is_not_stored(meeting, client):
    send(client, **typed(PERSON | SPEECH | {"wishes_to_speak": ""}))

    ada = Representative.objects.get()
    assert (ada.wishes_to_speak, ada.topic, ada.outline, ada.gender) == (False, "", "", "")


def test_an_outline_is_600_characters_at_most(meeting, client):
    answer = send(client, **typed(PERSON | SPEECH | {"outline": "x" * 601}))

    assert answer.status_code == 422
    assert not TicketRequest.objects.exists()


def test_a_row_is_added_without_a_script_and_everything_typed_is_kept(meeting, client):
    answer = send(client, **typed(PERSON | SPEECH, organization="", add="1"))

    shown = page(answer)
    assert answer.status_code == 200
    assert 'name="representative-1-last_name"' in shown
    assert 'value="Lovelace"' in shown
    assert "What organizations see first." in shown
    assert "Enter the name of the organization." not in shown
    assert not TicketRequest.objects.exists()


def test_no_row_is_added_beyond_the_limit(meeting, client):
    shown = page(send(client, **typed(PERSON, BOB, add="1")))

    assert 'name="representative-2-last_name"' not in shown


@pytest.mark.parametrize("number", ["9" * 4301, "-1", "²", "many", ""])
@pytest.mark.parametrize("pressed", [{"add": "1"}, {"remove": "0"}])
def test_a_number_of_rows_that_is_none_is_one(meeting, client, number, pressed):
    answer = send(client, **typed(**{"representative-TOTAL_FORMS": number}, **pressed))

    assert answer.status_code == 200
    assert len(answer.context["rows"].forms) == (2 if "add" in pressed else 1)


@pytest.mark.parametrize("row", ["9" * 4301, "-1", "²", "first"])
def test_a_row_that_there_is_not_is_not_removed(meeting, client, row):
    answer = send(client, **typed(PERSON, BOB, remove=row))

    assert answer.status_code == 200
    assert len(answer.context["rows"].forms) == 2


def test_a_row_is_removed_without_a_script_and_the_next_one_moves_up(meeting, client):
    shown = page(send(client, **typed(PERSON, BOB, remove="0")))

    assert 'name="representative-1-last_name"' not in shown
    assert 'value="Bob"' in shown
    assert "Lovelace" not in shown


def test_an_empty_second_row_is_ignored(meeting, client):
    send(client, **typed(PERSON, {"last_name": "", "email": ""}))

    assert Representative.objects.get().last_name == "Lovelace"


def test_a_known_address_is_answered_like_an_unknown_one(meeting, client):
    make_request(meeting, contact_email="known@ngo.example")
    make_representative(meeting, "approved", email="ada@ngo.example")

    unknown = send(client, **typed(PERSON | {"email": "new@ngo.example"}))
    known = send(client, **typed(contact_email="known@ngo.example"))

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert kinds() == ["link", "link"]


def test_a_robot_that_fills_the_hidden_field_gets_the_same_answer_and_causes_no_mail(meeting, client):
    answer = send(client, **typed(leave_empty="x"))

    assert answer.url == f"{PATH}sent/"
    assert not TicketRequest.objects.exists()
    assert not Message.objects.exists()


def test_at_most_one_mail_goes_to_an_address_in_ten_minutes(meeting, client):
    for minute in [0, 3, 9, 10, 12]:
        send(client, at=OPEN + timedelta(minutes=minute), **typed())

    assert TicketRequest.objects.count() == 5
    assert [mail.created_at - OPEN for mail in Message.objects.order_by("pk")] == [
        timedelta(0),
        timedelta(minutes=10),
    ]


def test_one_network_may_file_a_limited_number_of_requests_an_hour_and_others_are_not_held_up(
    meeting, client, monkeypatch
):
    monkeypatch.setattr(requesting, "PER_NETWORK", 2)
    answers = [send(client, **typed(contact_email=f"a{number}@ngo.example")) for number in range(3)]
    elsewhere = send(Client(REMOTE_ADDR="192.0.2.7"), **typed(contact_email="b@ngo.example"))
    later = send(client, at=OPEN + timedelta(hours=1), **typed(contact_email="c@ngo.example"))

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "Too many requests came from your network within the hour. Nothing was recorded." in page(answers[2])
    assert (elsewhere.status_code, later.status_code) == (302, 302)


def test_a_forwarded_address_is_not_believed_blindly(meeting, monkeypatch):
    monkeypatch.setattr(requesting, "PER_NETWORK", 1)
    answers = [
        send(Client(HTTP_X_FORWARDED_FOR=f"198.51.100.{number}"), **typed(contact_email=f"a{number}@ngo.example"))
        for number in range(2)
    ]

    assert [answer.status_code for answer in answers] == [302, 429]


def test_a_limited_number_of_requests_may_wait_for_one_address(meeting, client, monkeypatch):
    monkeypatch.setattr(requesting, "UNCONFIRMED_PER_ADDRESS", 1)

    answers = [send(client), send(client)]

    assert [answer.status_code for answer in answers] == [302, 429]


def test_what_was_typed_never_becomes_markup(meeting, client):
    shown = page(send(client, **typed(PERSON | {"email": "no"}, organization="<script>alert(1)</script>")))

    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_two_spellings_are_one_organization_but_two_countries_make_two(meeting, client):
    make_delegation("KEN", "Kenya")
    for name, country in [("Médecins du Monde", ""), ("medecins  du monde", ""), ("Médecins du Monde", "KEN")]:
        send(client, **typed(organization=name, country=country, contact_email=f"{len(name)}{country}@ngo.example"))

    assert TicketRequest.objects.values("organization").distinct().count() == 2


def test_the_limit_of_an_organization_applies_across_its_requests(meeting):
    first, second = (make_request(meeting, "Centre", is_confirmed=confirmed) for confirmed in (True, False))
    for request in (first, second):
        make_representative(request=request, state="submitted")
    third = make_representative(request=second, state="submitted")

    with pytest.raises(TicketRefused, match="Centre already has 1 of its 2 representatives in another request"):
        confirming.confirm_request(second, at=OPEN)
    Representative.objects.filter(pk=third.pk).update(state="cancelled")
    confirming.confirm_request(second, at=OPEN)
    with pytest.raises(TicketRefused, match="An organization may send 2 representatives"):
        requesting.add(first, Representative(last_name="Third", email="third@ngo.example"), by=STAFF, arrived_at=OPEN)


def test_what_a_stranger_files_without_confirmation_takes_no_place_of_an_organization(meeting):
    theirs = make_request(meeting, "Centre", is_confirmed=False)
    for _ in range(2):
        make_representative(request=theirs, state="submitted")
    own = make_request(meeting, "Centre", is_confirmed=False)
    for _ in range(2):
        make_representative(request=own, state="submitted")

    confirming.confirm_request(own, at=OPEN)

    own.refresh_from_db()
    assert own.is_open
