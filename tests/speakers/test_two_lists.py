"""A person whose delegation is on two lists of one meeting: each page, mail and file is of the list it says.  R-62"""

import re

import pytest

import clock
from outbox.models import Message
from speakers.mail import acknowledging
from speakers.publishing import revisions
from tests.factories import (
    DEADLINE,
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
PLENARY, PANEL = "/meetings/dialogue/", "/meetings/dialogue/lists/panel/"
TITLE = "Informal interactive dialogue"
BOTH = f"{TITLE} – Panel"


@pytest.fixture(autouse=True)
def _clock():
    with clock.stopped(OPEN):
        yield


@pytest.fixture
def plenary():
    return make_meeting().speakers_list


@pytest.fixture
def panel(plenary):
    return make_panel(plenary.meeting)


@pytest.fixture
def entries(plenary, panel):
    """The entries of Rwanda, which is first on the main list and second on the other."""
    make_inscription(panel.meeting_at_hand, make_delegation("KEN", "Kenya"))
    make_focal_point(make_delegation("RWA", "Rwanda"))
    return [make_inscription(each.meeting_at_hand, make_delegation("RWA")) for each in (plenary, panel)]


@pytest.fixture
def delegate(entries):
    return signed_in("rwa@missions.example")


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def mail_about(entry, kind="speakers.acknowledgement"):
    return Message.objects.filter(kind=kind, key__contains=str(entry.public_id)).get()


def test_a_person_who_signs_in_for_another_list_comes_to_its_pages(client, entries):
    _of_plenary, of_panel = entries
    asked = client.get(of_panel.get_absolute_url())

    client.post(asked.url, {"email": "rwa@missions.example", "receipt": of_panel.public_id})
    link = re.search(r"http\S+/sign-in/\S+", Message.objects.get(kind="sign-in").body)[0]
    path = link.partition("//")[2].partition("/")[2]
    answer = client.post(f"/{path}", follow=True)

    assert f"{PANEL}speakers/sign-in/" in link
    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, of_panel.get_absolute_url())


@pytest.mark.parametrize("page", ["inscribe", "late-requests"])
@pytest.mark.parametrize("address", [PLENARY, PANEL])
def test_a_form_sent_after_signing_out_leads_to_the_sign_in_of_its_own_list(client, plenary, panel, address, page):
    answer = client.post(f"{address}speakers/{page}/", {"speaker_name": "Someone"})

    assert answer.status_code == 403
    assert f'href="{address}speakers/sign-in/"' in answer.content.decode()


def test_only_the_receipt_of_the_list_that_the_room_hears_promises_a_turn_and_takes_a_text(delegate, entries):
    of_plenary, of_panel = [text(delegate.get(entry.get_absolute_url())) for entry in entries]

    assert "Likely turn" in of_plenary
    assert "Hand in the text" in of_plenary
    assert "The live page of the room follows the main list" not in of_plenary
    assert "Likely turn" not in of_panel
    assert "Hand in the text" not in of_panel
    assert "The live page of the room follows the main list of this meeting." in of_panel


@pytest.mark.parametrize("below", ["", "take-back/"])
def test_no_text_is_taken_for_a_list_that_the_room_does_not_hear(delegate, entries, below):
    of_plenary, of_panel = [f"{PLENARY}speakers/inscriptions/{entry.public_id}/statement/" for entry in entries]

    assert delegate.get(of_plenary).status_code == 200
    assert delegate.get(of_panel).status_code == 404
    assert delegate.post(of_panel + below).status_code == 404


def test_the_live_page_shows_the_turns_of_the_list_that_the_room_hears(delegate, entries):
    shown = delegate.get(f"{PLENARY}now/own/").context["own_turns"]

    assert [own.turn.inscription for own in shown] == [entries[0]]
    presence = [delegate.post(f"{PLENARY}now/{entry.public_id}/presence/", {"present": "yes"}) for entry in entries]
    assert presence[1].status_code == 404
    assert presence[0].status_code != 404


def test_mail_names_the_list_and_foresees_a_turn_only_where_one_comes(entries):
    of_plenary, of_panel = [acknowledging.write(mail_about(entry), at=OPEN).body for entry in entries]

    assert f"Meeting: {TITLE}\n" in of_plenary
    assert "Likely time of the turn" in of_plenary
    assert f"Meeting: {BOTH}\n" in of_panel
    assert "Likely time of the turn" not in of_panel
    assert "Its place now is 2" in of_panel


def test_the_pages_of_another_list_name_it(client, delegate, panel, entries):
    revisions.publish(panel, by=STAFF, at=OPEN)
    pages = ["speakers/", "speakers/revisions/", "speakers/revisions/1/", "speakers/sign-in/"]
    own = [f"{PANEL}speakers/inscribe/", entries[1].get_absolute_url()]

    for page in [client.get(PANEL + each) for each in pages] + [delegate.get(each) for each in own]:
        assert BOTH in text(page)
        bar = page.content.decode().partition('class="meeting-bar"')[2].partition("</nav>")[0]
        assert "List of speakers" in bar
        assert "aria-current" not in bar
    assert 'aria-current="page"' in client.get(f"{PLENARY}speakers/").content.decode().partition("<main")[0]
    assert BOTH not in text(client.get(f"{PLENARY}speakers/"))


def test_the_check_of_a_revision_names_the_file_as_it_is_downloaded(client, panel, entries):
    revisions.publish(panel, by=STAFF, at=OPEN)

    page = text(client.get(f"{PANEL}speakers/revisions/1/"))
    name = client.get(f"{PANEL}speakers/revisions/1.json")["Content-Disposition"]

    assert "sha256sum dialogue-panel-revision-1.json" in page
    assert "dialogue-panel-revision-1.json" in name
    assert "dialogue-panel-journal.json" in text(client.get(f"{PANEL}speakers/revisions/"))


def test_the_files_of_two_lists_say_which_is_which(client, delegate, entries):
    of_plenary, of_panel = [client.get(f"{each}speakers.txt").content.decode() for each in (PLENARY, PANEL)]
    turns = [delegate.get(entry.get_absolute_url().rstrip("/") + ".ics") for entry in entries]

    assert BOTH in " ".join(of_panel.split())
    assert BOTH not in " ".join(of_plenary.split())
    assert [re.search('filename="(.*)"', each["Content-Disposition"])[1] for each in turns] == [
        "dialogue-receipt-1.ics",
        "dialogue-panel-receipt-2.ics",
    ]
    assert "The time is an estimate" in turns[0].content.decode().replace("\r\n ", "")
    assert "The time is an estimate" not in turns[1].content.decode().replace("\r\n ", "")


def test_the_page_of_each_list_tells_whether_it_is_open_itself(client, plenary, panel):
    with clock.stopped(DEADLINE):
        of_plenary, of_panel = [text(client.get(f"{each}speakers/")) for each in (PLENARY, PANEL)]

    assert "The list was closed on Thursday, 1 September 2016" in of_plenary
    assert "The list is open until Friday, 2 September 2016" in of_panel
