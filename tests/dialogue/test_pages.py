"""The public pages of meetings: what they say, and what they cost.  R-01 R-02"""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

import clock
from dialogue.models import Document, DocumentFile, Meeting, ProgrammePerson, ProgrammeSlot, Section
from journal.actors import SYSTEM
from speakers import loading
from tests.factories import OPEN, make_delegation, make_inscription, make_meeting

pytestmark = pytest.mark.django_db
R2P = "/meetings/r2p-2016/"
PAGES = ["/", R2P, f"{R2P}programme/", f"{R2P}speakers/"]
ABOUT = ["/privacy/", "/accessibility/", "/security/", "/how-to-check/", "/verify/"]
FOR_MACHINES = [f"{R2P}programme.ics", f"{R2P}programme.json", f"{R2P}speakers.json"]


@pytest.fixture
def dialogue():
    """The dialogue of 6 September 2016, from its file, at a moment when its list is open."""
    return loading.load(settings.BASE_DIR / "dialogue/meetings/r2p-2016.toml", by=SYSTEM, at=OPEN).meeting


@pytest.fixture
def read(client, dialogue):
    """A function that returns the page at an address as text, with visible white space only, at a moment."""

    def get(address, at=OPEN):
        with clock.stopped(at):
            answer = client.get(address)
        assert answer.status_code == 200
        words = re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[1].split("</main>")[0])
        return re.sub(r"\s+", " ", words.replace("&#x27;", "'").replace("&amp;", "&"))

    return get


class Addresses(HTMLParser):
    """Everything that a browser fetches for a page on its own, and the stylesheets for paper."""

    def __init__(self, html):
        super().__init__()
        self.fetched, self.for_paper, self.inline = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag in {"script", "img", "iframe", "source"} and named.get("type") != "application/ld+json":
            self.fetched.append(named.get("src"))
        if tag == "link" and named["rel"] not in {"alternate", "canonical"}:
            self.fetched.append(named["href"])
            if named.get("media") == "print":
                self.for_paper.append(named["href"])
        self.inline += [name for name in named if name == "style" or name.startswith("on")]


def statements(client, address, at=OPEN):
    """How many statements the page at `address` costs."""
    with (
        clock.stopped(at),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_front_page_names_the_meetings_to_come_and_those_held(client, dialogue):
    make_meeting(
        "later",
        title={"en": "A later meeting"},
        starts_at=datetime(2016, 9, 13, 14, tzinfo=UTC),
        ends_at=datetime(2016, 9, 13, 22, tzinfo=UTC),
    )
    make_meeting("draft", title={"en": "A draft"}, is_published=False)
    held = {"starts_at": datetime(2015, 9, 8, 14, tzinfo=UTC), "ends_at": datetime(2015, 9, 8, 22, tzinfo=UTC)}
    opened = {"opens_at": datetime(2015, 8, 1, tzinfo=UTC)}
    closed = {"closes_at": datetime(2015, 9, 1, tzinfo=UTC)}
    make_meeting("held", title={"en": "The meeting of 2015"}, **held, **opened, **closed)

    with clock.stopped(OPEN):
        words = client.get("/").content.decode()

    order = [words.index(text) for text in ["Upcoming", R2P, "A later meeting", ">Held<", "The meeting of 2015"]]
    assert order == sorted(order)
    assert "A draft" not in words
    assert "The list is open until Thursday, 1 September 2016, 1:00 p.m. (New York time)." in words


def test_a_rehearsal_says_so_on_the_front_page_and_on_its_own(client):
    make_meeting("rehearsal", is_rehearsal=True)

    assert "Rehearsal" in client.get("/").content.decode()
    assert "nothing inscribed here reaches a real list" in client.get("/meetings/rehearsal/").content.decode()


@pytest.mark.parametrize(
    "words",
    [
        "Convened by H.E. Mr. Mogens Lykketoft, President of the General Assembly",
        "Informal interactive dialogue of the General Assembly on the Report of the Secretary-General",
        "Mobilizing Collective Action: The Next Decade of the Responsibility to Protect",
        "Tuesday, 6 September 2016",
        "Hours (New York time) 10:00 a.m.–1:00 p.m. 3:00 p.m.–6:00 p.m.",
        "Trusteeship Council Chamber, United Nations Headquarters, New York",
        "I have the honour to invite you to an informal interactive dialogue",
        "The 6 September 2016 dialogue has several purposes.",
        "The list is open until Thursday, 1 September 2016, 1:00 p.m. (New York time).",
        "Thursday, 1 September 2016, 5:00 p.m. (UTC)",
        "Closes in 1 day.",
        "Statements: up to three minutes",
        "Ms. Antonina Poliakova , General Assembly Affairs Branch poliakova@un.org +1 212-963-5063",
        "Ms. Mary Muturi muturi@un.org",
        "osapg@un.org",
        "A/70/999–S/2016/620",
        "A/RES/60/1 2005 World Summit Outcome, paragraphs 138 and 139",
    ],
)
def test_the_invitation_contains_what_the_letter_and_the_note_say(read, words):
    assert words in read(R2P)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2016, 8, 20, 13, tzinfo=UTC), "Opens in 2 days."),
        (datetime(2016, 8, 20, 13, tzinfo=UTC), "Deadline: Thursday, 1 September 2016, 1:00 p.m. (New York time)"),
        (datetime(2016, 9, 1, 16, 59, tzinfo=UTC), "Closes in 1 minute."),
        (datetime(2016, 9, 1, 16, 59, 59, 999999, tzinfo=UTC), "Closes in less than a minute."),
        (datetime(2016, 9, 1, 17, tzinfo=UTC), "The list was closed on Thursday, 1 September 2016, 1:00 p.m."),
    ],
)
def test_the_state_of_the_list_follows_the_clock(read, at, words):
    assert words in read(R2P, at)


def test_a_closed_list_does_not_invite_to_inscribe(client, read, dialogue):
    assert "Inscribe on the list of speakers" in read(R2P)

    assert "Inscribe" not in read(R2P, dialogue.speakers_list.closes_at)


def test_the_programme_reads_as_in_the_note(read):
    assert read(f"{R2P}programme/").split("All times are New York time. ")[1].strip() == (
        "10:00 a.m. Opening remarks H.E. Mr. Mogens Lykketoft President of the United Nations General Assembly "
        "10:10 a.m. H.E. Mr. Ban Ki-moon Secretary-General of the United Nations Video message "
        "Interactive dialogue Moderator: Mr. Ivan Šimonović Assistant Secretary-General for Human Rights "
        "10:20 a.m. Introductory remarks Mr. Jan Eliasson Deputy Secretary-General "
        "10:30 a.m. Remarks by panellists "
        "Mr. Adama Dieng Special Adviser to the Secretary-General on the Prevention of Genocide "
        "[Presentation of the 2016 Secretary-General’s report] "
        "Dr. Edward Luck former Special Adviser on the Responsibility to Protect "
        "Dr. Jennifer Welsh former Special Adviser on the Responsibility to Protect "
        "The floor opens: the moderator gives the floor to the list of speakers "
        "1:00 p.m. Interactive dialogue adjourns "
        "3:00 p.m. Interactive dialogue resumes "
        "5:50 p.m. Closing remarks H.E. Mr. Mogens Lykketoft President of the United Nations General Assembly "
        "6:00 p.m. Interactive dialogue concludes"
    )


def test_the_programme_for_machines_has_the_promised_form(client, dialogue):
    programme = client.get(f"{R2P}programme.json").json()

    slots = programme.pop("slots")
    assert programme == {
        "slug": "r2p-2016",
        "title": "Informal interactive dialogue of the General Assembly on the Report of the Secretary-General on the "
        "Responsibility to Protect",
        "time_zone": "America/New_York",
        "venue": "Trusteeship Council Chamber, United Nations Headquarters, New York",
        "inscription_opens_at": "2016-08-22T09:00:00-04:00",
        "inscription_closes_at": "2016-09-01T13:00:00-04:00",
        "sittings": [
            {"starts_at": "2016-09-06T10:00:00-04:00", "ends_at": "2016-09-06T13:00:00-04:00"},
            {"starts_at": "2016-09-06T15:00:00-04:00", "ends_at": "2016-09-06T18:00:00-04:00"},
        ],
    }
    assert slots[1] == {
        "starts_at": "2016-09-06T10:10:00-04:00",
        "kind": "opening",
        "title": "Opening remarks",
        "persons": [
            {"name": "H.E. Mr. Ban Ki-moon", "role": "Secretary-General of the United Nations", "by_video": True}
        ],
    }
    assert slots[5]["starts_at"] is None
    assert [len(slot["persons"]) for slot in slots] == [1, 1, 1, 1, 3, 0, 0, 0, 1, 0]


def test_the_list_is_provisional_and_names_its_bands(read, dialogue):
    make_inscription(dialogue, make_delegation("KEN", "Kenya"))
    make_inscription(dialogue, make_delegation("RWA", "Rwanda"), capacity="group", group_name="Group of Friends")
    make_inscription(dialogue, make_delegation("VAT", "Holy See", band="observer_states", category="observer_state"))

    words = read(f"{R2P}speakers/")

    assert "3 entries are on the list." in words
    assert "Provisional. The list as it stood on Wednesday, 31 August 2016, 1:00 p.m. (New York time)." in words
    places = re.findall(
        r"(Groups|Member States|Observer States) Place Delegation Likely turn Level (\d) (\w+(?: See)?)", words
    )
    assert places == [("Groups", "1", "Rwanda"), ("Member States", "2", "Kenya"), ("Observer States", "3", "Holy See")]
    assert "on behalf of Group of Friends" in words


@pytest.mark.parametrize("address", [*PAGES, *ABOUT, *FOR_MACHINES])
def test_a_public_page_sets_no_cookie_and_allows_nothing_from_elsewhere(client, dialogue, address):
    answer = client.get(address)

    policy = answer["Content-Security-Policy"]
    assert not answer.cookies
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "public" in answer["Cache-Control"]
    # Of all cookies, one alone decides on such a page: that of the language.
    assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))


@pytest.mark.parametrize("address", PAGES + ABOUT)
def test_a_public_page_fetches_from_its_own_host_alone_and_has_a_stylesheet_for_paper(client, dialogue, address):
    page = Addresses(client.get(address).content.decode())

    assert page.fetched
    assert [each for each in page.fetched if not each.startswith("/static/")] == []
    assert page.for_paper == ["/static/css/print.css"]
    assert page.inline == []


@pytest.mark.parametrize("address", [*PAGES[1:], *FOR_MACHINES])
def test_a_meeting_that_is_not_published_does_not_exist(client, dialogue, address):
    Meeting.objects.update(is_published=False)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [*PAGES, *[each for each in ABOUT if each != "/verify/"], *FOR_MACHINES])
def test_a_public_page_is_only_read(client, dialogue, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", PAGES + ABOUT + FOR_MACHINES)
def test_a_public_page_costs_at_most_four_statements_however_much_it_shows(client, address):
    first = make_meeting("r2p-2016")
    more(first, documents=1, slots=1, inscriptions=1)
    few = statements(client, address)

    more(first, documents=4, slots=5, inscriptions=6)
    for number in range(3):
        make_meeting(f"another-{number}")
    many = statements(client, address)

    assert few == many <= 4


def more(meeting, *, documents, slots, inscriptions):
    """Give `meeting` more of everything that its pages show."""
    for _ in range(documents):
        Section.objects.create(meeting=meeting, heading={"en": "Background"}, text={"en": "As decided."})
        document = Document.objects.create(meeting=meeting, symbol="A/69/981", title={"en": "Report"})
        DocumentFile.objects.create(document=document, size=1, sha256="0" * 64, content=b"0")
    begun = meeting.slots.count()
    for number in range(begun, begun + slots):
        at = meeting.starts_at + timedelta(minutes=number)
        slot = ProgrammeSlot.objects.create(
            meeting=meeting, position=number, kind="panel", title={"en": "Remarks"}, starts_at=at
        )
        ProgrammePerson.objects.create(slot=slot, name="Panellist", role={"en": "Adviser"})
    begun = meeting.speakers_list.inscriptions.count()
    for number in range(begun, begun + inscriptions):
        make_inscription(meeting, make_delegation(f"D{number}"))
