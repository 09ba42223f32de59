"""A meeting from a file and one typed on the secretariat's pages: both doors give the same answer.  R-01 R-31

For every field that both can write there are bad values, which both refuse, and good ones, which both store alike.
"""

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import reverse
from i18nfield.strings import LazyI18nString

import clock
from dialogue.models import Contact, Document, Meeting, ProgrammeSlot, Section, Sitting
from journal.actors import SYSTEM
from speakers import loading
from speakers.models import Band, SpeakersList
from tests.factories import make_level
from tests.scenes import undone
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
    *[
        (Meeting, f"letter_{key}", f"letter.{key}", [*NO_LINES, *NO_LANGUAGES], ["", "   ", *LINES])
        for key in ("from", "salutation", "closing", "signature")
    ],
    (Meeting, "letter_dated_on", "letter.dated_on", [7], [date(2016, 8, 1)]),
    (Meeting, "letter_addressees", "letter.addressees", [*NO_TEXTS, *NO_LANGUAGES], ["", "To all\nNew York"]),
    (Meeting, "venue", "meeting.venue", ["", "   ", *NO_LINES, *NO_LANGUAGES], LINES),
    (Meeting, "time_zone", "meeting.time_zone", ["", "New York", "america/new_york"], ["UTC", "Asia/Kathmandu"]),
    (Meeting, "floor_opens_at", "floor.opens_at", [*NO_MOMENTS, wall("2016-09-06T13:00")], [wall("2016-09-06T10:00")]),
    (
        Meeting,
        "starts_at",
        "meeting.starts_at",
        [*NO_MOMENTS, wall("2016-09-06T10:30"), wall("2016-09-06T14:00")],
        [wall("2016-09-06T09:30")],
    ),
    (Meeting, "ends_at", "meeting.ends_at", [*NO_MOMENTS, wall("2016-09-06T12:00")], [wall("2016-09-06T14:00")]),
    (Meeting, "personal_data_days", "meeting.personal_data_days", [0, -1, 29, 1.5], [30, 400]),
    (Meeting, "declined_data_days", "meeting.declined_data_days", [0, -1, 91, 1.5], [1, 90]),
    (SpeakersList, "opens_at", "inscription.opens_at", NO_MOMENTS, [wall("2016-03-13T03:00")]),
    (SpeakersList, "closes_at", "inscription.closes_at", [*NO_MOMENTS, wall("2016-09-06T10:00")], []),
    (SpeakersList, "policy", "inscription.policy", ["alphabet", " "], ["receipt_only"]),
    (SpeakersList, "open_to", "inscription.open_to", ["States", " "], ["member_states"]),
    (SpeakersList, "seats_by_selection", "inscription.seats_by_selection", [-1, 1.5, 10**5], [1, 250]),
    (SpeakersList, "national_limit", "floor.national_limit_seconds", NO_LIMITS, [15, 3600]),
    (SpeakersList, "group_limit", "floor.group_limit_seconds", NO_LIMITS, [15, 3600]),
    (SpeakersList, "civil_society_limit", "floor.civil_society_limit_seconds", NO_LIMITS, [15, 3600]),
    (SpeakersList, "own_levels", "levels.0.class", [0, -1, 1.5, 21], [1, 20]),
    (SpeakersList, "limits", "limits.0.seconds", NO_LIMITS, [15, 3600]),
    (SpeakersList, "ranks", "bands.3.rank", [-1, 0, 10, 91, 10**12, 1.5], [1, 90]),
    (Sitting, "part", "sittings.0.part", ["", "teatime"], ["evening"]),
    (Sitting, "starts_at", "sittings.0.starts_at", [*NO_MOMENTS, wall("2016-09-06T13:00")], []),
    (Sitting, "ends_at", "sittings.0.ends_at", [*NO_MOMENTS, wall("2016-09-06T10:00")], []),
    *[
        (Sitting, name, f"sittings.0.{name}", [*NO_LINES, *NO_LANGUAGES], ["", "   ", *LINES])
        for name in ("place", "sign_language", "captions")
    ],
    (
        ProgrammeSlot,
        "starts_at",
        "slots.0.starts_at",
        [*NO_MOMENTS, wall("2016-09-06T13:00")],
        [wall("2016-09-06T10:00")],
    ),
    (ProgrammeSlot, "ends_at", "slots.0.ends_at", [*NO_MOMENTS, wall("2016-09-06T09:00")], [wall("2016-09-06T12:55")]),
    (ProgrammeSlot, "kind", "slots.0.kind", ["", "concert"], ["panel"]),
    (ProgrammeSlot, "title", "slots.0.title", ["", "   ", *NO_LINES, *NO_LANGUAGES], LINES),
    (ProgrammeSlot, "place", "slots.0.place", [*NO_LINES, *NO_LANGUAGES], ["", "   ", *LINES]),
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
    (Contact, "notices", "contacts.0.notices", ["", "weekly"], ["hourly", "daily"]),
    (Contact, "telephone", "contacts.0.telephone", ["963", "call me", "+1 212", "0" * 40], ["", "+1 212 963 5063"]),
    (Section, "heading", "sections.0.heading", ["", "   ", *NO_LINES, *NO_LANGUAGES], LINES),
    (
        Section,
        "text",
        "sections.0.text",
        ["", *NO_TEXTS, *NO_LANGUAGES, "No mark", "No footnote[^2]", {"en": "One[^1]", "fr": "Deux[^2]"}],
        ["One[^1]", "Two\n\nlines[^1]", {"en": "One[^1]", "fr": "Une[^1]"}],
    ),
    (Section, "footnotes", "sections.0.footnotes", ["", *NO_TEXTS, "One\nTwo"], [{"en": "One", "fr": "Une"}]),
    (
        Document,
        "symbol",
        "documents.0.symbol",
        [f"A/{'1' * 60}", "A/\u202e1"],
        ["", "A/70/999–S/2016/620", "FCCC/CP/2017/1", "HRI/GEN/1/Rev.9 and Corr.1", "WHA73.1", "A 63 677", "A"],
    ),
    (Document, "title", "documents.0.title", ["", "   ", *NO_LINES, *NO_LANGUAGES], LINES),
    (
        Document,
        "link",
        "documents.0.link",
        ["javascript:alert(1)", "ftp://un.org/a", "data:text/html,a", "https://", "a b", f"https://un.org/{'x' * 250}"],
        ["", "undocs.org/A/1", "https://undocs.org/A/1"],
    ),
]
# What one of the doors does not write: belongings, states, the secretariat's own choices, and boxes to tick; and what
# the two write in their own ways, as the name of a list beside the main one, its lines and its sittings.
NOT_IN_BOTH = {
    *("Meeting.id", "Meeting.is_rehearsal", "Meeting.is_published", "Meeting.has_several_rooms"),
    *("SpeakersList.id", "SpeakersList.meeting", "SpeakersList.level_before_band", "SpeakersList.swaps_need_approval"),
    *("SpeakersList.shows_speaker_names", "SpeakersList.takes_videos", "SpeakersList.closes_when_announced"),
    *("SpeakersList.slug", "SpeakersList.title", "SpeakersList.heard_in", "ProgrammeSlot.list_slug"),
    *("Sitting.id", "Sitting.meeting", "ProgrammeSlot.id", "ProgrammeSlot.meeting", "ProgrammeSlot.position"),
    *("Contact.id", "Contact.meeting", "Contact.position", "Document.id", "Document.meeting", "Document.position"),
    *("Document.is_enclosure", "Section.id", "Section.meeting", "Section.position"),
}
ONLY_NEW = {"slug", "time_zone", "closes_at"}
# What a new meeting sends otherwise than a stored one.
NEW = {"slug": "another", "time_zone": "America/New_York", "lists-0-closes_at_0": "2016-09-01"}
NEW |= {"lists-0-closes_at_1": "13:00", "lists-INITIAL_FORMS": "0", "lists-0-id": "", "lists-0-meeting": ""}
PREFIXES = {Meeting: "", SpeakersList: "lists-0-", Sitting: "sittings-0-", ProgrammeSlot: "slots-0-"}
PREFIXES |= {Contact: "contacts-0-", Document: "documents-0-", Section: "sections-0-"}


def cases(column):
    """Each field with each of its values in `column`."""
    return [
        pytest.param(model, name, path, value, id=f"{model.__name__}.{name}: {str(value)[:40]!a}")
        for model, name, path, *values in FIELDS
        for value in values[column]
    ]


def place_of(path):
    return [int(key) if key.isdecimal() else key for key in path.split(".")]


def whole_file():
    """The facts of the file with a level of its own."""
    return a_file() | {"levels": [{"code": "PR", "class": 3}]}


def stored_from(facts, slug=None):
    """The meeting stored from a file that holds `facts`, under the address `slug`; None if the file is refused."""
    with tempfile.NamedTemporaryFile("w", suffix=".toml", encoding="utf-8") as file:
        file.write(as_toml(facts))
        file.flush()
        try:
            return loading.load(Path(file.name), by=SYSTEM, at=AT, slug=slug).meeting
        except loading.BadFile:
            return None


def load(path, value):
    """Load a file in which the fact at `path` is `value`. Returns the stored meeting, or None if it is refused."""
    return stored_from(changed(whole_file(), place_of(path), value))


@pytest.fixture(scope="module")
def typed_meeting(django_db_setup, django_db_blocker):
    """A meeting from the unchanged file, stored for all tests of this module, and who types on its page."""
    with django_db_blocker.unblock(), clock.stopped(AT), undone():
        yield TypedMeeting()


class TypedMeeting:
    """A stored meeting, and what its page and that of a new one would send if they were saved as they are."""

    def __init__(self):
        lead = User.objects.create(username="lead", is_staff=True)
        lead.groups.add(Group.objects.get(name="Secretariat lead"))
        self.desk = Client()
        self.desk.force_login(lead)
        make_level()
        self.meeting = stored_from(whole_file(), slug="typed")
        self.page, self.new_page = pages.meeting_page(self.meeting), reverse("admin:dialogue_meeting_add")
        self.typed = pages.typed(self.desk.get(self.page))
        own = {name: text for name, text in self.typed.items() if "-" not in name or name.startswith("lists-")}
        self.typed_new = pages.typed(self.desk.get(self.new_page)) | own

    def save(self, model, name, value):
        """Type `value` on the page of the meeting; or on that of a new one, if it can only be typed there.

        Returns the meeting that was saved; None if the page refuses it.
        """
        typed, page, slug = self.typed, self.page, "typed"
        if name in ONLY_NEW:
            typed, page, slug = self.typed_new | NEW, self.new_page, "another"
        typed = typed | {f"{PREFIXES[model]}{field}": text for field, text in typed_for(model, name, value).items()}
        with mock.patch.object(TemplateResponse, "rendered_content", "what is refused is not read"):
            answer = self.desk.post(page, typed)
        if answer.status_code == 200:
            return None
        assert answer.url == reverse("admin:dialogue_meeting_changelist")
        return Meeting.objects.get(slug=value if name == "slug" else slug)


def typed_for(model, name, value):
    """The fields of a page that type `value` into the field `name` of a row of `model`, by their names in that row."""
    if isinstance(value, datetime):
        return {f"{name}_0": f"{value:%Y-%m-%d}".zfill(10), f"{name}_1": f"{value:%H:%M}"}
    if isinstance(value, date):
        return {name: value.isoformat()}
    if name == "limits":
        return {"limits-0-limit": str(timedelta(seconds=value))}
    if name == "own_levels":
        return {"own_levels-0-class": str(value)}
    if name == "ranks":
        return {f"rank_{Band.values[3]}": str(value)}
    if name.endswith("_limit"):
        return {name: str(timedelta(seconds=value))}
    if model._meta.get_field(name).__class__.__name__.startswith("I18n"):
        texts = value if isinstance(value, dict) else {"en": value}
        return {f"{name}_{LANGUAGES.index(code)}": texts.get(code.split("-")[0], "") for code in LANGUAGES}
    return {name: value}


def stored(meeting, model, name):
    """What the only row of `model` in a meeting, or the meeting itself, holds in its field `name`."""
    row = meeting if model is Meeting else model.objects.get(meeting=meeting)
    value = getattr(row, name)
    if isinstance(value, LazyI18nString):
        return {code: text for code, text in value.data.items() if text} if isinstance(value.data, dict) else value.data
    return str(value)


def test_the_table_names_every_field_that_a_person_can_write():
    models = [Meeting, SpeakersList, Sitting, ProgrammeSlot, Contact, Section, Document]
    writable = {f"{model.__name__}.{field.name}" for model in models for field in model._meta.fields if field.editable}

    assert {f"{model.__name__}.{name}" for model, name, *_rest in FIELDS} == writable - NOT_IN_BOTH
    assert writable >= NOT_IN_BOTH


def test_the_meeting_of_the_table_is_taken_by_both_doors(typed_meeting):
    assert load("meeting.venue", "Chamber")
    assert typed_meeting.save(Meeting, "venue", "Chamber")
    assert typed_meeting.save(Meeting, "slug", "other")


@pytest.mark.parametrize(("model", "name", "path", "value"), cases(0))
def test_both_doors_refuse_a_bad_value(typed_meeting, model, name, path, value):
    by_file, by_page = load(path, value), typed_meeting.save(model, name, value)

    assert (by_file, by_page) == (None, None)


@pytest.mark.parametrize(("model", "name", "path", "value"), cases(1))
def test_both_doors_store_a_good_value_alike(typed_meeting, model, name, path, value):
    by_file, by_page = load(path, value), typed_meeting.save(model, name, value)

    assert stored(by_page, model, name) == stored(by_file, model, name)
