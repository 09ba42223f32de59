"""Programmes of real meetings: what the pages show is what stands in their files, day by day.  R-64"""

import re
import tomllib
from collections import defaultdict
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from dialogue.models import Meeting
from journal.actors import SYSTEM
from speakers import loading
from tests.factories import make_delegation

pytestmark = pytest.mark.django_db
AT = datetime(2016, 8, 1, 14, 0, tzinfo=UTC)
FILES = [
    settings.BASE_DIR / "dialogue/meetings/r2p-2016.toml",
    *sorted(path for path in (Path(__file__).parent / "data").glob("*.toml") if path.stem != "everything"),
]
IDS = [path.stem for path in FILES]


def shown(path):
    """The meeting of the file `path`, loaded and published, and the page of its programme."""
    make_delegation("AUL")
    meeting = loading.load(path, by=SYSTEM, at=AT).meeting
    Meeting.objects.filter(pk=meeting.pk).update(is_published=True)
    return meeting, Client().get(f"/meetings/{meeting.slug}/programme/").content.decode()


def text_of(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def days_of(page, zone):
    """For each day that the `page` names, or "" if it names none, the hours in `zone` and the persons of its lines."""
    days = {}
    parts = re.split(r'<h2 class="day">(.*?)</h2>', page)
    for day, html in [("", parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]:
        if lines := re.findall(r'<li class="slot .*?</li>', html, re.DOTALL):
            days[text_of(day)] = [_line(line, zone) for line in lines]
    return days


def _line(html, zone):
    begins = re.search(r'datetime="([^"]+)"', html)
    hour = f"{datetime.fromisoformat(begins[1]).astimezone(zone):%H:%M}" if begins else ""
    return hour, [text_of(name) for name in re.findall(r"<strong>(.*?)</strong>", html)]


def days_in(path):
    """For each day of the file `path` the hours and the persons of its slots; one without an hour goes on."""
    slots = tomllib.loads(path.read_text(encoding="utf-8")).get("slots", [])
    days, day = defaultdict(list), next((slot["starts_at"].date() for slot in slots if "starts_at" in slot), None)
    for slot in slots:
        begins = slot.get("starts_at")
        day = begins.date() if begins else day
        names = [person["name"] for person in slot.get("persons", [])]
        days[day].append((f"{begins:%H:%M}" if begins else "", names))
    return days


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_each_day_of_the_programme_is_shown_as_its_file_has_it(path):
    meeting, page = shown(path)
    expected = days_in(path)
    if meeting.has_several_days:
        expected = {f"{day:%A}, {day.day} {day:%B %Y}": lines for day, lines in expected.items()}

    found = days_of(page, meeting.zone)

    assert list(found.values()) == list(expected.values())
    assert [day for day in found if day] == [day for day in expected if meeting.has_several_days]
