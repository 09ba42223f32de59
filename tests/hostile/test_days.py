"""Every page and mail of a meeting of two days: no time of day is without its day.  R-64"""

import re
from html import unescape

import pytest

import clock
from outbox.delivery import writing
from outbox.models import Message
from tests.hostile import addresses, meetings
from tests.hostile.meetings import AT, SLUG
from tests.hostile.surface import page_at
from tests.hostile.visitors import PUBLIC, Browser
from tests.scenes import undone
from tests.upgrade import scene as upgrade

pytestmark = pytest.mark.django_db
TIME = r"\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: [ap]\.m\.)?"
DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, )?\d{1,2} [A-Z][a-z]+(?: \d{4})?"
# A time after its day, or a range on its day, or beside one: “6 July, about 3:40 p.m. (3:25–4:05 p.m.)”.
DATED = re.compile(rf"{DAY}, (?:about )?{TIME}(?:–{TIME})?(?: \({TIME}–{TIME}\))?|{TIME} on {DAY}")
ALONE = re.compile(rf"(?<![\d:.]){TIME.replace('(?: [ap]', '(?: [ap]', 1).removesuffix('?')}")
# Where a time stands alone: what is before it and says its day is `kept`, and looked at itself.
CELL = r"<td>[^<]*</td>"
NUMERAL = r'<td class="numeral">[^<]*</td>'
HEADED = {
    "the hours of the meeting under their days": r'<dd class="day">.*?</div>',
    "a line of the programme under the day": r'<p class="slot-time">.*?</p>',
    "the clock of now, which runs": r"<(\w+)[^>]*data-time=.*?</\1>",
    "an hour of a plot, whose sitting has its day": r"<svg\b.*?</svg>",
    "the end of a stretch of a plot, after its beginning": rf"(?P<kept>{CELL}\s*){CELL}(?=\s*<td>\d+</td>)",
    "the end of a statement, after its beginning": rf"(?P<kept>{NUMERAL}\s*){NUMERAL}(?=\s*{NUMERAL}\s*{NUMERAL})",
    "the end of an interruption, after its beginning": rf"(?P<kept>{CELL}\s*){CELL}(?=\s*</tr>)",
    "the end of a sitting, after its name": rf'<th scope="row">[^<]*</th>\s*{CELL}|<dt>Sitting</dt><dd>[^<]*</dd>',
    "the hours of the sittings of a bar, under its day": r'<ul class="day-bar-key">.*?</ul>',
    "the letter, as it was written": r'<div class="(?:prose|paper-body)[^>]*>.*?</div>',
    "what people write": r"<(textarea|script)\b.*?</\1>",
}


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker, tmp_path_factory):
    """The full meeting, whose afternoon is on the next day, from its file on."""
    file = tmp_path_factory.mktemp("days") / upgrade.FILE.name
    text = upgrade.FILE.read_text(encoding="utf-8")
    file.write_text(re.sub(r"2016-09-06T(?=1[578]:)", "2016-09-07T", text), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), clock.stopped(AT), undone():
        patch.setattr(upgrade, "FILE", file)
        meetings.full()
        yield


def times_alone(page):
    """The times of day on the `page` without a day, each with what is around it."""
    for pattern in HEADED.values():
        page = re.sub(pattern, lambda found: found.groupdict().get("kept", " "), page, flags=re.DOTALL)
    words = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))
    words = DATED.sub("…", words)
    return [words[max(0, found.start() - 60) : found.end() + 20] for found in ALONE.finditer(words)]


@pytest.mark.parametrize("visitor", ["superuser", *PUBLIC])
def test_no_page_has_a_time_of_day_without_its_day(scene, visitor):
    browser = Browser(visitor)
    found = {}

    for address in addresses.every():
        if SLUG in address.path and not address.is_slow:
            found[address.path] = times_alone(page_at(address, browser))

    assert {path: alone for path, alone in found.items() if alone} == {}


def test_no_mail_has_a_time_of_day_without_its_day(scene):
    mails = list(Message.objects.filter(kind__startswith="speakers", about=SLUG))

    for mail in mails:
        writing.write(mail, at=AT)

    assert any(DATED.search(mail.body) for mail in mails)
    assert {mail.kind: alone for mail in mails if (alone := times_alone(mail.body))} == {}


@pytest.mark.parametrize("words", ["The list ends at 3:25 p.m.", "about 5:35 p.m. (5:05–5:15 p.m.)"])
def test_the_walk_notices_a_time_without_its_day(words):
    assert times_alone(words)
    assert not times_alone(f"Wednesday, 6 July, {words.removeprefix('The list ends at ')}")
