"""Lists of panels in a meeting's file: what is stored, what is wrong, and how a rehearsal moves them.  R-62"""

from datetime import UTC, datetime, timedelta

import pytest

from journal.actors import SYSTEM
from speakers import loading
from speakers.models import SpeakersList
from speakers.models.speakers_list import usual_ranks
from tests.speakers.loading.files import a_file, as_toml, wall

pytestmark = pytest.mark.django_db
AT = datetime(2016, 8, 1, 14, 0, tzinfo=UTC)
AFTERNOON = {"part": "afternoon", "starts_at": wall("2016-09-06T15:00"), "ends_at": wall("2016-09-06T18:00")}
PANEL = {
    "slug": "panel",
    "title": "Panel",
    "opens_at": wall("2016-08-23T09:00"),
    "closes_at": wall("2016-09-02T13:00"),
}


def file_with(tmp_path, *lists, slots=None, inscription=None):
    """The path of a file of a meeting with two sittings and these `lists`."""
    facts = a_file() | {"lists": list(lists)}
    facts["sittings"] = [AFTERNOON, *facts["sittings"]]
    facts["slots"] += slots or []
    facts["inscription"] |= inscription or {}
    path = tmp_path / "dialogue.toml"
    path.write_text(as_toml(facts), encoding="utf-8")
    return path


def faults_of(path):
    with pytest.raises(loading.BadFile) as bad:
        loading.load(path, by=SYSTEM, at=AT)
    return [fault.reason for fault in bad.value.faults]


def test_a_list_is_stored_with_its_terms_and_its_sittings_by_their_number_in_time(tmp_path):
    path = file_with(tmp_path, PANEL | {"heard_in": [2], "open_to": "member_states", "national_limit_seconds": 120})

    meeting = loading.load(path, by=SYSTEM, at=AT).meeting

    panel = SpeakersList.objects.get(slug="panel")
    assert (str(panel.title), panel.open_to, panel.ranks) == ("Panel", "member_states", usual_ranks())
    assert [each.part for each in panel.hours] == ["afternoon"]
    assert panel.closes_at.astimezone(meeting.zone).strftime("%d %H:%M") == "02 13:00"
    assert panel.national_limit == timedelta(minutes=2)
    again = loading.load(path, by=SYSTEM, at=AT).differences
    assert not [each for each in again if each.startswith(("lists", "slots", "inscription"))]


def test_a_list_whose_deadline_has_passed_is_stored_as_closed(tmp_path):
    loading.load(file_with(tmp_path, PANEL), by=SYSTEM, at=datetime(2016, 9, 2, 12, 0, tzinfo=UTC))

    main, panel = SpeakersList.objects.order_by("slug")
    assert (main.closed_at, panel.closed_at) == (main.closes_at, None)


@pytest.mark.parametrize(
    ("lists", "said"),
    [
        ([PANEL | {"slug": "Not a name"}], "lists 1, slug: Enter a valid “slug”"),
        ([{key: value for key, value in PANEL.items() if key != "title"}], "lists 1: “title” is missing."),
        ([PANEL, PANEL], "lists 2, slug: Another list of this meeting has this short name."),
        ([PANEL | {"closes_at": wall("2016-09-06T10:00")}], "lists 1, closes_at: Panel: The deadline must be before"),
        ([PANEL | {"heard_in": [3]}], "lists 1, heard_in: There is no sitting number 3: the meeting has 2."),
        ([PANEL | {"heard_in": "2"}], "lists 1, heard_in: Write a list of whole numbers."),
        ([PANEL | {"open_to": "friends"}], "lists 1, open_to: "),
        ([PANEL | {"national_limit_seconds": 5}], "lists 1, national_limit_seconds: Panel: A limit must be a whole"),
        ([PANEL | {"opens_att": wall("2016-08-23T09:00")}], "lists 1, opens_att: “opens_att” is not known here"),
    ],
)
def test_what_is_wrong_with_a_list_is_told_at_its_place(tmp_path, lists, said):
    assert [reason for reason in faults_of(file_with(tmp_path, *lists)) if reason.startswith(said)]


def test_bands_and_groups_of_a_list_are_judged_like_those_of_the_main_one(tmp_path):
    path = file_with(tmp_path, PANEL)
    wrong = '[[lists.bands]]\nrank = 10\ncode = "groups"\n\n[[lists.bands]]\nrank = 20\ncode = "groups"\n'
    wrong += '\n[[lists.groups]]\nshort_name = "Friends"\nspoken_for_by = ["XXX"]\n'
    path.write_text(path.read_text() + wrong)

    told = faults_of(path)

    assert "lists 1, bands 2, code: The band “groups” already has a rank." in told
    assert "lists 1, groups 1, spoken_for_by: “XXX” is not the code of a delegation." in told


def test_the_main_list_is_heard_in_sittings_that_there_are(tmp_path):
    assert faults_of(file_with(tmp_path, inscription={"heard_in": [9]})) == [
        "inscription, heard_in: There is no sitting number 9: the meeting has 2."
    ]


@pytest.mark.parametrize(
    ("slot", "said"),
    [
        ({"kind": "floor", "list": "nowhere"}, "names the list “nowhere”, which the meeting does not have."),
        ({"kind": "panel", "list": "panel"}, "names a list: only a line of the kind “list of speakers” may."),
    ],
)
def test_a_line_names_a_list_that_there_is_and_only_where_one_is_heard(tmp_path, slot, said):
    line = {"title": "Round table", "starts_at": wall("2016-09-06T15:00")}

    [told] = faults_of(file_with(tmp_path, PANEL, slots=[line | slot]))

    assert told.startswith("slots 2, list: ")
    assert told.endswith(said)


def test_a_rehearsal_that_is_put_off_moves_every_list(tmp_path):
    path = file_with(tmp_path, PANEL | {"heard_in": [2]})
    first = loading.rehearse(path, slug="rehearsal", by=SYSTEM, at=AT).meeting
    before = {each.slug: (each.closes_at, each.heard_in) for each in first.lists.all()}

    later = before[""][0] + timedelta(days=2)
    loading.rehearse(path, slug="rehearsal", by=SYSTEM, at=later)

    for each in SpeakersList.objects.all():
        closed_at, heard_in = before[each.slug]
        assert (each.closes_at - closed_at) % timedelta(weeks=1) == timedelta(0)
        assert (each.closes_at > later, each.heard_in, each.closed_at) == (True, heard_in, None)


def test_a_rehearsal_with_an_entry_on_any_list_is_kept(tmp_path):
    path = file_with(tmp_path, PANEL)
    first = loading.rehearse(path, slug="rehearsal", by=SYSTEM, at=AT).meeting
    SpeakersList.objects.filter(slug="panel").update(last_receipt_no=1)
    later = first.lists.get(slug="").closes_at + timedelta(days=2)

    assert loading.rehearse(path, slug="rehearsal", by=SYSTEM, at=later) == loading.Again(first)
