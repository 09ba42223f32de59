"""A stored meeting as a file: it loads as the same meeting, and changes nothing.  R-31"""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from dialogue.models import Contact, Document, DocumentFile, Meeting, ProgrammePerson, ProgrammeSlot, Section, Sitting
from journal.actors import SYSTEM
from journal.models import Entry
from speakers import loading
from speakers.loading import rows
from speakers.loading.shape import LISTS, TABLES
from speakers.models import SpeakersList
from tests.factories import make_delegation, make_level
from tests.speakers.loading.files import wall

pytestmark = pytest.mark.django_db
AT = datetime(2016, 8, 1, 14, 0, tzinfo=UTC)
DATA = Path(__file__).parent / "data"
SHIPPED = sorted((settings.BASE_DIR / "dialogue/meetings").glob("*.toml"))
TEMPLATES = sorted((settings.BASE_DIR / "dialogue/meetings/templates").glob("*.toml"))
FILES = [*SHIPPED, *TEMPLATES, *sorted(DATA.glob("*.toml"))]
# No list can have both.
EITHER = {"closes_when_announced", "seats_by_selection"}
EVERYTHING = DATA / "everything.toml"


@pytest.fixture(autouse=True)
def delegations():
    make_delegation("AUL")
    make_level()


def load(path, **options):
    return loading.load(path, by=SYSTEM, at=AT, **options)


def exported(meeting, tmp_path):
    """The path of a file to which `meeting` was exported, as it is stored, with its files beside it."""
    path = tmp_path / f"{meeting.slug}.toml"
    for name, content in loading.enclosed(meeting).items():
        (tmp_path / name).write_bytes(content)
    path.write_text(loading.export(Meeting.objects.get(pk=meeting.pk)), encoding="utf-8")
    return path


def facts_of(meeting):
    """What the file of `meeting` would say, but for its short name."""
    facts = rows.facts_of(Meeting.objects.get(pk=meeting.pk))
    return facts | {"meeting": facts["meeting"] | {"slug": None}}


def stored():
    """All rows of each kind, as they are."""
    kinds = [Meeting, SpeakersList, Sitting, Contact, Section, Document, DocumentFile]
    kinds += [ProgrammeSlot, ProgrammePerson, Entry]
    return [list(kind.objects.order_by("pk").values()) for kind in kinds]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_meeting_that_is_exported_loads_again_and_changes_nothing(path, tmp_path):
    meeting = load(path).meeting
    before = stored()

    again = load(exported(meeting, tmp_path))

    assert again == loading.Again(meeting, [])
    assert stored() == before


def test_a_programme_that_cannot_be_published_yet_is_loaded_as_a_draft():
    loaded = {path.stem: load(path) for path in FILES}

    drafts = {name: outcome.warnings for name, outcome in loaded.items() if not outcome.meeting.is_published}
    templates = [path.stem for path in TEMPLATES]
    assert sorted(drafts) == sorted([*templates, "cop23-hls", "hlpf", "minimal", "r2p-2017", "r2p-2018", "ss31"])
    assert [warning.removeprefix("It is a draft, not published: ") for warning in drafts["cop23-hls"]] == [
        "The text of the invitation is missing.",
        "The programme is missing.",
    ]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_an_export_loads_under_another_short_name_as_an_equal_meeting(path, tmp_path):
    meeting = load(path).meeting

    other = load(exported(meeting, tmp_path), slug="another").meeting

    assert facts_of(other) == facts_of(meeting)
    assert loading.export(other).replace('slug = "another"', f'slug = "{meeting.slug}"') == loading.export(meeting)


def test_everything_that_a_file_can_hold_is_exported(tmp_path):
    """The file of this test has all facts there are, none of them as it would be without it."""
    facts = tomllib.loads(exported(load(EVERYTHING).meeting, tmp_path).read_text())

    told = {name: set(facts[name] if name in TABLES else facts[name][0]) for name in TABLES | LISTS}
    assert told["inscription"] & EITHER == {"closes_when_announced"}
    assert told["lists"] & EITHER == {"seats_by_selection"}
    assert {name: keys | EITHER for name, keys in told.items()} == {
        name: keys.keys() | EITHER for name, keys in (TABLES | LISTS).items()
    }
    assert set(facts["slots"][0]["persons"][0]) == set(LISTS["slots"]["persons"][0])
    assert facts == tomllib.loads(EVERYTHING.read_text())


def test_texts_keep_each_sign_and_each_language(tmp_path):
    texts = {
        "en": 'A "quoted" text, \\ and \\"\n\n"""Three"""\nEnds with "',
        "ar": "دعوة\nإلى الحوار",
        "zh-hans": "邀请\n对话",
        "fr": "L’invitation",
    }
    meeting = load(EVERYTHING).meeting
    Meeting.objects.update(invitation=texts, theme={"en": 'C:\\new "theme"\x7f', "ru": "Тема"})

    facts = tomllib.loads(exported(meeting, tmp_path).read_text())["meeting"]

    assert {code: text.strip() for code, text in facts["invitation"].items()} == {
        "en": texts["en"],
        "ar": texts["ar"],
        "zh": texts["zh-hans"],
        "fr": texts["fr"],
    }
    assert facts["theme"] == {"en": 'C:\\new "theme"\x7f', "ru": "Тема"}


def test_what_staff_changed_is_exported(tmp_path):
    meeting = load(EVERYTHING).meeting
    Meeting.objects.update(starts_at=meeting.starts_at - timedelta(minutes=30))
    SpeakersList.objects.filter(slug="").update(closes_at=datetime(2016, 9, 2, 17, 30, 15, 250000, tzinfo=UTC))
    meeting.slots.first().delete()

    path = exported(meeting, tmp_path)

    assert load(path).differences == []
    assert tomllib.loads(path.read_text())["inscription"]["closes_at"] == wall("2016-09-02T23:15:15.25")


def test_a_draft_without_sittings_is_exported(tmp_path):
    meeting = load(SHIPPED[0]).meeting
    meeting.sittings.all().delete()

    other = load(exported(meeting, tmp_path), slug="another").meeting

    assert facts_of(other) == facts_of(meeting)


def test_it_holds_no_address_of_a_person_of_the_programme(tmp_path):
    meeting = load(EVERYTHING).meeting
    ProgrammePerson.objects.update(email="private@mission.example")

    assert "private@" not in exported(meeting, tmp_path).read_text()


def test_the_command_writes_to_the_terminal_or_to_a_file(tmp_path, capsys):
    meeting = load(SHIPPED[0]).meeting

    call_command("export_meeting", meeting.slug)
    call_command("export_meeting", meeting.slug, "--output", str(tmp_path / "out.toml"))

    told = capsys.readouterr().out
    text = (tmp_path / "out.toml").read_text(encoding="utf-8")
    assert told == f"{text}Wrote {meeting.slug} to {tmp_path / 'out.toml'}.\n"
    assert text == loading.export(meeting)


def test_the_command_writes_the_files_of_documents_beside_the_file_or_says_that_it_does_not(tmp_path, capsys):
    load(EVERYTHING)
    (name,) = [path.name for path in DATA.glob("*.pdf")]

    call_command("export_meeting", "everything", "--output", str(tmp_path / "out.toml"))
    call_command("export_meeting", "everything")

    told = capsys.readouterr()
    assert f"Wrote everything to {tmp_path / 'out.toml'}, and beside it {name}." in told.out
    assert f"Not written: {name}." in told.err
    assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes()


def test_the_command_says_why_it_cannot(tmp_path):
    meeting = load(SHIPPED[0]).meeting

    with pytest.raises(CommandError, match="There is no meeting “nowhere”"):
        call_command("export_meeting", "nowhere")
    with pytest.raises(CommandError, match="The file cannot be written: No such file or directory"):
        call_command("export_meeting", meeting.slug, "--output", str(tmp_path / "none" / "out.toml"))


def test_no_line_of_the_smallest_file_can_be_left_out(tmp_path):
    lines = (settings.BASE_DIR / "dialogue/meetings/minimal.toml").read_text().split("\n")
    facts = [number for number, line in enumerate(lines) if line and not line.startswith("#")]

    for number in facts:
        path = tmp_path / "shorter.toml"
        path.write_text("\n".join(lines[:number] + lines[number + 1 :]))
        with pytest.raises(loading.BadFile):
            load(path)

    assert len(facts) == 12


def test_the_smallest_file_says_how_it_can_be_published(tmp_path):
    text = (settings.BASE_DIR / "dialogue/meetings/minimal.toml").read_text()
    text = text.replace("venue =", 'invitation = "Come"\nis_published = true\nvenue =')
    for part in ("[[contacts]]", 'role = "', "[[slots]]", 'kind = "', 'title = "List'):
        text = text.replace(f"# {part}", part)
    text = text.replace('# name = "…"', 'name = "Officer"').replace('# email = "…"', 'email = "officer@un.example"')
    path = tmp_path / "published.toml"
    path.write_text(text)

    assert load(path).meeting.is_published


def test_an_export_costs_few_statements(django_assert_max_num_queries):
    meeting = load(EVERYTHING).meeting

    with django_assert_max_num_queries(10):
        loading.export(Meeting.objects.get(pk=meeting.pk))
