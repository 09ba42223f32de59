"""A meeting from a file and one typed on the secretariat's pages: both doors give the same answer.  R-01 R-31

For every field that both can write there are bad values, which both refuse, and good ones, which both store alike.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from i18nfield.strings import LazyI18nString

import clock
from dialogue.models import Contact, Document, Meeting, ProgrammeSlot, Sitting
from journal.actors import SYSTEM
from speakers import loading
from speakers.models import Band, SpeakersList
from tests.secretariat import pages
from tests.speakers.loading.files import a_file, as_toml, changed, wall

pytestmark = pytest.mark.django_db
# Before the list opens, when all its terms can still be typed.
AT = datetime(2016, 8, 1, 14, 0, tzinfo=UTC)
LANGUAGES = [code for code, _name in settings.LANGUAGES]

NO_LINES = ["\u200b\u3164", "a\0b", "a\u202eb", "a\ufeffb", "a\nb", "\ue000", "x" * 501]
NO_TEXTS = ["\u200b", "a\x07b", "a\u2066b", "x" * 20_001]
NO_LANGUAGES = [{"fr": "Sans anglais"}, {"en": "  ", "fr": "Sans anglais"}, {"en": "English", "fr": "a\0b"}]
LINES = [
    "Cafe\u0301",
    " Spaces around ",
    {"en": "English", "fr": "Français", "ar": "عربي"},
    {"en": "English", "ru": ""},
]
# 13 March: the clocks of New York skip this hour. 6 November: they show it twice.
NO_MOMENTS = [wall("2016-03-13T02:30"), wall("2016-11-06T01:30"), wall("0216-09-06T10:00"), wall("9998-09-06T00:00")]
NO_LIMITS = [0, -1, 14, 180.5, 3601, 10**9]

# (the field, where it stands in a file, the name of its field on the page, bad values, good values)
FIELDS = [
    (Meeting, "slug", "meeting.slug", ["", "a b", "é", "a\0b", "-", "x" * 61], []),
    (Meeting, "title", "meeting.title", ["", "   ", *NO_LINES, *NO_LANGUAGES], LINES),
    (Meeting, "theme", "meeting.theme", [*NO_LINES, *NO_LANGUAGES], ["", "   ", *LINES]),
    (Meeting, "convened_by", "meeting.convened_by", [*NO_LINES, *NO_LANGUAGES], ["", "   ", *LINES]),
    (
        Meeting,
        "invitation",
        "meeting.invitation",
        [*NO_TEXTS, *NO_LANGUAGES],
        ["", "Two\r\nlines", "a\tb", "x\n" * 9000],
    ),
    (Meeting, "purpose", "meeting.purpose", [*NO_TEXTS, *NO_LANGUAGES], ["", "Two\n\nlines"]),
    (Meeting, "venue", "meeting.venue", ["", "   ", *NO_LINES, *NO_LANGUAGES], LINES),
    (Meeting, "time_zone", "meeting.time_zone", ["", "New York", "america/new_york"], ["UTC", "Asia/Kathmandu"]),
    (Meeting, "floor_opens_at", "floor.opens_at", [*NO_MOMENTS, wall("2016-09-06T13:00")], [wall("2016-09-06T10:00")]),
    (SpeakersList, "opens_at", "inscription.opens_at", NO_MOMENTS, [wall("2016-03-13T03:00")]),
    (SpeakersList, "closes_at", "inscription.closes_at", [*NO_MOMENTS, wall("2016-09-06T10:00")], []),
    (SpeakersList, "policy", "inscription.policy", ["alphabet", " "], ["receipt_only"]),
    (SpeakersList, "national_limit", "floor.national_limit_seconds", NO_LIMITS, [15, 3600]),
    (SpeakersList, "group_limit", "floor.group_limit_seconds", NO_LIMITS, [15, 3600]),
    (SpeakersList, "civil_society_limit", "floor.civil_society_limit_seconds", NO_LIMITS, [15, 3600]),
    (SpeakersList, "ranks", "bands.3.rank", [-1, 0, 10, 91, 10**12, 1.5], [1, 90]),
    (Sitting, "part", "sittings.0.part", ["", "teatime"], ["evening"]),
    (Sitting, "starts_at", "sittings.0.starts_at", [*NO_MOMENTS, wall("2016-09-06T13:00")], []),
    (Sitting, "ends_at", "sittings.0.ends_at", [*NO_MOMENTS, wall("2016-09-06T10:00")], []),
    (
        ProgrammeSlot,
        "starts_at",
        "slots.0.starts_at",
        [*NO_MOMENTS, wall("2016-09-06T13:00")],
        [wall("2016-09-06T10:00")],
    ),
    (ProgrammeSlot, "kind", "slots.0.kind", ["", "concert"], ["panel"]),
    (ProgrammeSlot, "title", "slots.0.title", ["", "   ", *NO_LINES, *NO_LANGUAGES], LINES),
    (Contact, "role", "contacts.0.role", ["", "registry"], ["civil_society"]),
    (Contact, "name", "contacts.0.name", ["", "   ", *NO_LINES, "x" * 121], ["Mr. O’Brien", "x" * 120]),
    (Contact, "office", "contacts.0.office", [*NO_LINES, *NO_LANGUAGES], ["", "   ", *LINES]),
    (
        Contact,
        "email",
        "contacts.0.email",
        ["", "a at un.org", "a@un", "a@@un.org", "a\0@un.org", "a@b.c, d@e.f"],
        ["a@un.org"],
    ),
    (Contact, "telephone", "contacts.0.telephone", ["963", "call me", "+1 212", "0" * 40], ["", "+1 212 963 5063"]),
    (Document, "symbol", "documents.0.symbol", ["A 63 677", "X/1", f"A/{'1' * 60}"], ["", "A/70/999–S/2016/620"]),
    (Document, "title", "documents.0.title", ["", "   ", *NO_LINES, *NO_LANGUAGES], LINES),
    (
        Document,
        "link",
        "documents.0.link",
        ["javascript:alert(1)", "ftp://un.org/a", "data:text/html,a", "https://", "a b", f"https://un.org/{'x' * 250}"],
        ["", "undocs.org/A/1", "https://undocs.org/A/1"],
    ),
]
# What one of the doors does not write: belongings, states, the secretariat's own choices, and boxes to tick.
NOT_IN_BOTH = {
    *("Meeting.id", "Meeting.starts_at", "Meeting.ends_at", "Meeting.is_rehearsal", "Meeting.is_published"),
    *("Meeting.personal_data_days", "Meeting.declined_data_days"),
    *("SpeakersList.id", "SpeakersList.meeting", "SpeakersList.level_before_band", "SpeakersList.swaps_need_approval"),
    "SpeakersList.shows_speaker_names",
    *("Sitting.id", "Sitting.meeting", "ProgrammeSlot.id", "ProgrammeSlot.meeting", "ProgrammeSlot.position"),
    *("Contact.id", "Contact.meeting", "Contact.position", "Document.id", "Document.meeting", "Document.position"),
}
ONLY_NEW = {"slug", "time_zone", "closes_at"}


def cases(column):
    """Each field with each of its values in `column`."""
    return [
        pytest.param(model, name, path, value, id=f"{model.__name__}.{name}: {str(value)[:40]!a}")
        for model, name, path, *values in FIELDS
        for value in values[column]
    ]


def place_of(path):
    return [int(key) if key.isdecimal() else key for key in path.split(".")]


@pytest.fixture
def load(tmp_path):
    """A function that loads a file with one changed fact; returns the stored meeting, or None if it is refused."""

    def load_changed(path=None, value=None, slug=None):
        facts = a_file()
        if path:
            facts = changed(facts, place_of(path), value)
        file = tmp_path / "meeting.toml"
        file.write_text(as_toml(facts), encoding="utf-8")
        try:
            return loading.load(file, by=SYSTEM, at=AT, slug=slug).meeting
        except loading.BadFile:
            return None

    return load_changed


@pytest.fixture
def desk(sign_in):
    with clock.stopped(AT):
        yield sign_in("Secretariat lead")


def typed_for(model, name, value):
    """The fields of a page that type `value` into the field `name` of a row of `model`, by their names in that row."""
    if isinstance(value, datetime):
        return {f"{name}_0": f"{value:%Y-%m-%d}".zfill(10), f"{name}_1": f"{value:%H:%M}"}
    if name == "ranks":
        return {f"rank_{Band.values[3]}": str(value)}
    if name.endswith("_limit"):
        return {name: str(timedelta(seconds=value))}
    if model._meta.get_field(name).__class__.__name__.startswith("I18n"):
        texts = value if isinstance(value, dict) else {"en": value}
        return {f"{name}_{LANGUAGES.index(code)}": texts.get(code.split("-")[0], "") for code in LANGUAGES}
    return {name: value}


def save(desk, meeting, model, name, value):
    """Type `value` on the page of the stored `meeting`; or on that of a new one, if it can only be typed there."""
    prefix = {SpeakersList: "lists-0-", Sitting: "sittings-0-", ProgrammeSlot: "slots-0-", Contact: "contacts-0-"}
    prefix = {**prefix, Document: "documents-0-", Meeting: ""}[model]
    page = pages.meeting_page(meeting)
    typed = pages.typed(desk.get(page))
    if name in ONLY_NEW:
        deadline = {"lists-0-closes_at_0": "2016-09-01", "lists-0-closes_at_1": "13:00", "lists-INITIAL_FORMS": "0"}
        new = {"slug": "another", "time_zone": "America/New_York", **deadline, "lists-0-id": "", "lists-0-meeting": ""}
        typed, page = typed | new, reverse("admin:dialogue_meeting_add")
    typed |= {f"{prefix}{field}": text for field, text in typed_for(model, name, value).items()}
    answer = desk.post(page, typed)
    assert answer.status_code == 200 or answer.url == reverse("admin:dialogue_meeting_changelist")
    return answer.status_code == 302


def stored(model, name):
    """What the newest row of `model` holds in its field `name`."""
    value = getattr(model.objects.order_by("pk").last(), name)
    if isinstance(value, LazyI18nString):
        return {code: text for code, text in value.data.items() if text} if isinstance(value.data, dict) else value.data
    return str(value)


def test_the_table_names_every_field_that_a_person_can_write():
    models = [Meeting, SpeakersList, Sitting, ProgrammeSlot, Contact, Document]
    writable = {f"{model.__name__}.{field.name}" for model in models for field in model._meta.fields if field.editable}

    assert {f"{model.__name__}.{name}" for model, name, *_rest in FIELDS} == writable - NOT_IN_BOTH
    assert writable >= NOT_IN_BOTH


def test_the_meeting_of_the_table_is_taken_by_both_doors(load, desk):
    meeting = load()

    assert save(desk, meeting, Meeting, "venue", "Chamber")
    assert save(desk, meeting, Meeting, "slug", "other")


@pytest.mark.parametrize(("model", "name", "path", "value"), cases(0))
def test_both_doors_refuse_a_bad_value(load, desk, model, name, path, value):
    by_file = load(path, value)
    meeting = by_file or load()

    by_page = save(desk, meeting, model, name, value)

    assert (by_file is not None, by_page) == (False, False)


@pytest.mark.parametrize(("model", "name", "path", "value"), cases(1))
def test_both_doors_store_a_good_value_alike(load, desk, model, name, path, value):
    load(path, value)
    by_file = stored(model, name)
    meeting = load(slug="typed")

    assert save(desk, meeting, model, name, value)

    assert stored(model, name) == by_file
