"""Every kind of mail in all six languages, as text and as HTML, as a mail server gets it.  R-10"""

import email
import email.policy
import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language_info

import clock
from deploy.messages import checking, glossary
from outbox import desk, kinds
from outbox.delivery import sweeping
from outbox.models import Message
from tests.factories import OPEN
from tests.languages import every_mail
from tests.outbox import smtp_server
from tests.outbox.conftest import use_port

LOCALES = {"ar": "ar", "zh-hans": "zh_Hans", "en": "en", "fr": "fr", "ru": "ru", "es": "es"}
MARKS = dict.fromkeys(map(ord, "\u2068\u2069"))
ARABIC = re.compile("[\u0600-\u06ff]")
ADDRESS = re.compile(r"\S+://\S+|\S+@\S+")
LATIN = re.compile(r"(?<![\w@./:&=?-])[A-Za-z]{2,}")
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)|\{\{|\{%|\bNone\b")
LOADED = {"img", "script", "link", "iframe", "object", "form", "audio", "video"}


class Page(HTMLParser):
    """What a mail program would show: the words, the links (address, words), the tags with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.words, self.open = [], [], {}, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in {"br", "meta"}:
            self.open.append(tag)
        if tag == "a":
            self.links.append([dict(attrs)["href"], ""])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        for tag in self.open:
            self.words[tag] = self.words.get(tag, "") + data
        if "a" in self.open:
            self.links[-1][1] += data

    def all(self, name):
        return [attributes for tag, attributes in self.tags if tag == name]


class Sent:
    """A mail as it was received: its row as it was written, its headers, its text and its page."""

    def __init__(self, content, rows):
        self.received = email.message_from_bytes(content, policy=email.policy.default)
        self.row = rows[self.received["Message-ID"]]
        assert self.received.get_content_type() == "multipart/alternative"
        plain, html = self.received.iter_parts()
        assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
        self.plain, self.html = (part.get_content().replace("\r\n", "\n") for part in (plain, html))
        self.page = Page(self.html)

    def __repr__(self):
        return self.row.kind

    @property
    def lines(self):
        """Every line that is read, in the subject, the text and the page."""
        words = "\n".join([self.received["Subject"], self.plain, self.page.words["body"]])
        return words.translate(MARKS).split("\n")


KEPT: dict[str, list[Sent]] = {}


@pytest.fixture
def sent_in(db, settings):
    """A function that sends every mail in one language to a mail server, once. Returns them as they were received."""

    def send(language):
        if language not in KEPT:
            with clock.stopped(OPEN), smtp_server.running(server := smtp_server.Server()) as port:
                use_port(settings, port)
                settings.EMAIL_TIMEOUT = 20
                with transaction.atomic():
                    KEPT[language] = _send(language, server)
                    transaction.set_rollback(True)
        return KEPT[language]

    return send


def _send(language, server):
    every_mail.post_all(language)
    for draft in Message.objects.held():
        desk.release(draft, at=OPEN)
    sweeping.drain()
    rows = {row.message_id: row for row in Message.objects.all()}
    return [Sent(content, rows) for _recipients, content in server.accepted]


@pytest.mark.parametrize("language", LOCALES)
def test_every_kind_of_mail_is_sent_in_the_language_as_text_and_html(sent_in, language):
    mails = sent_in(language)

    info = get_language_info(language)
    assert {mail.row.kind for mail in mails} == set(kinds.named())
    assert {mail.row.language for mail in mails} == {language}
    for mail in mails:
        [html] = mail.page.all("html")
        assert html == {"lang": language, "dir": "rtl" if info["bidi"] else "ltr"}, mail
        assert mail.received["Content-Language"] == language
        assert mail.received["Subject"].strip().translate(MARKS) == mail.row.subject.translate(MARKS)
        assert mail.plain.translate(MARKS) == mail.row.body.translate(MARKS) or (
            mail.row.is_secret and not mail.row.body
        ), mail
        assert not PLACEHOLDER.search(mail.plain + mail.received["Subject"]), mail


@pytest.mark.parametrize("language", LOCALES)
def test_each_page_is_accessible_and_loads_nothing(sent_in, language):
    for mail in sent_in(language):
        page = mail.page
        assert page.words["h1"] == page.words["title"] == mail.received["Subject"].strip(), mail
        assert len(page.all("h1")) == len(page.all("title")) == 1
        assert all(attributes["scope"] == "row" for attributes in page.all("th"))
        assert not LOADED & {tag for tag, _attributes in page.tags}, mail
        assert not re.search(r"\bsrc|url\(|@import|\son\w+=", mail.html), mail
        assert len(page.links) == mail.plain.count(settings.SITE_URL), mail
        for address, words in page.links:
            assert address.startswith(f"{settings.SITE_URL}/"), mail
            assert len(words.strip()) > 1, mail
            assert settings.SITE_URL not in words, mail


@pytest.mark.parametrize("language", [code for code in LOCALES if code != "en"])
def test_nothing_is_left_in_english(sent_in, language):
    words, english = glossary.read(settings.BASE_DIR), {line for mail in sent_in("en") for line in mail.lines}

    for mail in sent_in(language):
        for line in mail.lines:
            assert not checking.english_in(line, english, LOCALES[language], words), (mail, line)


def test_english_that_was_left_would_be_noticed(sent_in):
    words, english = glossary.read(settings.BASE_DIR), {line for mail in sent_in("en") for line in mail.lines}

    noticed = [
        any(checking.english_in(line, english, locale, words) for line in english)
        for locale in ("ar", "ru", "fr", "es")
    ]
    assert noticed == [True] * 4


def test_in_arabic_each_latin_name_is_set_apart(sent_in):
    mails = sent_in("ar")

    apart = [re.findall("\u2068([^\u2069]*)\u2069", mail.plain + mail.html) for mail in mails]
    assert any("RWANDA" in names for names in apart)
    for mail in mails:
        for line in mail.plain.split("\n"):
            around = ADDRESS.sub("", re.sub("\u2068[^\u2069]*\u2069", "", line))
            assert not (ARABIC.search(line) and LATIN.search(around)), (mail, line)
