"""Whether a meeting is whole, with its lists: the one check that every door asks.  R-04 R-17 R-31 R-36 R-62"""

from datetime import UTC, datetime, timedelta

import pytest
from i18nfield.strings import LazyI18nString

from dialogue.consistency import InFull, Objection, in_full, refused
from dialogue.models import Contact, Meeting, ProgrammeSlot, Sitting
from speakers.consistency import objections
from speakers.models import SpeakersList
from speakers.models.speakers_list import usual_ranks
from tests import factories


def at(hour, minute=0, day=25):
    """A moment of June 2018 in New York; 25 June was a Monday."""
    return datetime(2018, 6, day, 4, tzinfo=UTC) + timedelta(hours=hour, minutes=minute)


def sitting(starts_at, ends_at):
    return Sitting(part="morning", starts_at=starts_at, ends_at=ends_at)


def slot(position, kind, starts_at=None):
    return ProgrammeSlot(position=position, kind=kind, starts_at=starts_at, title=LazyI18nString({"en": kind.title()}))


def a_list(**changes):
    terms = {"opens_at": at(9, day=10), "closes_at": at(13, day=20), "ranks": usual_ranks()}
    return SpeakersList(**terms | changes)


def whole(*, lists=None, sittings=None, slots=None, roles=("inscription",), **facts):
    """A meeting of one day with nothing wrong, except for what is changed; not stored."""
    own = {"starts_at": at(10), "ends_at": at(18), "floor_opens_at": at(11), "invitation": LazyI18nString({"en": "I"})}
    meeting = Meeting(**own | facts)
    sittings = sittings or [sitting(at(10), at(13)), sitting(at(15), at(18))]
    slots = slots or [
        slot(10, "opening", at(10)),
        slot(20, "floor"),
        slot(30, "suspension", at(13)),
        slot(40, "resumption", at(15)),
        slot(50, "conclusion", at(18)),
    ]
    return InFull(meeting, sittings, slots, set(roles), [a_list()] if lists is None else lists)


def found(facts):
    """The objections to `facts`: for each, the kind of row, the field and the words."""
    return [(type(each.row).__name__, each.field, each.words) for each in objections(facts)]


def test_a_meeting_that_is_whole_meets_no_objection():
    assert found(whole()) == []


CONTRADICTIONS = {
    "a sitting ends before it starts": (
        {"sittings": [sitting(at(10), at(13)), sitting(at(15), at(15))], "slots": [slot(1, "floor")]},
        ("Sitting", "ends_at", "A sitting must start before it ends."),
    ),
    "a sitting starts before the meeting": (
        {"sittings": [sitting(at(9, 59), at(18))]},
        ("Sitting", "starts_at", "A sitting may not start before its meeting."),
    ),
    "a sitting ends after the meeting": (
        {"sittings": [sitting(at(10), at(13)), sitting(at(15), at(18, 1))]},
        ("Sitting", "ends_at", "A sitting may not end after its meeting."),
    ),
    "a short sitting is within a long one, typed first": (
        {"sittings": [sitting(at(17), at(18)), sitting(at(11), at(12)), sitting(at(10), at(17))]},
        ("Sitting", "starts_at", "Two sittings overlap at 11:00 a.m. (New York time)."),
    ),
    "the floor opens between the sittings": (
        {"floor_opens_at": at(13)},
        ("Meeting", "floor_opens_at", "The floor must open during a sitting."),
    ),
    "a line has no time": (
        {"slots": [slot(1, "floor"), slot(2, "panel")]},
        ("ProgrammeSlot", "starts_at", "“Panel” lacks a time: only a heading and the list of speakers may."),
    ),
    "two lines start together": (
        {"slots": [slot(2, "floor", at(11)), slot(1, "panel", at(11))]},
        ("ProgrammeSlot", "starts_at", "“Floor” at 11:00 a.m. overlaps with “Panel”, the line before it."),
    ),
    "a line is in no sitting": (
        {"slots": [slot(1, "floor"), slot(2, "panel", at(14))]},
        ("ProgrammeSlot", "starts_at", "“Panel” at 2:00 p.m. is outside all sittings."),
    ),
    "remarks begin when the meeting ends": (
        {"slots": [slot(1, "floor"), slot(2, "closing", at(18))]},
        ("ProgrammeSlot", "starts_at", "“Closing” at 6:00 p.m. is outside all sittings."),
    ),
    "the list closes when the meeting starts": (
        {"lists": [a_list(closes_at=at(10))]},
        ("SpeakersList", "closes_at", "The deadline must be before the meeting starts."),
    ),
    "the list closes before it opens": (
        {"lists": [a_list(opens_at=at(13, day=20))]},
        ("SpeakersList", "closes_at", "Inscription must open before it closes."),
    ),
    "two bands have one rank": (
        {"lists": [a_list(ranks=usual_ranks() | {"observers": 30})]},
        ("SpeakersList", "rank_observers", "No two bands may have the same rank."),
    ),
    "a rank is beyond the highest": (
        {"lists": [a_list(ranks=usual_ranks() | {"observers": 91})]},
        (
            "SpeakersList",
            "rank_observers",
            "The band “other observers and intergovernmental organizations” needs a rank from 1 to 90.",
        ),
    ),
    "a band has no rank": (
        {"lists": [a_list(ranks={code: rank for code, rank in usual_ranks().items() if code != "groups"})]},
        ("SpeakersList", "rank_groups", "The band “groups” needs a rank from 1 to 90."),
    ),
    "a level is there twice": (
        {"lists": [a_list(own_levels=[{"code": "HOS", "class": n} for n in (1, 2)])]},
        ("SpeakersList", "own_levels 1", "HOS: this level is there twice."),
    ),
    "a class is beyond the lowest": (
        {"lists": [a_list(own_levels=[{"code": "HOS", "class": 21}])]},
        ("SpeakersList", "own_levels 0", "HOS: a class is a number from 1 to 20."),
    ),
    "a limit concerns no one": (
        {"lists": [a_list(limits=[{"band": "", "level": "", "seconds": 90}])]},
        ("SpeakersList", "limits 0", "–: A limit names a band, a level, or both."),
    ),
    "a limit of a band is that of a capacity": (
        {"lists": [a_list(limits=[{"band": "groups", "level": "", "seconds": 90}])]},
        (
            "SpeakersList",
            "limits 0",
            "Groups: Groups and civil society have a limit by their capacity: change that one.",
        ),
    ),
    "a limit is there twice": (
        {"lists": [a_list(limits=[{"band": "observers", "level": "HOS", "seconds": 90 + n} for n in range(2)])]},
        (
            "SpeakersList",
            "limits 1",
            "HOS, among other observers and intergovernmental organizations: This limit is there twice.",
        ),
    ),
    "a limit of a level is too short": (
        {"lists": [a_list(limits=[{"band": "", "level": "HOS", "seconds": 14}])]},
        ("SpeakersList", "limits 0", "HOS: A limit must be a whole number of seconds from 15 to 3600."),
    ),
    "a limit is longer than the meeting": (
        {
            "ends_at": at(10, 30),
            "floor_opens_at": at(10),
            "sittings": [sitting(at(10), at(10, 30))],
            "slots": [slot(1, "floor")],
            "lists": [a_list(group_limit=timedelta(minutes=31))],
        },
        ("SpeakersList", "group_limit", "A limit may not be longer than the meeting."),
    ),
}


@pytest.mark.parametrize(("changes", "objection"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_what_contradicts_itself_is_said_at_its_field(changes, objection):
    facts = whole(**changes)

    assert found(facts) == [objection]
    assert not any(each.is_missing for each in objections(facts))


def test_a_long_sitting_overlaps_with_all_that_start_within_it():
    within = [sitting(at(11), at(12)), sitting(at(15), at(18))]

    assert [words for _row, _field, words in found(whole(sittings=[sitting(at(10), at(17)), *within]))] == [
        "Two sittings overlap at 11:00 a.m. (New York time).",
        "Two sittings overlap at 3:00 p.m. (New York time).",
    ]


@pytest.mark.parametrize("seconds", [-180, 0, 14, 14.5, 180.5, 3600.5, 3601, 86400])
@pytest.mark.parametrize("limit", ["national_limit", "group_limit", "civil_society_limit"])
def test_a_limit_is_from_15_seconds_to_an_hour(limit, seconds):
    absurd = a_list(**{limit: timedelta(seconds=seconds)})

    words = "A limit must be a whole number of seconds from 15 to 3600."
    assert found(whole(lists=[absurd])) == [("SpeakersList", limit, words)]
    assert found(whole(lists=[a_list(**{limit: timedelta(seconds=15)})])) == []
    assert found(whole(lists=[a_list(**{limit: timedelta(hours=1)})])) == []


def test_what_is_missing_is_said_with_where_it_belongs():
    nothing = InFull(Meeting(starts_at=at(10), ends_at=at(18)))
    no_floor = whole(slots=[slot(1, "opening", at(10))])

    lacking = list(objections(nothing))
    assert [each.field for each in lacking] == ["invitation", "sittings", "contacts", "slots"]
    assert [each.relation for each in lacking] == ["", "sittings", "contacts", "slots"]
    assert all(each.is_missing for each in [*lacking, *objections(no_floor)])
    assert [each.words for each in objections(no_floor)] == [
        "The line of the programme at which the list of speakers begins is missing."
    ]


def test_a_contact_for_something_else_takes_no_inscriptions():
    assert [field for _row, field, _words in found(whole(roles=["civil_society", "inscription_copy"]))] == ["contacts"]


def test_where_there_are_no_sittings_yet_neither_the_floor_nor_the_programme_is_outside_them():
    facts = InFull(Meeting(starts_at=at(10), ends_at=at(18), floor_opens_at=at(14)), [], [slot(1, "panel", at(14))])

    assert all(each.is_missing for each in objections(facts))


def test_a_second_day_is_named_and_a_sitting_may_go_over_midnight():
    days = {"starts_at": at(10), "ends_at": at(1, day=27), "floor_opens_at": at(0, 30, day=27)}
    night = sitting(at(20, day=26), at(1, day=27))
    lines = [slot(1, "opening", at(10)), slot(2, "floor", at(0, 30, day=27)), slot(3, "conclusion", at(1, day=27))]
    facts = whole(**days, sittings=[sitting(at(10), at(13)), night], slots=lines)
    outside = whole(
        **days, sittings=[sitting(at(10), at(13)), night], slots=[*lines[:2], slot(4, "panel", at(2, day=27))]
    )
    overlap = whole(
        **days, sittings=[sitting(at(10), at(13)), night, sitting(at(23, day=26), at(1, day=27))], slots=lines
    )

    assert found(facts) == []
    assert [words for _row, _field, words in found(outside)] == [
        "“Panel” at 2:00 a.m. on Wednesday, 27 June 2018 is outside all sittings."
    ]
    assert [words for _row, _field, words in found(overlap)] == [
        "Two sittings overlap at 11:00 p.m. on Tuesday, 26 June 2018 (New York time)."
    ]


def test_each_list_of_a_meeting_is_asked_and_one_beside_the_main_one_is_named():
    panel = a_list(slug="panel", title=LazyI18nString({"en": "Panel"}), closes_at=at(10), national_limit=timedelta(0))

    assert found(whole(lists=[a_list(), panel])) == [
        ("SpeakersList", "closes_at", "Panel: The deadline must be before the meeting starts."),
        ("SpeakersList", "national_limit", "Panel: A limit must be a whole number of seconds from 15 to 3600."),
    ]


def contradiction(row, field="starts_at"):
    return Objection(row, field, "It contradicts itself.")


def missing(field="contacts"):
    return Objection(Meeting(pk=1), field, "It is missing.", is_missing=True)


def test_a_contradiction_is_never_saved_and_something_missing_only_while_it_is_not_published():
    now = [contradiction(Sitting(pk=1, starts_at=at(10))), missing()]

    draft = refused(now, [], is_published=False, was_published=False)
    public = refused(now, [], is_published=True, was_published=True)

    assert draft == now[:1]
    assert public == now


def test_what_was_at_fault_and_stays_as_it_is_stops_no_save_but_publishing():
    now = [contradiction(Sitting(pk=1, starts_at=at(10))), missing()]
    before = [contradiction(Sitting(pk=1, starts_at=at(10))), missing()]

    assert refused(now, before, is_published=True, was_published=True) == []
    assert refused(now, before, is_published=False, was_published=True) == []
    assert refused(now, before, is_published=True, was_published=False) == now


def test_a_value_at_fault_is_not_replaced_by_another_at_fault():
    before = [contradiction(Sitting(pk=1, starts_at=at(9)))]
    now = [contradiction(Sitting(pk=1, starts_at=at(8)))]

    assert refused(now, before, is_published=False, was_published=False) == now


@pytest.mark.django_db
def test_typed_rows_stand_for_the_stored_ones_and_new_ones_are_added():
    meeting = factories.make_meeting()
    first, second = meeting.sittings.all()
    typed = Sitting(pk=second.pk, meeting=meeting, starts_at=at(15), ends_at=at(16))
    new = [slot(10, "floor"), Contact(meeting=meeting, role="civil_society")]

    facts = in_full(meeting, [meeting, typed, *new])

    assert list(facts.sittings) == [first, typed]
    assert facts.sittings[1].ends_at == at(16)
    assert facts.slots == new[:1]
    assert facts.roles == {"inscription", "inscription_copy", "civil_society"}
    assert facts.lists == [meeting.speakers_list]


def line(position, kind, begin, end=None, place=""):
    """A line with a beginning, an end and a place, called by its position."""
    facts = {"position": position, "kind": kind, "starts_at": begin, "ends_at": end, "place": place}
    return ProgrammeSlot(title=LazyI18nString({"en": f"Line {position}"}), **facts)


def about_lines(*lines, **facts):
    """The fields and words of the objections to these lines, with one at which the list begins."""
    slots = [slot(1, "floor"), *lines]
    objected = objections(whole(slots=slots, **facts))
    return [(each.field, each.words) for each in objected if isinstance(each.row, ProgrammeSlot)]


def test_what_is_no_part_of_a_sitting_may_stand_between_two():
    lunch = line(2, "event", at(13, 15), at(14, 45), place="Conference Room 4")

    assert about_lines(lunch, line(3, "closing", at(17, 50))) == []


def test_a_line_that_ends_may_be_followed_at_once():
    assert about_lines(line(2, "panel", at(10), at(10, 30)), line(3, "panel", at(10, 30))) == []


@pytest.mark.parametrize(
    ("lines", "field", "words"),
    [
        ([line(2, "panel", at(10), at(10))], "ends_at", "A line of the programme must start before it ends."),
        ([line(2, "panel", at(12), at(13, 15))], "ends_at", "“Line 2” may not end after its sitting."),
        ([line(2, "heading", None, at(13))], "ends_at", "“Line 2” has an end, and no beginning."),
        (
            [line(2, "panel", at(10), at(11)), line(3, "panel", at(10, 30))],
            "starts_at",
            "“Line 3” at 10:30 a.m. overlaps with “Line 2”, the line before it.",
        ),
        (
            [line(2, "panel", at(10), at(11)), line(3, "panel", at(10, 30), place="Elsewhere")],
            "starts_at",
            "“Line 3” at 10:30 a.m. overlaps with “Line 2”, the line before it.",
        ),
        (
            [line(2, "event", at(20, day=26))],
            "starts_at",
            "“Line 2” is on a day on which the meeting is not held.",
        ),
        ([line(2, "event", None)], "starts_at", "“Line 2” lacks a time: only a heading and the list of speakers may."),
    ],
)
def test_what_is_wrong_with_the_hours_of_a_line_is_said_at_its_field(lines, field, words):
    assert about_lines(*lines) == [(field, words)]


def test_a_meeting_of_several_rooms_holds_two_things_at_once_in_two_places():
    here, there = line(2, "panel", at(10), at(11)), line(3, "panel", at(10), at(11), place="Conference Room 4")

    assert about_lines(here, there, has_several_rooms=True) == []
    assert [field for field, _words in about_lines(here, there)] == ["starts_at"]


def test_in_each_of_several_rooms_one_thing_is_held_at_a_time():
    lines = [
        line(2, "panel", at(10), at(11), place="Room 4"),
        line(3, "panel", at(10, 15), at(11)),
        line(4, "panel", at(10, 45), at(11), place="Room 4"),
    ]

    assert about_lines(*lines, has_several_rooms=True) == [
        ("starts_at", "“Line 4” at 10:45 a.m. overlaps with “Line 2”, the line before it.")
    ]


def test_in_several_rooms_too_the_lines_stand_in_the_order_of_time():
    lines = [line(2, "panel", at(11)), line(3, "panel", at(10), place="Room 4")]

    assert about_lines(*lines, has_several_rooms=True) == [
        ("starts_at", "“Line 3” at 10:00 a.m. stands after “Line 2”, which begins later.")
    ]


def test_a_list_by_selection_has_a_deadline_and_no_draw():
    by_selection = {"slug": "table", "title": LazyI18nString({"en": "Table"}), "seats_by_selection": 5}
    lists = [a_list(), a_list(**by_selection)]
    odd = a_list(**by_selection, closes_when_announced=True, policy=SpeakersList.Policy.LOTS)

    assert found(whole(lists=lists)) == []
    assert [words for _row, _field, words in found(whole(lists=[a_list(), odd]))] == [
        "Table: If seats are given by selection, interest is expressed until a deadline.",
        "Table: If seats are given by selection, no draw decides the order.",
    ]
