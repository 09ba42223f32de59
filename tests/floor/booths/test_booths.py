"""Interpreters and reporters: their links, what they read before delivery, “please slow down”.  R-73"""

import logging
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from config.log_filters import WithoutTokens
from floor import standings
from floor.acts import calling, pausing
from floor.booths import linking, reading, slowing
from floor.booths.linking import LinkRefused
from floor.booths.slowing import SHOWN_FOR, SignRefused
from floor.models import Booth, Statement
from floor.models.booth import LASTS
from journal import chain
from journal.models import Entry
from speakers.entries import withdrawing
from tests.factories import STAFF, make_delegation, make_focal_point, make_inscription, make_meeting, make_panel
from tests.floor.room import OPENS, after, entry, make_room, press
from tests.floor.statements.files import docx
from tests.floor.statements.test_statements import address_of, hand_in, page_of, signed_in, status_of_file

pytestmark = pytest.mark.django_db
PAGE = "/meetings/dialogue/booth/"
LINKS = "/meetings/dialogue/floor/booths/"


@pytest.fixture(autouse=True)
def stopped():
    with clock.stopped(OPENS):
        yield


@pytest.fixture
def meeting():
    meeting = make_room()
    make_focal_point(make_delegation("AAA"))
    return meeting


def make(meeting, name="English booth", at=OPENS):
    return linking.make(meeting, name, by=STAFF, at=at)


def opened(url, at=OPENS):
    """A browser that has opened the link `url`."""
    client = Client()
    with clock.stopped(at):
        assert client.post(urlsplit(url).path).status_code == 302
    return client


def booth_of(meeting, name="English booth"):
    return opened(make(meeting, name)[1])


def acts():
    return list(Entry.objects.order_by("pk").filter(subject__startswith="booth/").values_list("act", flat=True))


def text_of(meeting, code="AAA", **more):
    hand_in(meeting, code, docx(" ".join(["word"] * 458)), **more)
    return address_of(Statement.objects.current().get(inscription=entry(meeting, code)))


def speaking(meeting, at=OPENS):
    press(meeting, calling.call, at)
    press(meeting, calling.begin, at)


def test_a_text_is_read_from_when_it_is_handed_in_with_how_it_will_be_delivered(meeting):
    client = booth_of(meeting)
    facts = {"language": "fr", "text_mark": "check", "passage_language": "ar", "passage_page": "2"}
    assert signed_in("AAA").post(f"{page_of(meeting, 'AAA')}delivery/", facts).status_code == 302

    address = text_of(meeting)

    page = client.get(PAGE).content.decode()
    for words in ("French", "check against delivery", "Arabic, page 2", "about 4 min 10 s at an interpreter’s pace"):
        assert words in page
    assert address in page
    assert status_of_file(address, client) == 200
    assert [status_of_file(address, other) for other in (Client(), signed_in("BBB"))] == [404, 404]


def test_the_page_and_the_texts_are_not_there_for_anyone_else(meeting, sign_in):
    address = text_of(meeting)
    elsewhere = booth_of(make_meeting("other"))
    revoked, url = make(meeting, "Revoked")
    revoked_client = opened(url)
    linking.revoke(revoked, by=STAFF, at=OPENS)
    renewed, url = make(meeting, "Renewed")
    renewed_client = opened(url)
    linking.renew(renewed, by=STAFF, at=OPENS)
    forged = Client()
    forged.cookies["booth"] = renewed.token_hash
    clients = [Client(), signed_in("BBB"), sign_in("List officer"), elsewhere, revoked_client, renewed_client, forged]

    for client in clients:
        assert [client.get(path).status_code for path in (PAGE, f"{PAGE}state.json", address)] == [404, 404, 404]
        assert client.post(f"{PAGE}slow-down/").status_code == 404


def test_the_role_reads_and_gives_no_sign(meeting, sign_in, officer):
    address = text_of(meeting)
    role = sign_in("Interpreters and reporters")

    for client in (role, officer):
        assert (client.get(PAGE).status_code, status_of_file(address, client)) == (200, 200)
        assert client.post(f"{PAGE}slow-down/").status_code == 404
    assert role.get("/meetings/dialogue/floor/").status_code == 403
    assert role.get(LINKS).status_code == 403


def test_a_link_works_until_a_day_after_the_meeting(meeting):
    _booth, url = make(meeting)
    client, ends = opened(url), meeting.ends_at + LASTS

    def status(at):
        with clock.stopped(at):
            return client.get(PAGE).status_code

    assert [status(ends - timedelta(seconds=1)), status(ends)] == [200, 404]
    with clock.stopped(ends):
        assert Client().get(urlsplit(url).path).status_code == 410
    with pytest.raises(LinkRefused, match="over"):
        make(meeting, "Late", at=ends)


def test_at_a_rehearsal_the_shifted_clock_decides():
    meeting = make_room(is_rehearsal=True, clock_shift=timedelta(days=2))
    shifted = meeting.moment(OPENS)
    with pytest.raises(LinkRefused):
        make(meeting, at=shifted)

    meeting.ends_at += timedelta(days=2)
    meeting.save()
    client = opened(make(meeting, at=shifted)[1])

    assert client.get(PAGE).status_code == 200


def test_opening_a_link_changes_nothing_until_the_button_is_pressed_and_is_journalled_once(meeting):
    booth, url = make(meeting)
    path = urlsplit(url).path

    seen = Client().get(path)

    assert (seen.status_code, seen.headers["Referrer-Policy"]) == (200, "strict-origin")
    assert (acts(), "booth" in seen.cookies) == (["booth link made"], False)
    client = opened(url)
    opened(url)
    cookie = client.cookies["booth"]
    assert acts() == ["booth link made", "booth link opened"]
    assert (cookie["path"], cookie["httponly"]) == ("/meetings/dialogue/", True)
    assert path.rstrip("/").rpartition("/")[2] not in client.get(PAGE).content.decode() + cookie.value
    linking.renew(booth, by=STAFF, at=OPENS)
    linking.revoke(booth, by=STAFF, at=OPENS)
    assert acts()[2:] == ["booth link renewed", "booth link revoked"]
    assert chain.problems(meeting.journal_stream) == []


def test_no_token_is_stored_or_logged(meeting, caplog):
    booth, url = make(meeting)
    token = url.rstrip("/").rpartition("/")[2]

    logging.getLogger("django.request").warning("Not Found: %s", urlsplit(url).path)

    stored = str([list(Booth.objects.values()), list(Entry.objects.values())])
    assert token not in stored + booth.token_hash
    record = caplog.records[-1]
    WithoutTokens().filter(record)
    assert token not in record.getMessage()


def test_an_officer_makes_a_link_that_is_shown_once(meeting, officer):
    page = officer.post(LINKS, {"name": "French booth"})
    url = page.context["shown"]["url"]

    assert page.status_code == 200
    assert opened(url).get(PAGE).status_code == 200
    assert url not in officer.get(LINKS).content.decode()
    again = officer.post(LINKS, {"name": "french booth"})
    assert (again.status_code, "There is a booth of this name" in again.content.decode()) == (422, True)
    booth = Booth.objects.get()
    renewed = officer.post(f"{LINKS}{booth.public_id}/renew/").context["shown"]["url"]
    assert (Client().get(urlsplit(url).path).status_code, opened(renewed).get(PAGE).status_code) == (410, 200)
    assert officer.post(f"{LINKS}{booth.public_id}/revoke/").status_code == 302
    assert Client().get(urlsplit(renewed).path).status_code == 410
    make_meeting("other")
    assert officer.post(f"/meetings/other/floor/booths/{booth.public_id}/renew/").status_code == 404


def test_two_booths_ask_and_the_console_says_from_how_many_until_it_fades(meeting, officer):
    clients = [booth_of(meeting, name) for name in ("English booth", "French booth")]
    speaking(meeting)

    def console(at):
        with clock.stopped(at):
            news = officer.get("/meetings/dialogue/floor/state.json").json()["advice"]
            page = officer.get("/meetings/dialogue/floor/").content.decode()
            return news, news in page if news else "slow down" in page

    assert console(OPENS) == ("", False)
    assert clients[0].post(f"{PAGE}slow-down/").status_code == 302
    assert console(OPENS) == ("1 booth asks the speaker to slow down: English booth.", True)
    assert clients[1].post(f"{PAGE}slow-down/").status_code == 302
    both = "2 booths ask the speaker to slow down: English booth and French booth."
    assert console(OPENS) == (both, True)
    assert console(OPENS + SHOWN_FOR) == ("", False)


def test_of_more_than_three_booths_only_the_number_is_said(meeting):
    speaking(meeting)
    for name in ("A", "B", "C", "D"):
        slowing.ask(make(meeting, name)[0], standings.read(meeting), at=OPENS)

    assert slowing.in_words(standings.read(meeting), OPENS) == "4 booths ask the speaker to slow down."


def test_the_sign_is_for_who_speaks_and_once_in_a_while(meeting):
    booth, _url = make(meeting)

    def ask(at):
        slowing.ask(booth, standings.read(meeting), at=at)

    def words(at):
        return slowing.in_words(standings.read(meeting), at)

    with pytest.raises(SignRefused, match="No one"):
        ask(OPENS)
    speaking(meeting)
    before = Entry.objects.count()
    ask(OPENS)
    with pytest.raises(SignRefused, match="already"):
        ask(after(19))
    ask(after(20))
    assert (words(after(21)) != "", Entry.objects.count()) == (True, before)
    press(meeting, calling.advance, after(22))
    press(meeting, calling.begin, after(23))
    assert words(after(24)) == ""
    ask(after(24))
    press(meeting, pausing.pause, after(25))
    linking.revoke(booth, by=STAFF, at=after(26))
    assert words(after(26)) == ""
    with pytest.raises(SignRefused):
        ask(after(60))


def test_a_sign_is_no_visit(meeting):
    client = booth_of(meeting)
    speaking(meeting)

    assert client.get(f"{PAGE}slow-down/").status_code == 405
    assert Booth.objects.get().slow_down_at is None
    client.post(f"{PAGE}slow-down/")
    assert client.get(f"{PAGE}state.json").json()["sign"] == "shown"
    refused = client.post(f"{PAGE}slow-down/")
    assert (refused.status_code, "You can ask again after 20 seconds" in refused.content.decode()) == (422, True)


def test_texts_of_other_lists_and_of_those_beyond_the_tenth_are_read_too(meeting):
    inscription = make_inscription(make_panel(meeting).meeting_at_hand, make_delegation("OTH"))
    for number in range(10):
        make_inscription(meeting, make_delegation(f"X{number:02d}"))
    last = entry(meeting, "X09")
    facts = {"language": "en", "media_type": "application/pdf", "size": 1, "sha256": "0" * 64, "handed_in_at": OPENS}
    for each in (inscription, last):
        Statement.objects.create(inscription=each, **facts)

    read = reading.of(standings.read(meeting))

    assert (len(read.following), [str(row.turn.of.code) for row in read.others]) == (10, ["OTH", "X09"])


def test_the_text_of_an_entry_that_was_withdrawn_is_not_read_any_more(meeting):
    client, address = booth_of(meeting), text_of(meeting)
    assert status_of_file(address, client) == 200

    withdrawing.withdraw(entry(meeting, "AAA"), by=STAFF, at=OPENS)

    assert (status_of_file(address, client), address in client.get(PAGE).content.decode()) == (404, False)


def test_the_delegation_is_told_who_reads_its_text(meeting):
    booth_of(meeting, "Verbatim reporters")

    page = signed_in("AAA").get(page_of(meeting, "AAA")).content.decode()

    assert "These hold a link to the texts: Verbatim reporters." in page


def test_a_delivery_is_said_until_the_speaker_is_called_and_refused_in_words(meeting):
    address, client = f"{page_of(meeting, 'AAA')}delivery/", signed_in("AAA")

    same = client.post(address, {"language": "fr", "passage_language": "fr"})
    alone = client.post(address, {"language": "fr", "passage_page": "3"})
    assert (same.status_code, "This is the language of delivery" in same.content.decode()) == (422, True)
    assert (alone.status_code, "Choose the language of the passage" in alone.content.decode()) == (422, True)
    assert client.post(address, {"language": "fr", "text_mark": "as_it_stands"}).status_code == 302
    said = Entry.objects.get(act="corrected").payload
    assert said.after == {"language": "fr", "text_mark": "as_it_stands"}

    press(meeting, calling.call)
    assert client.post(address, {"language": "en"}).status_code == 422


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}state.json"])
def test_a_visit_takes_four_queries_at_most_once_the_room_is_in_memory(meeting, path):
    client = booth_of(meeting)
    text_of(meeting)
    speaking(meeting)
    standings.read_published("dialogue")

    with CaptureQueriesContext(connection) as first:
        assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as second:
        client.get(path)

    assert (len(first) <= 4, len(second)) == (True, 2)
