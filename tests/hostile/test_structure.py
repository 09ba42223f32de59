"""Every page of the site as assistive technology finds it: headings, landmarks, tables, fields, names, titles."""

import re
from collections import defaultdict

import pytest

from tests.hostile import addresses, structure
from tests.hostile.visitors import PUBLIC, Browser

pytestmark = pytest.mark.django_db
KNOWN = {
    # Django's own: a field that only password managers read, and a hint that has another id than the field says.
    "field username has no name",
    "aria-describedby names id_password_helptext, which is not there",
    # Two places for one table of contents; the width of the window shows one of them.
    "2 times nav “On this page”",
}
# The acts on a meeting with one list are on its page and on that of the list.
DOORS_TO_ONE_ACT = re.compile(r"/(dialogue/meeting|speakers/speakerslist)/\d+/acts/")
# How titles begin that pages share: of Django, and pages behind links of which a person has only one.
SHARED = (
    "Second factor |",
    "Change history: ",
    "Select group to change |",
    "Add group |",
    "Sign in: ",
    "Cancel tickets ·",
)
# A page with one fault of each kind; each stands where the check for it looks.
POOR = """<html><h1>One</h1><h1>Two</h1><h3>Below</h3><h2></h2><main></main><main></main><nav></nav>
<nav aria-label="Site"></nav><nav aria-label="Site"></nav><table><tr><th>A<td>1</table><table><caption>B</caption>
<tr><td>1</table><input name="word"><a href="/"><i></i></a><button></button><img src="a.png"><svg></svg>
<p id="a"></p><p id="a"></p><label for="b">C</label></html>"""


def test_each_fault_of_a_poor_page_is_found():
    assert structure.faults(POOR) == [
        "the page has no language",
        "the page has no title",
        "2 headings of the first level",
        "“Below” is an h3 after level 1",
        "an empty h2",
        "2 main parts",
        "a nav without a name",
        "2 times nav “Site”",
        "table None has no caption",
        "heading “A” of a table has no scope",
        "table None has no headings",
        "field word has no name",
        "a a without words",
        "a button without words",
        "picture a.png has no alternative",
        "drawing None is neither hidden nor named",
        "2 elements with the id a",
        "for names b, which is not there",
    ]


@pytest.fixture(scope="module")
def pages(scene):
    """The pages that anyone is shown: visitor, address and text of each."""
    found, seen = list(addresses.every()), []
    for visitor in ("superuser", *PUBLIC):
        browser = Browser(visitor)
        for each in found:
            answer = None if each.is_slow else browser.get(each.path)
            is_whole = answer is not None and answer.status_code == 200 and not answer.streaming
            if is_whole and answer.content[:15].lower() == b"<!doctype html>":
                seen.append((visitor, each, answer.content.decode()))
    return seen


def test_nothing_in_any_page_stands_in_the_way(pages):
    found = defaultdict(set)

    for _visitor, each, html in pages:
        for fault in set(structure.faults(html)) - KNOWN:
            found[fault].add(each.pattern)

    assert len(pages) > 400
    assert found == {}


def test_no_two_pages_have_the_same_title(pages):
    titles = defaultdict(set)

    for visitor, each, html in pages:
        titles[visitor, structure.title(html)].add(DOORS_TO_ONE_ACT.sub("/acts/", each.path))

    shared = {title: paths for (_visitor, title), paths in titles.items() if len(paths) > 1}
    assert {title: paths for title, paths in shared.items() if not title.startswith(SHARED)} == {}
