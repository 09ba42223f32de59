"""In Arabic, every name that is typed in another script stands apart from the sentence around it, on every page."""

from html.parser import HTMLParser

import pytest

import clock
from registration.models import Organization, Representative, TicketRequest
from speakers.models import FocalPoint, Inscription, LateRequest
from tests.hostile import addresses, meetings
from tests.hostile.meetings import AT
from tests.hostile.visitors import PUBLIC, Browser

pytestmark = pytest.mark.django_db
NAME = "Zoë (2)"
FIRST_STRONG, END = "\u2068", "\u2069"
# Within these a name keeps its direction: they isolate it, or show nothing but it as typed.
APART = {"bdi", "input", "textarea", "option", "code", "pre", "script", "style", "title"}
# Cells and fields of the secretariat, which its style sheet isolates.
CELLS = ("readonly", "field-")
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Names(HTMLParser):
    """Where a page has the name: the text around it, if neither an element nor characters isolate it."""

    def __init__(self, html, *, is_public=True):
        super().__init__()
        self.is_public = is_public
        self.open, self.loose, self.found = [], [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag not in EMPTY:
            given = dict(attrs)
            is_cell = str(given.get("class", "")).startswith(CELLS) and not self.is_public
            self.open.append((tag, is_cell or tag in APART or given.get("dir") in {"auto", "ltr"}))

    def handle_endtag(self, tag):
        while self.open and any(each == tag for each, _apart in self.open):
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data):
        if NAME not in data:
            return
        self.found += data.count(NAME)
        if not any(apart for _tag, apart in self.open) and is_loose(data):
            inside = " ".join(tag for tag, _apart in self.open[-3:])
            self.loose.append(f"<{inside}> {' '.join(data.split())[:120]}")


def is_loose(text):
    """Does the name stand in `text` outside of characters that isolate it?"""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == FIRST_STRONG) - (letter == END)
        if depth == 0 and text.startswith(NAME, place):
            return True
    return False


def let_all_be_called_so():
    """Let everyone have the name, and the organizations and groups too."""
    for model in (Inscription, LateRequest):
        model.objects.exclude(speaker_name="").update(speaker_name=NAME)
        model.objects.update(contact_name=NAME, speaker_title=f"Minister {NAME}", note=NAME)
    Inscription.objects.exclude(group_name="").update(group_name=NAME)
    FocalPoint.objects.update(name=NAME)
    Organization.objects.update(name=NAME)
    TicketRequest.objects.update(contact_name=NAME)
    Representative.objects.update(first_name="Zoë", last_name="(2)", latin_first_name="", topic=NAME)


@pytest.mark.parametrize("text", [f"من {NAME} إلى", f"{FIRST_STRONG}من{END} {NAME}"])
def test_a_name_in_a_sentence_without_anything_around_it_is_found(text):
    assert Names(f"<p>{text}</p>").loose
    assert not Names(f"<p>من <bdi>{NAME}</bdi> إلى {FIRST_STRONG}{NAME}{END}</p><td dir=auto>{NAME}</td>").loose


def test_on_every_page_in_arabic_a_typed_name_stands_apart():
    meetings.full()
    let_all_be_called_so()
    loose, found = {}, 0

    with clock.stopped(AT):
        # The heading of a history is Django’s own sentence.
        pages = [each for each in addresses.every() if not each.is_slow and not each.route.endswith("_history")]
        for visitor in ("superuser", PUBLIC[1]):
            browser = Browser(visitor)
            for each in pages:
                answer = browser.get(each.path, headers={"accept-language": "ar"})
                if answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
                    continue
                if each.route.endswith("_board"):  # light by a test: its style sheet isolates the cells
                    continue
                names = Names(answer.getvalue().decode(), is_public=not each.is_of_staff)
                found += names.found
                loose |= {f"{each.route}: {one}": each.path for one in names.loose}

    assert found > 100
    assert not loose, "\n".join(sorted(loose))
