"""What a recording and the debate say of what is rare: a stopped clock, a cut at both ends, civil society."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from floor.models import Interruption
from floor.proceedings.debate import Writer
from floor.record import chapters, heard, seconds
from floor.record.seconds import Part
from registration.door.seats import Seats
from speakers.models import Band
from speakers.publishing import bump_chart
from tests.factories import make_meeting

AT = datetime(2016, 9, 6, 14, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def part(of, *, length=SECOND, cut=(False, False)):
    return Part(of, SECOND, SECOND + length, False, *cut)


def stopped(kind_in_words="the clock was stopped"):
    kind = Interruption.Ground.SUSPENSION
    return SimpleNamespace(turn=None, name="", kind=kind, kind_in_words=kind_in_words, number=None)


def test_a_stretch_without_a_speaker_is_titled_by_what_it_was():
    assert chapters.title(part(stopped())) == "The clock was stopped"


def test_a_statement_for_a_group_is_titled_by_both():
    turn = SimpleNamespace(name="Kenya", group="the African Group", kind="listed")
    of = heard.Heard(heard.STATEMENT, AT, AT + SECOND, turn=turn)

    assert chapters.title(part(of)) == "Kenya, on behalf of the African Group"


def test_an_organization_of_civil_society_speaks_as_such():
    entry = SimpleNamespace(place_band=Band.CIVIL_SOCIETY)
    turn = SimpleNamespace(turn=SimpleNamespace(inscription=entry))

    assert heard.Heard.capacity.fget(turn) == "civil society"


def test_what_lasts_less_than_a_second_is_no_row_and_a_statement_may_be_cut_at_both_ends():
    table = seconds.as_table([part(stopped(), length=SECOND / 2)], for_staff=False).decode()

    assert len(table.strip().splitlines()) == 1
    assert seconds.cut_in_words(part(stopped(), cut=(True, True))) == "its beginning and its end"


def test_a_clock_that_a_suspension_stopped_is_not_told_twice_in_the_debate():
    ground = Interruption.Ground
    rows = [
        SimpleNamespace(rank=heard.INTERRUPTION, ground=each, starts_at=AT, turn=None)
        for each in (ground.SUSPENSION, ground.POINT_OF_ORDER)
    ]
    meeting = SimpleNamespace(hours=[], starts_at=AT)

    found = list(Writer._by_sitting(SimpleNamespace(meeting=meeting), rows))  # noqa: SLF001  the rule in one place

    assert [each.ground for *_sitting, those in found for each in those] == [ground.POINT_OF_ORDER]


@pytest.mark.django_db
def test_without_terms_of_tickets_there_are_no_seats():
    assert Seats.of(make_meeting(), SimpleNamespace(expected=0, inside=0)) is None


def test_who_came_and_went_between_two_revisions_is_named_where_the_line_ends():
    line = bump_chart.Line("e", "Rwanda", "RWA", [None, 3, None], {})

    bump_chart._draw(line, SimpleNamespace(at=lambda x: x), [0, 9, 18])  # noqa: SLF001  the line alone

    assert len(line.labels) == 1
