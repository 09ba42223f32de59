"""Every page of the site as assistive technology finds it: headings, landmarks, tables, fields, names."""

from collections import defaultdict

import pytest

from tests.hostile import addresses, structure
from tests.hostile.visitors import PUBLIC, Browser

pytestmark = pytest.mark.django_db


def pages(visitor, found):
    """The pages at the addresses `found` that `visitor` is shown, each with its address."""
    browser = Browser(visitor)
    for each in found:
        if each.is_slow:
            continue
        answer = browser.get(each.path)
        is_page = answer.status_code == 200 and not answer.streaming
        if is_page and answer.content[:15].lower() == b"<!doctype html>":
            yield each, answer.content.decode()


def test_every_page(scene):
    found, titles = defaultdict(set), defaultdict(set)

    known = list(addresses.every())
    for visitor in ("superuser", *PUBLIC):
        for each, html in pages(visitor, known):
            for fault in structure.faults(html):
                found[fault].add(each.pattern)
            titles[structure.title(html)].add(each.path)
    with open("/tmp/h/structure.txt", "w") as f:
        for k, v in sorted(found.items(), key=lambda p: -len(p[1])):
            print(len(v), k, sorted(v)[:5], file=f)
        for k, v in titles.items():
            if len(v) > 1:
                print("TITLE", k, sorted(v)[:6], file=f)
