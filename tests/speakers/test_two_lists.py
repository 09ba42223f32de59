"""A person whose delegation is on two lists of one meeting: each page, mail and file is of the list it says.  R-62"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import clock
from outbox.models import Message
from speakers.mail import acknowledging
from speakers.models import SpeakersList
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
    assert f'href="{address}speakers/sign-in/' in answer.content.decode()


def test_a_receipt_promises_a_turn_only_where_it_is_known_when_the_list_is_heard(delegate, plenary, panel, entries):
    of_plenary, of_panel = [text(delegate.get(entry.get_absolute_url())) for entry in entries]

    assert "Likely turn" in of_plenary
    assert "does not say yet when this list is heard" not in of_plenary
    assert "Likely turn" not in of_panel
    assert "The programme does not say yet when this list is heard: no turn is foreseen." in of_panel
    assert all("Hand in the text" in each for each in (of_plenary, of_panel))

    SpeakersList.objects.filter(pk=panel.pk).update(heard_in=[plenary.meeting.hours[1].pk])
    of_panel = text(delegate.get(entries[1].get_absolute_url()))
    assert "Likely turn about 3:05 p.m." in of_panel


def test_a_text_is_handed_in_for_either_list(delegate, entries):
    pages = [f"{PLENARY}speakers/inscriptions/{entry.public_id}/statement/" for entry in entries]

    assert [delegate.get(each).status_code for each in pages] == [200, 200]


def test_the_live_page_shows_the_turns_on_each_list_and_takes_presence_for_the_one_that_the_room_hears(
    delegate, entries
):
    page = delegate.get(f"{PLENARY}now/own/")

    assert [(own.turn.inscription, own.is_heard) for own in page.context["own_turns"]] == [
        (entries[0], True),
        (entries[1], False),
    ]
    assert page.content.decode().count("We are in the room") == 1
    presence = [delegate.post(f"{PLENARY}now/{entry.public_id}/presence/", {"present": "yes"}) for entry in entries]
    assert [each.status_code for each in presence] == [302, 422]


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


def test_the_page_of_the_meeting_has_every_list_and_leads_to_each(client, plenary, panel):
    SpeakersList.objects.filter(pk=panel.pk).update(open_to="member_states")

    with CaptureQueriesContext(connection) as queries:
        page = client.get(PLENARY)

    shown = text(page)
    assert len(queries) <= 4
    assert "Other lists of this meeting Panel Open The list is open until Friday, 2 September 2016" in shown
    assert "Open to: Member States only" in shown
    for address in (f"{PANEL}speakers/", f"{PANEL}speakers/inscribe/", f"{PLENARY}speakers/own/"):
        assert f'href="{address}"' in page.content.decode()


def test_of_a_meeting_with_one_list_nothing_of_this_is_seen(client, plenary):
    make_focal_point(make_delegation("RWA", "Rwanda"))
    shown = client.get(PLENARY).content.decode()
    form = signed_in("rwa@missions.example").get(f"{PLENARY}speakers/inscribe/").content.decode()

    assert "Other lists" not in shown
    assert "/speakers/own/" not in shown + form
    assert "Open to:" not in shown


def test_a_mission_sees_all_lists_on_one_page_with_its_own_entries_and_places(delegate, plenary, panel, entries):
    make_inscription(plenary.meeting_at_hand, make_delegation("KEN", "Kenya"))
    of_plenary, of_panel = entries

    with CaptureQueriesContext(connection) as queries:
        page = delegate.get(f"{PLENARY}speakers/own/")

    shown, html = text(page), page.content.decode()
    assert len(queries) <= 4
    assert "Main list Open The list is open until Thursday, 1 September 2016" in shown
    assert "Rwanda, receipt 1 national capacity · standing Place 1 of 2 Likely turn about 10:00 a.m." in shown
    assert "Panel Open The list is open until Friday, 2 September 2016" in shown
    assert "Rwanda, receipt 2 national capacity · standing Place 2 of 2" in shown
    assert "Kenya" not in shown
    for each in (of_plenary, of_panel):
        assert f'href="{each.get_absolute_url()}"' in html
    assert {f'href="{each}speakers/inscribe/"' in html for each in (PLENARY, PANEL)} == {True}
    assert "Your entry : Main list Add another entry : Main list" in shown
    assert "Inscribe : " not in shown


def test_who_may_speak_for_no_group_is_offered_no_second_entry_where_one_stands(delegate, plenary, entries):
    """On a third list nothing stands yet, so the delegation inscribes there."""
    make_panel(plenary.meeting, slug="third", title={"en": "Third"})
    for each in SpeakersList.objects.with_places().exclude(places=None):
        each.places |= {"RWA": {"band": "member_states", "category": "member_state", "speaks_for_groups": False}}
        each.save()

    shown = text(delegate.get(f"{PLENARY}speakers/own/"))

    assert "Your entry : Main list Read the list" in shown
    assert "Add another entry" not in shown
    assert "Inscribe : Third" in shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_all_lists_costs_the_same_for_one_and_for_three(delegate, plenary, entries, count):
    for number in range(count):
        another = make_panel(plenary.meeting, slug=f"panel-{number}")
        make_inscription(another.meeting_at_hand, make_delegation("RWA"))

    with CaptureQueriesContext(connection) as queries:
        page = delegate.get(f"{PLENARY}speakers/own/")

    assert len(page.context["mission"].meetings[0].lists) == 2 + count
    assert len(queries) <= 4


def test_the_page_of_all_lists_asks_to_sign_in_and_comes_back(client, plenary, panel):
    answer = client.get(f"{PLENARY}speakers/own/")

    assert answer.url == f"{PLENARY}speakers/sign-in/?back={PLENARY}speakers/own/"


def test_a_late_request_and_a_closed_list_are_seen_on_the_page_of_all_lists(delegate, plenary, panel, entries):
    with clock.stopped(DEADLINE + timedelta(minutes=1)):
        page = delegate.get(f"{PLENARY}speakers/own/")

    assert "Main list Closed" in text(page)
    assert "File a late request" in text(page)
    assert "Your entry : Panel" in text(page)
