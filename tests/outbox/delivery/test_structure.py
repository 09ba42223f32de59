"""A plain text as it is structured for HTML: every word once, links with words, nothing of it markup."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbox.delivery import dress
from outbox.delivery.structure import Piece, blocks

SITE = "http://localhost:8000"
RECORDED = """Your inscription was changed.

What is recorded

Delegation: Rwanda
Speaker: H.E. Ms. Name
Witness: 00ff
How to check it: http://localhost:8000/check/

Reason:
The level is higher"""


def told(text):
    """Each block of `text`: its kind, and its rows as words, with the label of a fact."""
    return [
        (block.kind, [row.label + "".join(piece.words for piece in row.pieces) for row in block.rows])
        for block in blocks(text)
    ]


def links(text):
    return [tuple(piece) for block in blocks(text) for row in block.rows for piece in row.pieces if piece.address]


def test_facts_are_a_table_with_a_heading_and_other_lines_are_paragraphs():
    assert told(RECORDED) == [
        ("paragraph", ["Your inscription was changed."]),
        ("heading", ["What is recorded"]),
        ("facts", ["Delegation:Rwanda", "Speaker:H.E. Ms. Name", "Witness:00ff"]),
        ("paragraph", ["How to check it"]),
        ("paragraph", ["Reason:", "The level is higher"]),
    ]


@pytest.mark.parametrize("colon", [": ", "\u00a0: ", "："])
def test_a_table_of_facts_is_found_in_each_way_of_writing_a_colon(colon):
    [(kind, rows)] = told(f"Délégation{colon}Rwanda\nOratrice{colon}Nom")

    assert (kind, len(rows)) == ("facts", 2)


def test_one_fact_alone_is_a_line_and_an_hour_is_no_fact():
    assert told("Meeting: the dialogue") == [("paragraph", ["Meeting: the dialogue"])]
    assert told("at 10:40\nat 11:40") == [("paragraph", ["at 10:40", "at 11:40"])]


def test_lines_with_a_dash_and_lines_that_count_are_lists():
    points, numbers, torn = blocks("- one\n- two\n\n3. three\n4. four\n\n3. three\n5. five")

    assert [points.kind, numbers.kind, numbers.first, torn.kind] == ["points", "numbers", 3, "paragraph"]
    assert [row.pieces for row in torn.rows] == [[Piece("3. three")], [Piece("5. five")]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"It is open. Sign in at:\n{SITE}/a/", "Sign in at"),
        (f"Sign in at:\n\n{SITE}/a/", "Sign in at"),
        (f"Connectez-vous\u00a0:\n{SITE}/a/", "Connectez-vous"),
        (f"已开放。请登录：\n{SITE}/a/", "请登录"),
        (f"How to check it: {SITE}/a/", "How to check it"),
        (f"Its place is 3.\nEntry\n{SITE}/a/", "Entry"),
        (f"Its place is 3.\n{SITE}/a/", f"{SITE}/a/"),
        (f"Its place is 3\n\n{SITE}/a/", f"{SITE}/a/"),
        (f"Go to {SITE}/a/ now", f"{SITE}/a/"),
        (f"{SITE}/a/。", f"{SITE}/a/"),
    ],
)
def test_an_address_of_this_site_is_a_link_with_the_words_that_announce_it(text, words):
    assert links(text) == [(words, f"{SITE}/a/")]


@pytest.mark.parametrize(
    "text", ["https://elsewhere.example/", f"{SITE}.elsewhere.example/", "javascript:alert(1)", f"{SITE}@x.example/"]
)
def test_no_other_address_is_a_link(text):
    assert links(f"See: {text}") == []


class Read(HTMLParser):
    """The words of a page without its head, its tags, and what was opened and never closed."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.open, self.words = [], [], ""
        self.feed(page.partition("</head>")[2].removesuffix("</html>\n"))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


def letters(text):
    return re.sub(r"[\s:：.-]|\d", "", text)


TAGS = {"body", "h1", "h2", "p", "br", "ul", "ol", "li", "table", "tr", "th", "td", "bdi", "a"}
PARTS = st.sampled_from(
    [SITE, f"{SITE}/a?b=1&c=2", "<b>", "&amp;", "'\"", "- ", "1. ", "a: ", ":", "：", "{x}", "\n", " "]
)


@given(st.lists(PARTS | st.text(max_size=8), max_size=20).map("".join))
def test_every_word_of_any_text_is_kept_and_none_is_markup(text):
    page = Read(dress.html("Subject", text, "en"))

    own = text
    for words, address in links(text):
        own = own if words == address else own.replace(address, "", 1)
    assert page.open == []
    assert set(page.tags) <= TAGS
    assert sorted(letters(page.words)) == sorted(letters("Subject" + own))
