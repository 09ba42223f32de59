"""A meeting's file tells everything that is wrong with it at once, each at its line.  R-31"""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from dialogue.models import Meeting
from journal.actors import SYSTEM
from journal.models import Entry
from speakers import loading
from speakers.loading.objections import objections
from speakers.loading.shape import shaped
from tests.factories import make_delegation, make_level
from tests.speakers.loading.files import changed, wall

pytestmark = pytest.mark.django_db
AT = datetime(2016, 8, 22, 14, 0, tzinfo=UTC)

WHOLE = """\
[meeting]
slug = "dialogue"
title = "Dialogue"
invitation = "Please come."
venue = "Chamber"
time_zone = "America/New_York"
is_published = true

[inscription]
opens_at = 2016-08-22T09:00:00
closes_at = 2016-09-01T13:00:00

[floor]
opens_at = 2016-09-06T11:00:00

[[sittings]]
part = "morning"
starts_at = 2016-09-06T10:00:00
ends_at = 2016-09-06T13:00:00

[[contacts]]
role = "inscription"
name = "Officer"
email = "officer@un.example"

[[slots]]
starts_at = 2016-09-06T10:00:00
kind = "opening"
title = "Opening remarks"

[[slots.persons]]
name = "Speaker"

[[slots]]
kind = "floor"
title = "The floor opens"
"""


@pytest.fixture
def written(tmp_path):
    """A function that writes the whole file with some texts replaced, and returns its path."""

    def write(*changes):
        text = WHOLE
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "meeting.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def faults(path):
    """What is wrong with the file at `path`: each line and reason, in order. Nothing of it is stored."""
    with pytest.raises(loading.BadFile) as refusal:
        loading.load(path, by=SYSTEM, at=AT)
    assert (Meeting.objects.count(), Entry.objects.count()) == (0, 0)
    return [(fault.line, fault.reason) for fault in refusal.value.faults]


def test_the_file_of_these_tests_is_whole(written):
    assert loading.load(written(), by=SYSTEM, at=AT).meeting.is_published


def test_faults_of_every_sort_are_told_at_once_with_line_and_place(written):
    path = written(
        ('title = "Dialogue"', 'title = { fr = "Dialogue", de = "Gespräch" }'),
        ('venue = "Chamber"\n', 'venu = "Chamber"\n'),
        ("closes_at = 2016-09-01T13", "closes_at = 2016-09-07T13"),
        ("opens_at = 2016-09-06T11", "opens_at = 2016-09-06T14"),
        ('name = "Officer"\n', ""),
        ("officer@un.example", "officer at un.example"),
        ("starts_at = 2016-09-06T10:00:00\nkind", "starts_at = 2016-09-06T09:00:00\nkind"),
        ('name = "Speaker"', "name = 7"),
    )

    assert faults(path) == [
        (3, "meeting, title: de: “de” is not one of the languages ar zh en fr ru es."),
        (5, "meeting, venu: “venu” is not known here. Did you mean “venue”?"),
        (11, "inscription, closes_at: The deadline must be before the meeting starts."),
        (14, "floor, opens_at: The floor must open during a sitting."),
        (21, "contacts 1: “name” is missing."),
        (23, "contacts 1, email: Write a complete e-mail address, such as name@mission.example."),
        (26, "slots 1, starts_at: “Opening remarks” at 9:00 a.m. is outside all sittings."),
        (31, "slots 1, persons 1, name: Write a text."),
    ]


def test_the_command_prints_all_of_them_and_fails(written):
    path = written(('part = "morning"', 'part = "teatime"'), ('kind = "opening"', 'kind = "concert"'))

    with pytest.raises(CommandError) as refusal:
        call_command("load_meeting", str(path))

    assert refusal.value.returncode == 1
    assert [line.split(": ")[:2] for line in str(refusal.value).split("\n")] == [
        [f"{path}:17", "sittings 1, part"],
        [f"{path}:28", "slots 1, kind"],
    ]


def test_contradictions_are_told_at_once(written):
    path = written(
        ("closes_at = 2016-09-01T13", "closes_at = 2016-08-01T13"),
        ("[floor]", "[floor]\nnational_limit_seconds = 5"),
        ("starts_at = 2016-09-06T10:00:00\nkind", "starts_at = 2016-09-06T09:00:00\nkind"),
    )

    assert [line for line, _reason in faults(path)] == [11, 14, 28]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("[floor]", "[flor]", "flor: “flor” is not known here. Did you mean “floor”?"),
        (
            "closes_at =",
            "closed_at =",
            "inscription, closed_at: “closed_at” is not known here. Did you mean “closes_at”?",
        ),
        ('email = "', 'mail = "', "contacts 1, mail: “mail” is not known here. Did you mean “email”?"),
        ("[[sittings]]", "[[sitting]]", "sitting: “sitting” is not known here. Did you mean “sittings”?"),
        ("[floor]", "[extras]\n[floor]", "extras: “extras” is not known here."),
    ],
)
def test_what_is_not_known_is_told_once_with_what_was_probably_meant(written, old, new, reason):
    assert [told for _line, told in faults(written((old, new)))] == [reason]


def test_each_language_is_told_of(written):
    path = written(('"Please come."', '{ en = "Come", fr = "a\\u0000b", ru = 7, de = "Bitte" }'))

    told = [reason for _line, reason in faults(path)]
    assert [reason.split(": ")[1] for reason in told] == ["fr", "ru", "de"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("starts_at = 2016-09-06T10:00:00\nends", "starts_at = 10\nends"),
        ('time_zone = "America/New_York"', 'time_zone = "New York"'),
        ('part = "morning"', 'part = "teatime"'),
        ("closes_at = 2016-09-01T13:00:00", 'closes_at = "soon"'),
        ("closes_at = 2016-09-01T13:00:00", "closes_at = 9999-12-31T23:00:00"),
        ('invitation = "Please come."', "invitation = 7"),
        ('role = "inscription"', 'role = "registry"'),
        ('kind = "floor"', 'kind = "concert"'),
        ("[[slots]]\nkind", "[[slots]]\nstarts_at = 10\nkind"),
        ("[floor]\nopens_at = 2016-09-06T11:00:00", "[floor]\nopens_at = 11"),
        ("[floor]\n", "[floor]\ngroup_limit_seconds = true\n"),
        ("is_published = true", 'is_published = "yes"'),
        ("[floor]\nopens_at = 2016-09-06T11:00:00", "[[floor]]\nopens_at = 2016-09-06T11:00:00"),
    ],
)
def test_what_a_fault_leaves_unknown_is_not_judged(written, old, new):
    assert len(faults(written((old, new)))) == 1


def test_a_table_that_is_missing_is_one_fault(written):
    path = written(("[inscription]\nopens_at = 2016-08-22T09:00:00\ncloses_at = 2016-09-01T13:00:00\n", ""))

    assert [reason for _line, reason in faults(path)] == ["inscription: This table is missing."]


def test_sittings_are_missed_unless_the_meeting_has_hours_of_its_own(written):
    sitting = '[[sittings]]\npart = "morning"\nstarts_at = 2016-09-06T10:00:00\nends_at = 2016-09-06T13:00:00\n'
    hours = "starts_at = 2016-09-06T10:00:00\nends_at = 2016-09-06T13:00:00"

    assert [reason for _line, reason in faults(written((sitting, "")))] == ["sittings: “sittings” is missing."]
    draft = written((sitting, ""), ("is_published = true", hours))
    assert loading.load(draft, by=SYSTEM, at=AT).meeting.starts_on.isoformat() == "2016-09-06"


def test_an_error_of_syntax_has_its_line(written):
    assert faults(written(('venue = "Chamber"', "venue = Chamber"))) == [(5, "This is not TOML: Invalid value.")]


def test_groups_of_the_file_have_names_and_speakers_of_their_own(written):
    make_delegation("AUL")
    groups = """\
[[groups]]
short_name = "Friends"
other_names = ["The Group of Friends"]
spoken_for_by = ["AUL", "XYZ"]

[[groups]]
short_name = "Others"
full_name = "the group of friends"
"""

    assert faults(written(("[[slots]]", groups + "\n[[slots]]"))) == [
        (29, "groups 1, spoken_for_by: “XYZ” is not the code of a delegation."),
        (31, "groups 2: “Others” is on the register under one of these names."),
    ]


def test_limits_are_of_bands_and_levels_that_there_are(written):
    make_level("HOS")
    limits = """\
[[limits]]
band = "observers"
seconds = 90

[[limits]]
level = "KING"
seconds = 300

[[limits]]
level = "HOS"
seconds = 5

[[limits]]
band = "observers"
seconds = 60
"""

    unknown = (31, "limits 2, level: “KING” is not the code of a level.")
    assert faults(written(("[[slots]]", limits + "\n[[slots]]"))) == [
        unknown,
        (34, "limits 3: HOS: A limit must be a whole number of seconds from 15 to 3600."),
        (38, "limits 4: Other observers and intergovernmental organizations: This limit is there twice."),
    ]


def test_limits_and_levels_of_another_list_are_judged_at_their_place(written):
    make_level("HOS")
    panel = """\
[[lists]]
slug = "panel"
title = "Panel"
opens_at = 2016-08-22T09:00:00
closes_at = 2016-09-01T13:00:00

[[lists.levels]]
code = "HOS"
class = 21

[[lists.limits]]
level = "HOS"
seconds = 5
"""
    unknown = panel + '\n[[lists.limits]]\nlevel = "KING"\nseconds = 60\n'

    assert [words for _line, words in faults(written(("[[slots]]", panel + "\n[[slots]]")))] == [
        "lists 1, levels 1: Panel: HOS: a class is a number from 1 to 20.",
        "lists 1, limits 1: Panel: HOS: A limit must be a whole number of seconds from 15 to 3600.",
    ]
    told = [words for _line, words in faults(written(("[[slots]]", unknown + "\n[[slots]]")))]
    assert "lists 1, limits 2, level: “KING” is not the code of a level." in told


ODD = [0, -1, 1.5, True, "", "x", [], [1], ["x"], {}, {"en": 1}, [{}], date(2016, 9, 6)]
ODD += [wall("0001-01-01T00:00"), wall("9999-12-31T23:59")]


def places(value, path=()):
    """Every place in the parsed `value`."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from places(item, (*path, key))


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_whatever_stands_at_any_place_is_told_in_words(odd):
    facts = tomllib.loads((Path(__file__).parent / "data/everything.toml").read_text())

    for place in places(facts):
        told = objections(*shaped(changed(facts, place, odd)))
        assert all(reason and isinstance(reason, str) for _where, reason in told)


def test_a_line_that_names_a_faulty_list_is_not_told_that_there_is_none(written):
    panel = """\
list = "panel"

[[lists]]
slug = "panel"
title = "Panel"
opens_at = 2016-08-22T09:00:00
closes_at = 2016-09-01T13:00:00
open_to = "friends"
"""
    title = 'title = "The floor opens"\n'

    told = [words for _line, words in faults(written((title, title + panel)))]

    assert len(told) == 1
    assert told[0].startswith("lists 1, open_to: ")
