"""The revisions of a list as a bump chart, and its table: what they show, and nothing that was not published.  R-28"""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from speakers.entries import withdrawing
from speakers.models import Delegation, DelegationName
from speakers.moves import pinning
from speakers.publishing import bump_chart, difference, revisions
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting
from tests.secretariat.pages import text

pytestmark = pytest.mark.django_db
PAGE = "/meetings/dialogue/speakers/revisions/"
HOSTILE = '</text><script>alert("x")</script>'


@pytest.fixture
def meeting():
    """Four are published; then one is withdrawn, one is added, and another is moved to the front."""
    meeting = make_meeting()
    entries = [make_inscription(meeting, make_delegation(code)) for code in ("RWA", "KEN", "GHA", "UGA")]
    publish(meeting)
    withdrawing.withdraw(entries[1], by=STAFF, at=OPEN)
    make_inscription(meeting, make_delegation("DNK", HOSTILE))
    pinning.pin(entries[3], before=entries[0], reason="asked", by=STAFF, at=OPEN)
    publish(meeting)
    return meeting


def publish(meeting):
    revisions.publish(
        meeting.speakers_list, by=STAFF, at=OPEN + timedelta(days=meeting.speakers_list.revisions.count())
    )


def chart_of(meeting):
    frozen = list(meeting.speakers_list.revisions.order_by("number"))
    changes = [difference.between(one.rows, other.rows) for one, other in pairwise(frozen)]
    return bump_chart.of_revisions(frozen, changes, meeting)


def test_the_table_has_the_place_of_each_entry_and_what_was_done_with_it(meeting):
    chart = chart_of(meeting)

    assert {line.anchor: [(cell["place"], cell["act"]) for cell in line.cells] for line in chart.lines} == {
        "UGA": [(4, ""), (1, "moved")],
        "RWA": [(1, ""), (2, "")],
        "GHA": [(3, ""), (3, "")],
        "DNK": [(None, ""), (4, "new")],
        "KEN": [(2, ""), (None, "withdrawn")],
    }
    assert [line.anchor for line in chart.lines] == ["UGA", "RWA", "GHA", "DNK", "KEN"]
    assert [each["moment"] for each in chart.columns] == ["31 Aug, 1:00 p.m.", "1 Sep, 1:00 p.m."]


def test_a_line_is_at_the_places_of_its_row_and_marked_where_an_act_concerns_it(meeting):
    chart = chart_of(meeting)
    first, second = (column["x"] for column in chart.columns)
    lines = {line.anchor: line for line in chart.lines}

    def y(place):
        return bump_chart.HEAD + bump_chart.ROW * (place - 1)

    assert lines["UGA"].runs == lines["UGA"].moves == [f"{first},{y(4)} {second},{y(1)}"]
    assert (lines["RWA"].runs, lines["RWA"].moves) == ([f"{first},{y(1)} {second},{y(2)}"], [])
    assert lines["DNK"].begins == [{"x": second, "y": y(4)}]
    assert lines["KEN"].ends == [{"x": first, "y": y(2)}]
    assert [line.anchor for line in chart.lines if line.is_told] == ["UGA", "DNK", "KEN"]


def test_in_arabic_time_runs_from_the_right_and_no_letter_is_mirrored(meeting, monkeypatch):
    monkeypatch.setattr(bump_chart, "COLUMN", 400)  # wider than a moment in either language
    there = chart_of(meeting)
    with translation.override("ar"):
        here = chart_of(meeting)

    assert [each["x"] for each in here.columns] == [there.width - each["x"] for each in there.columns]
    for line, other in zip(there.lines, here.lines, strict=True):
        assert [each["x"] for each in other.labels] == [there.width - each["x"] for each in line.labels]
        assert [each["anchor"] for each in other.labels] == [each["anchor"] for each in line.labels]


def test_the_page_shows_it_beside_the_words_and_names_are_never_markup(client, meeting):
    page = client.get(PAGE)
    source = page.content.decode()

    assert "1 added, 1 moved, 1 withdrawn or removed" in text(page)
    assert len(re.findall('<g id="[A-Z]+" class="bump-line', source)) == 5
    assert "<script>alert" not in source
    assert source.count("&lt;/text&gt;&lt;script&gt;") == 2


def test_what_is_not_published_is_not_in_it(client, meeting):
    make_inscription(meeting, make_delegation("FJI", "Fiji"))

    assert "Fiji" not in client.get(PAGE).content.decode()


def test_who_withdrew_and_inscribed_again_has_two_lines_of_different_names(meeting):
    make_inscription(meeting, make_delegation("KEN"))
    publish(meeting)

    lines = {line.anchor: line.places for line in chart_of(meeting).lines}

    assert (lines["KEN"], lines["KEN-2"]) == ([None, None, 5], [2, None, None])


def test_one_revision_is_no_picture_and_of_many_the_last_are_drawn(client, meeting):
    for _ in range(bump_chart.MOST):
        publish(meeting)
    page = client.get(PAGE)

    assert chart_of(make_meeting("other")) is None
    assert "2 earlier revisions are not in the picture." in text(page)
    assert page.content.decode().count('class="bump-number"') == bump_chart.MOST


def test_words_of_a_difference_count_each_kind(meeting):
    rows = meeting.speakers_list.revisions.get(number=1).rows

    assert difference.counted(difference.between(rows, rows)) == "Nothing changed"
    assert difference.counted(difference.between([], rows)) == "4 added"


@pytest.mark.parametrize("language", ["ar", "zh-hans", "en", "fr", "ru", "es"])
def test_no_two_moments_touch_in_any_language(meeting, language):
    for _ in range(bump_chart.MOST):
        publish(meeting)

    with translation.override(language):
        chart = chart_of(meeting)

    places = sorted(each["x"] for each in chart.columns)
    longest = max(len(each["moment"]) for each in chart.columns)
    assert min(after - before for before, after in pairwise(places)) >= 7 * longest
    assert all(bump_chart.NAMES <= each <= chart.width - bump_chart.NAMES for each in places)


def test_names_are_those_of_the_date_in_the_language_of_the_reader_and_nothing_else_is_renamed(client):
    meeting = make_meeting()
    turkiye = make_delegation("TUR", "Türkiye")
    former = {"short_name": {"en": "Turkey", "fr": "Turquie"}, "formal_name": {"en": "Turkey"}, "source": "a letter"}
    DelegationName.objects.create(delegation=turkiye, to_on=date(2022, 5, 31), **former)
    Delegation.objects.filter(pk=make_delegation("DEU").pk).update(short_name={"en": "Germany", "fr": "Allemagne"})
    renamed = make_delegation("SWZ", "Swaziland")
    for code in ("TUR", "DEU", "SWZ"):
        make_inscription(meeting, Delegation.objects.get(code=code))
    for _ in range(2):
        publish(meeting)
    Delegation.objects.filter(pk=renamed.pk).update(short_name={"en": "Eswatini", "fr": "Eswatini"})

    with CaptureQueriesContext(connection) as queries:
        french = client.get(PAGE, headers={"Accept-Language": "fr"}).content.decode()
    english = client.get(PAGE, headers={"Accept-Language": "en"}).content.decode()

    figure = re.compile(r'(?s)<figure class="bump".*?</figure>')
    assert [re.findall(r"<bdi>([^<]+)</bdi>", figure.search(page)[0]) for page in (french, english)] == [
        ["Turquie", "Allemagne", "Swaziland"],
        ["Turkey", "Germany", "Swaziland"],
    ]
    assert len(queries) <= 4


@pytest.mark.parametrize(
    ("name", "shown"), [("a" * 26, "a" * 26), ("b" * 27, "b" * 25 + "…"), ("中" * 15, "中" * 13 + "…")]
)
def test_a_long_name_is_cut_where_its_room_ends_in_any_script(name, shown):
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("DNK", name))
    publish(meeting)
    publish(meeting)

    (line,) = chart_of(meeting).lines

    assert (line.name, line.short_name) == (name, shown)
