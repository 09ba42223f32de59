"""Where work is: what each group begins at, the page of a meeting, its navigation, and what needs this person."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dialogue.models import Meeting, ProgrammeSlot
from journal import recording
from outbox import posting
from outbox.delivery import heartbeats
from outbox.models import Heartbeat
from tests import factories
from tests.factories import OPEN
from tests.registration.factories import make_representative, make_ticketing
from tests.secretariat import pages
from tests.secretariat.conftest import PASSWORD

FRONT, START = "/secretariat/", "/secretariat/start/"
LIST = "/secretariat/speakers/inscription/?meeting={0.pk}"


@pytest.fixture
def meeting(at_the_desk, db):
    """A meeting with tickets, and something that waits in each part of the work."""
    meeting = make_ticketing(factories.make_meeting(title={"en": "The dialogue"})).meeting
    make_representative(meeting, "confirmed")
    factories.make_inscription(meeting)
    factories.make_inscription(meeting, factories.make_delegation("KEN"), is_verified=False)
    ProgrammeSlot.objects.create(meeting=meeting, position=1, kind="heading", title={"en": "Dialogue"})
    posting.post(key="a", kind="notice", to=["a@x.example"], subject="S", body="B", about=meeting.slug, hold=True)
    for part in Heartbeat.Part:
        heartbeats.stamp(part)
    return meeting


def workspace(meeting):
    return f"/secretariat/meetings/{meeting.slug}/"


def nav(page):
    """The links of the navigation of a meeting on `page`: words, and what each says of where one is."""
    found = re.search(r'<nav class="workspace-nav".*?</nav>', page.content.decode(), re.S)
    links = re.findall(r'<a href="[^"]*"(?: aria-current="(\w+)")?>([^<]+)</a>', found[0] if found else "")
    return {words: current for current, words in links}


def needs(page):
    found = re.search(r'<section class="needs".*?</section>\s*<section class="work"', page.content.decode(), re.S)
    return " ".join(re.sub("<[^>]+>", " ", found[0]).split()) if found else ""


BEGINNINGS = [
    ("List officer", LIST),
    ("Read only", LIST),
    ("Conference officer", "/meetings/{0.slug}/floor/"),
    ("Civil society officer", "/secretariat/registration/representative/?meeting={0.pk}"),
    ("Door", "/meetings/{0.slug}/hand-over/"),
    ("Door supervisor", "/meetings/{0.slug}/hand-over/"),
    ("Secretariat lead", FRONT),
    ("", FRONT),
]


@pytest.mark.parametrize(("group", "address"), BEGINNINGS, ids=[group or "no group" for group, _ in BEGINNINGS])
def test_each_begins_where_the_work_is(sign_in, meeting, group, address):
    client = sign_in(group)

    assert client.get(START).url == address.format(meeting)
    assert client.get(address.format(meeting)).status_code == 200


def test_permissions_decide_where_one_begins_and_no_names_of_groups(sign_in, meeting):
    client = sign_in("")
    client.staff.user_permissions.set(Permission.objects.filter(codename__in=["run_room", "scan_voucher"]))
    two = client.get(START).url
    client.staff.user_permissions.set(Permission.objects.filter(codename="scan_voucher"))

    assert two == FRONT
    assert client.get(START).url == f"/meetings/{meeting.slug}/hand-over/"


def test_the_sign_in_leads_to_the_work_unless_another_page_was_asked_for(sign_in, client, meeting):
    name = sign_in("Door").staff.username
    typed = {"username": name, "password": PASSWORD}

    assert client.post("/secretariat/login/", {**typed, "next": FRONT}).url == START
    assert client.post("/secretariat/login/", {**typed, "next": "/secretariat/password_change/"}).url != START


def test_with_several_meetings_one_begins_at_the_one_that_is_near_or_chooses(sign_in, meeting):
    days = timedelta(days=9)
    later = factories.make_meeting("later", starts_at=meeting.starts_at + days, ends_at=meeting.ends_at + days)
    client = sign_in("List officer")

    assert client.get(START).url == FRONT
    page = client.get(FRONT).content.decode()
    assert all(f'href="{LIST.format(each)}"' in page for each in (meeting, later))
    meeting.starts_at = OPEN + timedelta(hours=20)
    meeting.save()
    assert client.get(START).url == LIST.format(meeting)


def test_without_a_meeting_one_begins_at_the_front_page(sign_in, at_the_desk):
    client = sign_in("Door")

    assert client.get(START).url == FRONT
    assert "No meeting is to come." in pages.text(client.get(FRONT))


def test_an_account_without_any_permission_is_told_so(sign_in, meeting):
    shown = pages.text(sign_in("").get(FRONT))

    assert "Your account has no role here yet." in shown
    assert "The dialogue" not in shown


@pytest.mark.parametrize(
    ("group", "theirs", "not_theirs"),
    [
        ("List officer", "1 entry waits to be verified.", "representative waits"),
        ("Civil society officer", "1 representative waits for a decision.", "entry waits"),
        ("Secretariat lead", "1 mail is held back.", "no such words"),
        ("Read only", "Nothing waits for you now.", "entry waits"),
    ],
)
def test_the_front_page_shows_first_what_this_person_can_do_and_folds_the_rest(
    sign_in, meeting, group, theirs, not_theirs
):
    page = sign_in(group).get(FRONT)

    assert theirs in needs(page)
    assert not_theirs not in needs(page)
    assert "entries hold a place." not in needs(page)
    assert "1 entry holds a place." in pages.text(page)


PARTS = [
    *("List", "Board", "Late requests", "Mail", "Programme", "Room", "Texts for interpreters"),
    *("Tickets", "Door", "Figures", "Journal", "Dates and terms", "Webhooks"),
]
NOT_OF_THE_LIST = {"Texts for interpreters", "Tickets", "Door", "Webhooks"}


@pytest.mark.parametrize(
    ("group", "parts"),
    [
        ("Secretariat lead", PARTS),
        ("List officer", [part for part in PARTS if part not in NOT_OF_THE_LIST]),
        ("Conference officer", ["List", "Board", "Programme", "Room", "Figures", "Dates and terms"]),
        ("Civil society officer", ["List", "Board", "Tickets", "Door", "Figures", "Dates and terms"]),
    ],
)
def test_the_workspace_leads_only_to_what_may_be_opened(sign_in, meeting, group, parts):
    client = sign_in(group)

    page = client.get(workspace(meeting))

    assert list(nav(page)) == ["Home", "The dialogue", *parts]
    within = page.content.decode().split('id="content-main"')[1].split("</main>")[0]
    addresses = [each.replace("&amp;", "&") for each in re.findall(r'href="([^"]+)"', within)]
    assert {client.get(each, follow=True).status_code for each in addresses} == {200}


@pytest.mark.parametrize("group", ["Door", ""])
def test_the_workspace_is_for_those_who_may_see_meetings(sign_in, meeting, group):
    client = sign_in(group)

    assert client.get(workspace(meeting)).status_code == 403
    assert client.get("/secretariat/meetings/none/").status_code == 403


def test_the_workspace_counts_what_waits_in_each_part(lead, meeting):
    shown = pages.text(lead.get(workspace(meeting)))

    for words in [
        "Action needed: 1 entry waits to be verified.",
        "Action needed: 1 mail is held back.",
        "It has 1 line.",
        "It is not released yet.",
        "1 representative waits for a decision.",
    ]:
        assert words in shown
    assert lead.get("/secretariat/meetings/none/").status_code == 404


@pytest.mark.parametrize("others", [0, 5])
def test_the_workspace_costs_at_most_twelve_statements(lead, meeting, others):
    for number in range(others):
        factories.make_panel(meeting, f"panel-{number}", policy="opening_window")

    with CaptureQueriesContext(connection) as statements:
        page = lead.get(workspace(meeting))

    assert len(statements) <= 12
    assert pages.text(page).count("holds a place") + pages.text(page).count("hold a place") == 1 + others


def test_each_page_of_the_meeting_says_in_which_part_it_is(lead, meeting):
    entry = meeting.speakers_list.inscriptions.first()
    board = f"/secretariat/speakers/inscription/board/{meeting.slug}/"
    where = {
        workspace(meeting): ("The dialogue", "page"),
        LIST.format(meeting): ("List", "page"),
        pages.entry_page(entry): ("List", "true"),
        pages.entry_act(entry, "withdraw"): ("List", "true"),
        board: ("Board", "page"),
        f"{board}plan/": ("Board", "true"),
        f"/secretariat/speakers/laterequest/?speakers_list__id__exact={meeting.speakers_list.pk}": (
            "Late requests",
            "page",
        ),
        f"/secretariat/outbox/message/?about={meeting.slug}": ("Mail", "page"),
        f"/secretariat/dialogue/programmeslot/?meeting__id__exact={meeting.pk}": ("Programme", "page"),
        f"/secretariat/registration/representative/?meeting={meeting.pk}": ("Tickets", "page"),
        f"/secretariat/meetings/{meeting.slug}/figures/": ("Figures", "page"),
        f"/secretariat/journal/entry/?meeting={meeting.pk}": ("Journal", "page"),
        pages.meeting_page(meeting): ("Dates and terms", "page"),
        pages.meeting_act(meeting, "change-order"): ("Dates and terms", "true"),
    }

    found = {address: [each for each in nav(lead.get(address)).items() if each[1]] for address in where}

    assert found == {address: [place] for address, place in where.items()}


@pytest.mark.parametrize(
    "address", ["speakers/laterequest/", "outbox/message/", "speakers/delegation/", "journal/entry/"]
)
def test_a_page_about_no_one_meeting_has_no_navigation_of_one(lead, meeting, address):
    assert nav(lead.get(f"/secretariat/{address}")) == {}


def test_the_journal_of_a_workspace_has_the_acts_of_its_own_meeting_and_of_all_its_lists(lead, meeting):
    second = factories.make_meeting(slug="second", title={"en": "The second"})
    Meeting.objects.filter(pk=second.pk).update(ends_at=second.ends_at + timedelta(days=365))
    panel = factories.make_panel(second)
    with transaction.atomic():
        for each in (second.speakers_list, panel, meeting.speakers_list):
            recording.record("closed", stream=each.journal_stream, subject="list", by=factories.STAFF, at=OPEN)
    workspace_page = lead.get(workspace(second)).content.decode()
    address = unescape(re.search(r'href="([^"]*/journal/entry/[^"]*)"', workspace_page)[1])

    page = lead.get(address)

    assert {each.stream for each in page.context["cl"].result_list} == {second.journal_stream, panel.journal_stream}
    assert nav(page) | {"The second": "", "Journal": "page"} == nav(page)


@pytest.mark.parametrize("nonsense", ["about=none", "about=none/list"])
def test_a_meeting_that_is_not_there_has_no_navigation(lead, meeting, nonsense):
    assert nav(lead.get(f"/secretariat/outbox/message/?{nonsense}")) == {}


def test_the_lists_of_a_meeting_with_several_stand_side_by_side(lead, meeting):
    panel = factories.make_panel(meeting)

    of_main = lead.get(LIST.format(meeting))
    of_panel = lead.get(f"/secretariat/speakers/inscription/board/{meeting.slug}/lists/panel/")

    assert nav(of_main) | {"Main list": "true", "Panel": ""} == nav(of_main)
    assert nav(of_panel) | {"Main list": "", "Panel": "true", "Board": "page"} == nav(of_panel)
    assert f"?meeting={meeting.pk}/{panel.slug}" in of_main.content.decode().replace("%2F", "/")
