"""The note on the page of its meeting: the letter, sections with footnotes, documents that are files."""

import re

import pytest
from django.conf import settings
from django.utils import translation
from i18nfield.strings import LazyI18nString

import clock
from dialogue.documents import enclosing, printed
from dialogue.documents.enclosing import Enclosure
from dialogue.models import Document, Section, texts
from journal.actors import SYSTEM
from speakers import loading
from tests.factories import OPEN, make_meeting
from tests.floor.statements.files import pdf

pytestmark = pytest.mark.django_db
R2P = settings.BASE_DIR / "dialogue/meetings/r2p-2016.toml"


@pytest.fixture
def dialogue():
    return loading.load(R2P, by=SYSTEM, at=OPEN).meeting


def page_of(client, meeting):
    with clock.stopped(OPEN):
        return client.get(meeting.get_absolute_url()).content.decode()


def words_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("&#x27;", "'")


def section(meeting, heading="Background", text="As decided.", notes="", **more):
    return Section.objects.create(
        meeting=meeting, heading=in_languages(heading), text=in_languages(text), footnotes=in_languages(notes), **more
    )


def in_languages(given):
    return LazyI18nString(given if isinstance(given, dict) else {"en": given})


def enclosed(meeting, content=None, **more):
    document = Document.objects.create(meeting=meeting, title={"en": "Concept note"}, **more)
    enclosing.enclose(document, Enclosure(content or pdf()))
    return document


def test_the_letter_is_whole(client, dialogue):
    words = words_of(page_of(client, dialogue))

    parts = [
        "The President of the General Assembly 22 August 2016 Excellency, I have the honour to invite you",
        "The event will provide a forum for Member States to assess the obstacles",
        "in this important meeting. Please accept, Excellency, the assurance of my highest consideration. (Signed)",
        "Mogens Lykketoft To all Permanent Representatives and Permanent Observers to the United Nations New York",
        "Enclosures Concept note, on this page Programme of the meeting",
    ]
    places = [words.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_the_sections_of_the_note_stand_in_its_order_with_both_footnotes(client, dialogue):
    words = words_of(page_of(client, dialogue).split("<main")[1])

    parts = [
        "Background At the 2005 World Summit 1 , Member States",
        "6 September 2016 [printed: 2015].",
        "A/RES/60/1, paragraphs 138 and 139. ↩ A/RES/63/308 ↩",
        "Purpose The 6 September 2016 dialogue has several purposes.",
        "Expected outcomes The fact that genocide",
        "Provisional programme The informal, interactive dialogue",
        "Delegations are encouraged to engage in an open and interactive discussion.",
    ]
    places = [words.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_every_link_within_the_page_leads_somewhere(client, dialogue):
    html = page_of(client, dialogue)

    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    leads_to = set(re.findall(r'href="#([^"]+)"', html))
    assert leads_to <= set(ids)
    assert {"note-background", "footnote-1", "mark-1", "footnote-2", "mark-2", "documents"} <= leads_to


def test_a_meeting_without_a_letter_and_a_note_has_neither_paper_nor_contents(client):
    meeting = make_meeting(invitation={"en": "Please come."})

    html = page_of(client, meeting)

    assert "Please come." in html
    for absent in ("paper", "Enclosures", "On this page", "contents.js"):
        assert absent not in html


def test_footnotes_are_numbered_through_all_sections_and_headings_that_repeat_have_places_of_their_own(client):
    meeting = make_meeting()
    section(meeting, text="One[^1]. Two[^2], and one again[^1].", notes="First\n\nSecond", position=1)
    section(meeting, text="Three[^1].", notes="Third", position=2)
    section(meeting, "…", position=3)

    first, second, third = printed.read(meeting)[0]

    assert [each.anchor for each in (first, second, third)] == ["note-background", "note-background-2", "note-3"]
    assert [(each.number, each.text) for each in first.footnotes + second.footnotes] == [
        (1, "First"),
        (2, "Second"),
        (3, "Third"),
    ]
    assert re.findall(r'id="mark-(\d)" href="#footnote-(\d)"', first.body + second.body) == [
        ("1", "1"),
        ("2", "2"),
        ("3", "3"),
    ]
    assert first.body.count('href="#footnote-1"') == 2


def test_no_text_becomes_markup_and_a_mark_without_a_footnote_stays_text():
    meeting = make_meeting()
    section(meeting, "<b>", "<script>[^1]</script>[^7][^1]", '<img src="x">')

    (only,), *_others = printed.read(meeting)

    assert "<script>" not in only.body
    assert "[^7]" in only.body
    assert only.footnotes[0].text == '<img src="x">'


def test_what_is_not_written_in_the_language_of_the_reader_is_marked_with_its_own():
    both = in_languages({"en": "As decided.[^1]", "fr": "Comme décidé.[^1]"})

    with translation.override("fr"):
        assert [texts.language_of(each) for each in (both, in_languages("English"), "English")] == ["fr", "en", "en"]
        meeting = make_meeting()
        section(meeting, "Background", both.data, {"en": "Note", "fr": "Note de bas de page"})
        (only,), *_others = printed.read(meeting)
        assert only.footnotes[0].text == "Note de bas de page"


@pytest.mark.parametrize(
    ("text", "lines", "said"),
    [
        ("One[^1].", "First", []),
        ("None.", "", []),
        ("One[^1], three[^3].", "First", [("text", "The text points to footnote 3, which is not there (English).")]),
        ("One.", "First", [("footnotes", "Write [^1] in the text where footnote 1 belongs (English).")]),
        (
            {"en": "One[^1].", "fr": "Un."},
            "First",
            [("footnotes", "Write [^1] in the text where footnote 1 belongs (French).")],
        ),
        ("One[^1].", {"fr": "Un"}, [("text", "The text points to footnote 1, which is not there (English).")]),
    ],
)
def test_marks_and_footnotes_belong_together_in_each_language(text, lines, said):
    assert list(texts.objections(in_languages(text), in_languages(lines))) == said


def test_a_file_is_listed_with_its_size_and_is_saved_by_a_browser_that_never_shows_it(client):
    meeting = make_meeting()
    document = enclosed(meeting, symbol="A/70/999–S/2016/620", link="https://undocs.org/A/70/999")
    address = f"/meetings/{meeting.slug}/documents/{document.file.sha256}.pdf"

    html = page_of(client, meeting)
    answer = client.get(address)

    assert f'href="{address}"' in html
    assert "elsewhere on the web" in html
    assert b"".join(answer) == pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{meeting.slug}-a-70-999s-2016-620.pdf"'
    assert answer["Content-Length"] == str(len(pdf()))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "public, max-age=86400, immutable"
    assert not answer.cookies
    assert "Vary" not in answer or "cookie" not in answer["Vary"].lower()


def test_an_enclosure_stands_with_the_letter_and_not_among_the_documents(client):
    meeting = make_meeting(invitation={"en": "Please come."})
    enclosed(meeting, is_enclosure=True)

    html = page_of(client, meeting)

    assert html.count("Concept note") == 1
    assert "Enclosures" in html
    assert 'id="documents"' not in html


def test_one_file_of_two_documents_has_one_address_and_that_of_another_meeting_is_not_there(client):
    meeting, other = make_meeting(), make_meeting("other")
    sha256 = enclosed(meeting).file.sha256
    enclosed(meeting)

    assert client.get(f"/meetings/{meeting.slug}/documents/{sha256}.pdf").status_code == 200
    assert client.get(f"/meetings/{other.slug}/documents/{sha256}.pdf").status_code == 404
    assert client.get(f"/meetings/{meeting.slug}/documents/{'0' * 64}.pdf").status_code == 404
