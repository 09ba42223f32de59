"""A meeting from one file: all its facts or nothing.  R-04 R-31 R-58"""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from dialogue.models import Contact, Document, Meeting, ProgrammePerson, ProgrammeSlot, Sitting
from journal.actors import SYSTEM
from journal.models import Entry
from speakers import loading
from speakers.loading import rows
from speakers.models import SpeakersList
from tests.speakers.loading.files import a_file, as_toml, wall
from tests.speakers.loading.files import changed as changed_fact

pytestmark = pytest.mark.django_db
FILE = settings.BASE_DIR / "dialogue/meetings/r2p-2016.toml"
# The day of the letter, on which the list is open.
AT = datetime(2016, 8, 22, 14, 0, tzinfo=UTC)


@pytest.fixture
def changed(tmp_path):
    """A function that writes a copy of the file with one text replaced. Returns its path and the changed line."""

    def change(old, new, line_of=None):
        text = FILE.read_text()
        path = tmp_path / "changed.toml"
        path.write_text(text.replace(old, new, 1))
        return path, text[: text.index(line_of or old)].count("\n") + 1

    return change


def load(path=FILE, **options):
    return loading.load(path, by=SYSTEM, at=options.pop("at", AT), **options)


def stored():
    """How many rows of each kind there are."""
    kinds = [Meeting, Sitting, Contact, Document, ProgrammeSlot, ProgrammePerson, Entry]
    return [kind.objects.count() for kind in kinds]


def refused(path, line, reason):
    """Assert that the file at `path` is refused at `line` with words that hold `reason`, and that nothing is stored."""
    with pytest.raises(loading.BadFile) as refusal:
        load(path)

    assert reason in str(refusal.value)
    assert str(refusal.value).startswith(f"{path}:{line}: ")
    assert stored() == [0] * 7


def test_the_file_holds_the_facts_of_the_note():
    meeting = load().meeting

    assert str(meeting.title) == (
        "Informal interactive dialogue of the General Assembly on the Report of the Secretary-General on the "
        "Responsibility to Protect"
    )
    assert str(meeting.theme) == "Mobilizing Collective Action: The Next Decade of the Responsibility to Protect"
    assert str(meeting.convened_by) == "H.E. Mr. Mogens Lykketoft, President of the General Assembly"
    assert str(meeting.venue) == "Trusteeship Council Chamber, United Nations Headquarters, New York"
    assert (meeting.slug, meeting.time_zone) == ("r2p-2016", "America/New_York")
    assert meeting.speakers_list.closes_at == datetime(2016, 9, 1, 17, 0, tzinfo=UTC)
    assert meeting.floor_opens_at == datetime(2016, 9, 6, 15, 0, tzinfo=UTC)
    assert meeting.starts_on == date(2016, 9, 6)
    limits = {
        meeting.speakers_list.national_limit,
        meeting.speakers_list.group_limit,
        meeting.speakers_list.civil_society_limit,
    }
    assert [limit.total_seconds() for limit in limits] == [180]
    assert meeting.is_published
    assert not meeting.is_rehearsal


def test_its_two_sittings_are_one_meeting():
    meeting = load().meeting

    sittings = [(sitting.part, sitting.starts_at, sitting.ends_at) for sitting in meeting.sittings.all()]
    assert sittings == [
        ("morning", datetime(2016, 9, 6, 14, 0, tzinfo=UTC), datetime(2016, 9, 6, 17, 0, tzinfo=UTC)),
        ("afternoon", datetime(2016, 9, 6, 19, 0, tzinfo=UTC), datetime(2016, 9, 6, 22, 0, tzinfo=UTC)),
    ]
    assert (meeting.starts_at, meeting.ends_at) == (sittings[0][1], sittings[1][2])


def test_its_contacts_are_those_of_the_note():
    contacts = load().meeting.contacts.values_list("role", "name", "email", "telephone")

    assert [(role, name, email, str(telephone)) for role, name, email, telephone in contacts] == [
        ("inscription", "Ms. Antonina Poliakova", "poliakova@un.org", "+1 212-963-5063"),
        ("inscription_copy", "Ms. Mary Muturi", "muturi@un.org", ""),
        ("civil_society", "Office on Genocide Prevention and the Responsibility to Protect", "osapg@un.org", ""),
    ]


def test_its_programme_is_that_of_the_note():
    slots = load().meeting.slots.prefetch_related("persons")

    zone = Meeting(time_zone="America/New_York").zone
    programme = [
        (
            slot.starts_at and slot.starts_at.astimezone(zone).strftime("%H:%M"),
            slot.kind,
            str(slot.title),
            [person.name for person in slot.persons.all()],
        )
        for slot in slots
    ]
    assert programme == [
        ("10:00", "opening", "Opening remarks", ["H.E. Mr. Mogens Lykketoft"]),
        ("10:10", "opening", "Opening remarks", ["H.E. Mr. Ban Ki-moon"]),
        (None, "heading", "Interactive dialogue", ["Mr. Ivan Šimonović"]),
        ("10:20", "introduction", "Introductory remarks", ["Mr. Jan Eliasson"]),
        ("10:30", "panel", "Remarks by panellists", ["Mr. Adama Dieng", "Dr. Edward Luck", "Dr. Jennifer Welsh"]),
        (None, "floor", "The floor opens: the moderator gives the floor to the list of speakers", []),
        ("13:00", "suspension", "Interactive dialogue adjourns", []),
        ("15:00", "resumption", "Interactive dialogue resumes", []),
        ("17:50", "closing", "Closing remarks", ["H.E. Mr. Mogens Lykketoft"]),
        ("18:00", "conclusion", "Interactive dialogue concludes", []),
    ]


def test_persons_have_their_titles_as_printed():
    load()

    persons = {person.name: person for person in ProgrammePerson.objects.all()}
    assert {name: str(person.role) for name, person in persons.items()} == {
        "H.E. Mr. Mogens Lykketoft": "President of the United Nations General Assembly",
        "H.E. Mr. Ban Ki-moon": "Secretary-General of the United Nations",
        "Mr. Ivan Šimonović": "Assistant Secretary-General for Human Rights",
        "Mr. Jan Eliasson": "Deputy Secretary-General",
        "Mr. Adama Dieng": "Special Adviser to the Secretary-General on the Prevention of Genocide",
        "Dr. Edward Luck": "former Special Adviser on the Responsibility to Protect",
        "Dr. Jennifer Welsh": "former Special Adviser on the Responsibility to Protect",
    }
    assert [name for name, person in persons.items() if person.by_video] == ["H.E. Mr. Ban Ki-moon"]
    assert [name for name, person in persons.items() if person.is_moderator] == ["Mr. Ivan Šimonović"]
    assert str(persons["Mr. Adama Dieng"].note) == "Presentation of the 2016 Secretary-General’s report"


def test_its_documents_are_those_the_note_cites_and_the_report():
    meeting = load().meeting

    symbols = {document.symbol for document in meeting.documents.all()}
    cited = "A/RES/60/1 A/RES/63/308 A/63/677 A/64/864 A/65/877 A/66/874 A/67/929 A/68/947 A/69/981"
    assert symbols == {*cited.split(), "A/70/999–S/2016/620"}
    assert all(document.link.startswith("https://undocs.org/A/") for document in meeting.documents.all())


def test_a_list_that_is_loaded_after_its_deadline_is_closed_already():
    late = load(at=datetime(2026, 1, 5, tzinfo=UTC)).meeting
    timely = load(slug="timely").meeting

    assert late.speakers_list.closed_at == late.speakers_list.closes_at
    assert timely.speakers_list.closed_at is None


def test_loading_is_journalled_with_what_was_loaded():
    meeting = load().meeting

    entry = Entry.objects.get(stream=meeting.journal_stream)
    assert (entry.act, entry.actor_role) == ("loaded", "system")
    assert entry.payload.after["facts"]["inscription"]["closes_at"] == "2016-09-01T17:00:00.000000+00:00"


def test_loading_twice_changes_nothing_and_says_so(capsys):
    first = load()
    before = stored(), rows.facts_of(first.meeting)

    second = load()
    call_command("load_meeting", str(FILE))

    assert second == loading.Again(first.meeting, [])
    assert (stored(), rows.facts_of(Meeting.objects.get())) == before
    assert capsys.readouterr().out == "r2p-2016 is already loaded; nothing was changed.\n"


def test_what_staff_changed_is_not_changed_back_and_the_difference_is_named(changed, capsys):
    load()
    SpeakersList.objects.update(closes_at=datetime(2016, 9, 2, 17, 0, tzinfo=UTC))
    path, _ = changed('title = "Closing remarks"', 'title = "Concluding remarks"')

    call_command("load_meeting", str(path))

    assert "The file differs in: inscription.closes_at, slots.8.title." in capsys.readouterr().out
    assert SpeakersList.objects.get().closes_at == datetime(2016, 9, 2, 17, 0, tzinfo=UTC)


def test_another_slug_is_another_meeting(capsys):
    call_command("load_meeting", str(FILE))
    call_command("load_meeting", str(FILE), "--slug", "r2p-again")

    assert set(Meeting.objects.values_list("slug", flat=True)) == {"r2p-2016", "r2p-again"}
    assert capsys.readouterr().out.startswith("Loaded r2p-2016: Tuesday, 6 September 2016, 10:00 a.m. (New York time)")


def test_a_slug_that_no_address_can_hold_is_refused():
    with pytest.raises(CommandError, match="letters, numbers, underscores or hyphens"):
        call_command("load_meeting", str(FILE), "--slug", "no slug")

    assert not Meeting.objects.exists()


def test_all_moments_move_together_and_keep_their_time_on_the_wall_over_the_end_of_summer_time():
    meeting = load(starts_on=date(2016, 11, 8)).meeting  # clocks went back on 6 November

    assert meeting.speakers_list.opens_at == datetime(2016, 10, 24, 13, 0, tzinfo=UTC)  # 9 a.m. in summer time
    assert meeting.speakers_list.closes_at == datetime(2016, 11, 3, 17, 0, tzinfo=UTC)  # 1 p.m. in summer time
    assert meeting.starts_at == datetime(2016, 11, 8, 15, 0, tzinfo=UTC)  # 10 a.m. in winter time
    assert meeting.floor_opens_at == datetime(2016, 11, 8, 16, 0, tzinfo=UTC)
    assert meeting.ends_at == datetime(2016, 11, 8, 23, 0, tzinfo=UTC)
    assert meeting.slots.last().starts_at == meeting.ends_at


def test_a_move_of_whole_weeks_keeps_the_weekdays_and_the_order_of_days_is_always_kept():
    weeks = load(slug="weeks", starts_on=date(2016, 11, 8)).meeting
    days = load(slug="days", starts_on=date(2016, 11, 11)).meeting

    for meeting in (weeks, days):
        assert (meeting.starts_on - meeting.speakers_list.closes_at.date()).days == 5
    assert weeks.speakers_list.closes_at.strftime("%A") == "Thursday"
    assert weeks.starts_on.strftime("%A") == "Tuesday"


def test_the_days_that_the_texts_name_move_along_in_each_language(changed):
    languages = '{ en = "Meeting of 6 September 2016", fr = "Séance du 6 septembre 2016", zh = "2016年9月6日的会议" }'
    path, _ = changed('theme = "Mobilizing', f'theme = {languages} # "Mobilizing')

    meeting = load(path, starts_on=date(2017, 9, 5)).meeting

    assert meeting.theme.data == {
        "en": "Meeting of 5 September 2017",
        "fr": "Séance du 5 septembre 2017",
        "zh-hans": "2017年9月5日的会议",
    }
    assert "I will convene on Tuesday, 5 September 2017, from 10:00 a.m." in str(meeting.invitation)
    assert meeting.letter_dated_on == date(2017, 8, 21)
    assert str(meeting.sections.all()[1].text).startswith("The 5 September 2017 dialogue has several purposes.")


def test_weekdays_move_with_their_days_wherever_a_language_puts_them_and_so_does_the_first_of_a_month(changed):
    texts = {
        "en": "Tuesday, 6 September 2016",
        "ar": "الثلاثاء، 6 أيلول/سبتمبر 2016",
        "zh": "2016年9月6日星期二，截止2016年9月1日",
        "fr": "Le mardi 6 septembre 2016, clôture le 1er septembre 2016 ou le 1 septembre 2016",
    }
    languages = ", ".join(f'{code} = "{text}"' for code, text in texts.items())
    path, _ = changed('theme = "Mobilizing', f'theme = {{ {languages} }} # "Mobilizing')

    day_later = load(path, slug="later", starts_on=date(2016, 9, 7)).meeting.theme.data
    first = load(path, slug="first", starts_on=date(2016, 12, 1)).meeting.theme.data

    assert day_later["zh-hans"] == "2016年9月7日星期三，截止2016年9月2日"
    assert day_later["fr"] == "Le mercredi 7 septembre 2016, clôture le 2 septembre 2016 ou le 2 septembre 2016"
    assert day_later["ar"].startswith("الأربعاء، 7 ")
    assert first["en"] == "Thursday, 1 December 2016"
    assert first["fr"].startswith("Le jeudi 1er décembre 2016, clôture le 26 novembre 2016")


def test_a_day_beyond_the_calendar_is_refused():
    with pytest.raises(loading.BadFile, match="Moved to 9999-12-31"):
        load(starts_on=date(9999, 12, 31))

    assert stored() == [0] * 7


def test_an_hour_that_the_day_of_the_change_of_clocks_lacks_is_refused(changed):
    path, line = changed("opens_at = 2016-08-22T09:00:00", "opens_at = 2016-03-13T02:30:00")

    refused(path, line, "2016-03-13 02:30 is not a time that clocks show in America/New_York.")


def test_an_hour_that_is_lacking_only_where_the_meeting_moves_to_is_refused_too(changed):
    path, line = changed("opens_at = 2016-08-22T09:00:00", "opens_at = 2016-08-22T02:30:00")

    with pytest.raises(loading.BadFile, match="Moved to 2016-03-28: 2016-03-13 02:30 is not a time") as refusal:
        load(path, starts_on=date(2016, 3, 28))

    assert [fault.line for fault in refusal.value.faults] == [line]


def test_a_deadline_in_the_wrong_year_is_warned_of(changed, capsys):
    path, _ = changed("closes_at = 2016-09-01T13", "closes_at = 2015-09-01T13")
    text = path.read_text().replace("opens_at = 2016-08-22T09", "opens_at = 2015-08-22T09")
    path.write_text(text)

    outcome = load(path)

    assert outcome.warnings == ["The deadline is 370 days before the meeting starts. Is the year right?"]


def test_a_symbol_of_an_unknown_form_is_warned_of(changed):
    path, _ = changed('symbol = "A/63/677"', 'symbol = "A 63 677"')

    outcome = load(path)

    assert outcome.warnings == [
        "“A 63 677” does not look like the symbol of a document, such as A/RES/60/1. Is it right?"
    ]
    assert outcome.meeting.documents.filter(symbol="A 63 677").exists()


BAD = [
    # (what stands in the file, what is written instead, the reason given)
    ('time_zone = "America/New_York"', 'time_zone = "New York"', "not an IANA time zone"),
    ('slug = "r2p-2016"', 'slug = "r2p 2016"', "slug: "),
    ('slug = "r2p-2016"', f'slug = "{"r" * 61}"', "slug: "),
    ('slug = "r2p-2016"', 'slug = "a\\u0000b"', "cannot be shown"),
    ("closes_at = 2016-09-01T13:00:00", "closes_at = 2016-09-06T10:00:00", "before the meeting starts"),
    ("closes_at = 2016-09-01T13:00:00", "closes_at = 2016-09-09T13:00:00", "before the meeting starts"),
    ("closes_at = 2016-09-01T13:00:00", "closes_at = 2016-08-01T13:00:00", "open before it closes"),
    ("closes_at = 2016-09-01T13:00:00", "closes_at = 2016-09-01T13:00:00-04:00", "without an offset"),
    ("closes_at = 2016-09-01T13:00:00", "closes_at = 2016-09-01", "closes_at: "),
    ("opens_at = 2016-09-06T11:00:00", "opens_at = 2016-09-06T14:00:00", "during a sitting"),
    (
        "starts_at = 2016-09-06T15:00:00\nends_at",
        "starts_at = 2016-09-06T12:59:00\nends_at",
        "sittings overlap at 12:59 p.m.",
    ),
    ("ends_at = 2016-09-06T13:00:00", "ends_at = 2016-09-06T09:00:00", "start before it ends"),
    ('part = "afternoon"', 'part = "teatime"', "teatime"),
    (
        "starts_at = 2016-09-06T10:10:00",
        "starts_at = 2016-09-06T10:00:00",
        "the line before it",
    ),
    (
        "starts_at = 2016-09-06T10:10:00",
        "starts_at = 2016-09-06T09:00:00",
        "the line before it",
    ),
    ("starts_at = 2016-09-06T10:30:00", "starts_at = 2016-09-06T13:30:00", "outside all sittings"),
    ("starts_at = 2016-09-06T18:00:00", "starts_at = 2016-09-06T18:01:00", "outside all sittings"),
    ('kind = "panel"', 'kind = "concert"', "concert"),
    ('role = "inscription"\n', 'role = "registry"\n', "registry"),
    ('email = "muturi@un.org"', 'email = "muturi at un.org"', "email: "),
    ('telephone = "+12129635063"', 'telephone = "963"', "telephone: "),
    ('symbol = "A/63/677"', f'symbol = "A/{"1" * 60}"', "symbol: "),
    ("dated_on = 2016-08-22", "dated_on = 2016-08-22T09:00:00", "Write a date"),
    ('heading = "Purpose"', 'heading = ""', "empty"),
    ('heading = "Purpose"', 'heading = "Purpose"\nfootnotes = "A/RES/60/1"', "Write [^1] in the text"),
    ("rank = 20", "rank = 10", "No two bands may have the same rank."),
    ('code = "un_system"', 'code = "observers"', "already has a rank"),
    ("rank = 40", "rank = 91", "needs a rank from 1 to 90"),
    ("rank = 40", "rank = 0", "needs a rank from 1 to 90"),
    ("closes_at = 2016-09-01T13:00:00", "closes_at = 2016-11-06T01:30:00", "show 2016-11-06 01:30 twice"),
    ("closes_at = 2016-09-01T13:00:00", "closes_at = 0216-09-01T13:00:00", "a year from 1900 to 2999"),
    ("national_limit_seconds = 180", "national_limit_seconds = 0", "from 15 to 3600"),
    ("is_published = true", 'is_published = "yes"', "true or false"),
    ('policy = "customary_protocol"', 'policy = "alphabet"', "alphabet"),
    ('policy = "customary_protocol"', 'politics = "none"', "not known here"),
    ("by_video = true", "by_film = true", "not known here"),
    ('venue = "Trusteeship', 'venue = "" # "Trusteeship', "empty"),
    ('theme = "Mobilizing', 'theme = { de = "x" } # "Mobilizing', "not one of the languages"),
    ("[inscription]", "[inscription", "This is not TOML"),
]


@pytest.mark.parametrize(("old", "new", "reason"), BAD, ids=[f"{new}"[:40] for old, new, reason in BAD])
def test_a_bad_fact_is_refused_with_its_line_and_nothing_is_stored(changed, old, new, reason):
    path, line = changed(old, new)

    with pytest.raises(loading.BadFile) as refusal:
        load(path)

    told = [fault for fault in refusal.value.faults if reason in fault.reason]
    assert [fault.line in range(line, line + new.count("\n") + 1) for fault in told] == [True]
    assert f"{path}:{told[0].line}: {told[0].reason}" in str(refusal.value).split("\n")
    assert stored() == [0] * 7


def drafts(tmp_path, **changes):
    """A file of a meeting that is not published, with changed tables."""
    path = tmp_path / "draft.toml"
    path.write_text(as_toml({**a_file(), **changes}), encoding="utf-8")
    return path


def test_what_is_only_missing_keeps_a_file_from_publishing_but_not_from_being_loaded(tmp_path):
    facts = changed_fact(a_file(), ["meeting", "invitation"], None)
    without = {"contacts": [], "slots": [], "meeting": facts["meeting"]}
    public = {**without, "meeting": {**facts["meeting"], "is_published": True}}

    asked = load(drafts(tmp_path, **public))
    meeting = load(drafts(tmp_path, **without), slug="draft").meeting

    assert [outcome.is_published for outcome in (asked.meeting, meeting)] == [False, False]
    assert asked.warnings[0] == "It is a draft, not published: The text of the invitation is missing."
    assert load(drafts(tmp_path, **public)).differences == ["meeting.is_published"]
    assert (meeting.contacts.count(), meeting.slots.count()) == (0, 0)


@pytest.mark.parametrize(
    ("table", "rows", "words"),
    [
        ("contacts", [], "whom to write to"),
        ("slots", [], "The programme is missing."),
        ("slots", [{"kind": "heading", "title": "Dialogue"}], "at which the list of speakers begins is missing."),
    ],
)
def test_a_file_that_publishes_names_what_is_missing(tmp_path, table, rows, words):
    public = {"meeting": {**a_file()["meeting"], "is_published": True}, table: rows}

    outcome = load(drafts(tmp_path, **public))

    assert not outcome.meeting.is_published
    assert [words in warning for warning in outcome.warnings] == [True]


def test_a_file_of_two_days_with_a_sitting_over_midnight_is_loaded_and_one_that_overlaps_is_refused(tmp_path):
    night = {"part": "evening", "starts_at": wall("2016-09-07T21:00"), "ends_at": wall("2016-09-08T01:00")}
    last = {"kind": "conclusion", "title": "End", "starts_at": wall("2016-09-08T01:00")}
    two_days = {"sittings": [*a_file()["sittings"], night], "slots": [*a_file()["slots"], last]}
    early = {**night, "starts_at": wall("2016-09-06T12:00")}

    with pytest.raises(loading.BadFile, match=r"Two sittings overlap at 12:00 p\.m\. on Tuesday, 6 September 2016"):
        load(drafts(tmp_path, sittings=[*a_file()["sittings"], early]))
    meeting = load(drafts(tmp_path, **two_days)).meeting

    assert meeting.ends_at == datetime(2016, 9, 8, 5, 0, tzinfo=UTC)


def test_a_rehearsal_that_would_move_into_an_hour_shown_twice_is_refused(tmp_path):
    facts = changed_fact(a_file(), ["inscription", "closes_at"], wall("2016-09-04T01:30"))  # a Sunday
    path = drafts(tmp_path, **facts)
    at = datetime(2016, 10, 31, 14, 0, tzinfo=UTC)  # the deadline moves to 6 November

    with pytest.raises(loading.BadFile, match="Moved to 2016-11-08: Clocks in America/New_York show 2016-11-06 01:30"):
        loading.rehearse(path, slug="rehearsal", by=SYSTEM, at=at)

    assert stored() == [0] * 7


def test_a_missing_fact_is_refused_at_the_table_that_lacks_it(changed):
    path, line = changed('email = "osapg@un.org"\n', "", line_of='[[contacts]]\nrole = "civil_society"')

    refused(path, line, "“email” is missing.")


def test_a_missing_table_is_refused(changed):
    path, line = changed("[floor]", "[flood]")

    refused(path, line, "“flood” is not known here.")


def test_what_only_the_database_would_refuse_is_refused_with_its_line(changed, monkeypatch):
    path, _ = changed('slug = "r2p-2016"', 'slug = "r2p-2016"')
    monkeypatch.setattr(ProgrammeSlot, "full_clean", lambda slot: setattr(slot, "position", 10))
    second = [number for number, line in enumerate(path.read_text().split("\n"), start=1) if line == "[[slots]]"][1]

    refused(path, second, "The database refuses this")


def test_a_file_that_is_no_text_or_is_not_there_is_refused(tmp_path):
    (tmp_path / "picture.toml").write_bytes(b'slug = "a"\n\xff\xfe')

    refused(tmp_path / "picture.toml", 2, "This is not UTF-8 text.")
    with pytest.raises(CommandError, match=r"nowhere\.toml: The file cannot be read: No such file"):
        call_command("load_meeting", str(tmp_path / "nowhere.toml"))


def test_a_second_load_costs_few_statements(django_assert_max_num_queries):
    load()

    with django_assert_max_num_queries(12):
        load()
