"""A meeting made as a copy of another one, or from a template, on other days.  R-31 R-58"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from dialogue import consistency
from dialogue.models import MailText, Meeting, ProgrammePerson, Sitting
from journal.actors import SYSTEM
from journal.models import Entry
from speakers import loading
from speakers.chronicle import told
from speakers.loading import rows
from speakers.loading.copying import preview
from speakers.models import Inscription, SpeakersList
from tests import at_once
from tests.days import make_two_days
from tests.factories import STAFF, make_delegation, make_inscription, make_level

pytestmark = pytest.mark.django_db
AT = datetime(2016, 8, 1, 14, 0, tzinfo=UTC)
DATA = Path(__file__).parent / "data"
TEMPLATES = sorted((settings.BASE_DIR / "dialogue/meetings/templates").glob("*.toml"))
FILES = [*sorted((settings.BASE_DIR / "dialogue/meetings").glob("*.toml")), *sorted(DATA.glob("*.toml")), *TEMPLATES]
YEAR = timedelta(weeks=52)


@pytest.fixture(autouse=True)
def delegations():
    make_delegation("AUL")
    make_level()


def load(path=DATA / "everything.toml"):
    return loading.load(path, by=SYSTEM, at=AT).meeting


def new(slug="copy", starts_on=date(2017, 9, 5), **facts):
    return loading.New(**{"title": {"en": "The next one"}, "slug": slug, "starts_on": starts_on} | facts)


def copied(meeting, asked=None, **options):
    return loading.copy(meeting, asked or new(), **{"by": STAFF, "at": AT} | options)


def first_day(meeting):
    first = meeting.sittings.first()
    return first.starts_at.astimezone(meeting.zone).date() if first else meeting.starts_on


def facts_of(meeting):
    """What the file of `meeting` would say, on the clock, but for what is asked for a copy."""
    facts = rows.on_the_wall(rows.facts_of(Meeting.objects.get(pk=meeting.pk)), meeting.zone)
    return facts | {"meeting": facts["meeting"] | {"slug": None, "title": None, "is_published": None}}


def later(value, by):
    """The facts in `value` with every moment moved."""
    if isinstance(value, dict):
        return {key: later(each, by) for key, each in value.items()}
    if isinstance(value, list):
        return [later(each, by) for each in value]
    return value + by if isinstance(value, date) else value


def without_texts(facts):
    """The facts but for the texts in which dates are told again."""
    meeting = facts["meeting"] | {"invitation": None, "theme": None}
    return facts | {"meeting": meeting, "sections": [each | {"text": None} for each in facts["sections"]]}


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_whatever_a_file_can_hold_comes_along_and_a_copy_of_the_copy_is_as_good(path):
    meeting = load(path)
    day = first_day(meeting)

    copy = copied(meeting, new(starts_on=day + YEAR))
    again = copied(copy, new("again", starts_on=day))

    assert without_texts(facts_of(copy)) == without_texts(later(facts_of(meeting), YEAR))
    assert facts_of(again) == facts_of(meeting)


def test_it_is_a_draft_with_the_title_that_was_typed_and_nothing_of_what_happened():
    meeting = load()
    fixed = {"levels": [make_level().plain()], "places": [], "names": [], "groups": []}
    SpeakersList.objects.update(opens_at=AT - timedelta(days=1), **fixed)
    make_inscription(Meeting.objects.get(), make_delegation("RWA"), at=AT)

    copy = copied(meeting, new(title={"en": "Dialogue of 2017", "fr": "Dialogue de 2017"}))

    assert (copy.is_published, copy.title.data) == (False, {"en": "Dialogue of 2017", "fr": "Dialogue de 2017"})
    terms = copy.speakers_list
    assert (terms.levels, terms.places, terms.names, terms.groups) == (None, None, None, None)
    assert (terms.last_receipt_no, terms.closed_at) == (0, None)
    assert not Inscription.objects.filter(speakers_list__meeting=copy).exists()


# What belongs to a meeting, and comes with a copy; all else that has a meeting or a list is left where it is.
COPIED = {"dialogue.Contact", "dialogue.Document", "dialogue.MailText", "dialogue.ProgrammeSlot", "dialogue.Section"}
COPIED |= {"dialogue.Sitting", "speakers.SpeakersList", "registration.Ticketing"}
LEFT = {"dialogue.ProgrammeVersion", "speakers.Inscription", "speakers.Draw", "speakers.LateRequest"}
LEFT |= {
    "speakers.Interest",
    "speakers.Joining",
    "speakers.Extension",
    "speakers.Revision",
    "speakers.SwapProposal",
    "floor.Booth",
    "floor.Recording",
    "floor.Room",
    "floor.RoomSystem",
    "floor.TimeRemark",
    "floor.Turn",
    "webhooks.Webhook",
}
LEFT |= {f"registration.{name}" for name in ("TicketRequest", "Representative", "Link", "Manifest", "Scan")}


def test_of_every_kind_of_row_it_is_decided_whether_it_is_copied():
    """A new kind of row is to be put into one of the two sets, and, if it is copied, into the file or `also_copy`."""
    of_a_meeting = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model in (Meeting, SpeakersList)
    }

    assert of_a_meeting == COPIED | LEFT


def test_hours_on_the_clock_stay_over_a_change_of_summer_time_and_so_do_the_distances_of_days():
    meeting = make_two_days()

    copy = copied(meeting, new(starts_on=date(2016, 11, 5)))  # Saturday; the clocks are put back on Sunday

    hours = [each.starts_at.astimezone(copy.zone).isoformat() for each in copy.sittings.all()]
    assert hours == [
        "2016-11-05T10:00:00-04:00",
        "2016-11-05T15:00:00-04:00",
        "2016-11-06T10:00:00-05:00",
        "2016-11-06T15:00:00-05:00",
    ]


def test_an_hour_that_clocks_leave_out_on_the_new_day_is_refused_at_the_day():
    meeting = load()
    meeting.slots.all().delete()
    Meeting.objects.update(time_zone="America/New_York", floor_opens_at=None)
    start = datetime(2017, 3, 5, 7, 30, tzinfo=UTC)  # 2:30 a.m. in New York
    Meeting.objects.update(starts_at=start, ends_at=start + timedelta(hours=2))
    Sitting.objects.all().delete()

    with pytest.raises(loading.CopyRefused, match="is not a time that clocks show") as refused:
        copied(Meeting.objects.get(), new(starts_on=date(2017, 3, 12)))

    assert refused.value.field == "starts_on"
    assert Meeting.objects.count() == 1


def test_the_texts_of_mail_in_use_come_along_with_the_days_in_them():
    meeting = load()
    texts = {"meeting": meeting, "kind": "acknowledgement", "subject": "Le 6 septembre 2016"}
    MailText.objects.create(**texts, language="fr", body="Le dialogue du mardi 6 septembre 2016")
    MailText.objects.create(**texts, language="en", body="Not in use", is_active=False)

    copied(meeting)

    own = MailText.objects.get(meeting__slug="copy")
    assert (own.kind, own.language, own.subject) == ("acknowledgement", "fr", "Le 5 septembre 2017")
    assert own.body == "Le dialogue du mardi 5 septembre 2017"


def test_no_address_of_a_person_of_the_programme_is_copied():
    meeting = load()
    ProgrammePerson.objects.update(email="president@example.org")

    copy = copied(meeting)

    assert list(ProgrammePerson.objects.filter(slot__meeting=copy).values_list("name", "email")) == [
        ("H.E. Ms. Example President", "")
    ]


def test_its_chain_says_of_which_meeting_it_is_a_copy_and_that_one_has_nothing_new():
    meeting = load()
    before = Entry.objects.count()

    copied(meeting)

    [entry] = Entry.objects.filter(stream="meeting/copy")
    assert Entry.objects.count() == before + 1
    assert told(entry, {}) == "the meeting was made as a copy of “everything”"


def test_a_copy_of_a_rehearsal_is_what_was_asked_for():
    meeting = load()

    assert copied(meeting, new(is_rehearsal=True)).is_rehearsal
    assert not copied(Meeting.objects.get(slug="copy"), new("real")).is_rehearsal


def test_a_short_name_that_is_taken_is_refused():
    meeting = load()

    with pytest.raises(loading.CopyRefused, match="Another meeting has this short name") as refused:
        copied(meeting, new("everything"))

    assert refused.value.field == "slug"


def test_a_day_beyond_the_calendar_is_refused():
    with pytest.raises(loading.CopyRefused, match=r"Write a year|outside the calendar"):
        copied(load(), new(starts_on=date(9999, 12, 31)))


def test_its_days_are_read_before_it_is_made_with_what_speaks_against_them():
    meeting = load()

    with pytest.raises(loading.CopyRefused) as asked:
        copied(meeting, new(starts_on=date(2017, 9, 9)), seen="", at=datetime(2017, 8, 30, tzinfo=UTC))

    assert not Meeting.objects.filter(slug="copy").exists()
    assert not Entry.objects.filter(stream="meeting/copy").exists()
    assert list(asked.value.details) == [
        "Sitting 1: Saturday, 9 September 2017, 10:00 a.m. (Kathmandu time) – the weekend",
        "Sitting 2: Saturday, 9 September 2017, 3:00 p.m. (Kathmandu time) – the weekend",
        "Inscription opens: Friday, 25 August 2017, 9:00 a.m. (Kathmandu time) – already past",
        "Inscription closes: Monday, 4 September 2017, 1:00 p.m. (Kathmandu time)",
        (
            "Round table: Inscription opens: Saturday, 26 August 2017, 9:00 a.m. (Kathmandu time)"
            " – the weekend – already past"
        ),
        "Round table: Inscription closes: Tuesday, 5 September 2017, 1:00 p.m. (Kathmandu time)",
    ]
    seen = asked.value.shown
    with pytest.raises(loading.CopyRefused, match="This has changed since"):
        copied(meeting, new(starts_on=date(2017, 9, 10)), seen=seen)
    assert copied(meeting, new(starts_on=date(2017, 9, 9)), seen=seen, at=datetime(2017, 8, 30, tzinfo=UTC))


@pytest.mark.parametrize("path", TEMPLATES, ids=[path.stem for path in TEMPLATES])
def test_a_template_makes_a_draft_that_lacks_only_what_is_written_for_each_meeting(path):
    made = loading.make_from(path, new(starts_on=date(2031, 3, 4)), by=STAFF, at=AT)

    assert [each.field for each in consistency.objections(consistency.in_full(made))] == ["invitation", "contacts"]
    assert (first_day(made), made.is_published) == (date(2031, 3, 4), False)
    assert not [line for line in preview(made, AT).sentences if " – " in line]
    entry = Entry.objects.get(stream="meeting/copy")
    assert told(entry, {}) == f"the meeting was made from the template “{path.stem}”"


def test_a_template_on_a_name_that_is_taken_is_refused():
    load()

    with pytest.raises(loading.CopyRefused, match="Another meeting has this short name"):
        loading.make_from(TEMPLATES[0], new("everything"), by=STAFF, at=AT)


@pytest.mark.django_db(transaction=True)
def test_of_two_copies_under_one_name_at_one_instant_one_is_made_and_one_refused_in_words():
    first, second = load(), load(DATA / "hlpf.toml")

    ends = at_once.together(lambda: copied(first), lambda: copied(second))

    assert ends.count("done") == 1
    assert [type(each) for each in ends if each != "done"] == [loading.CopyRefused]
    assert Meeting.objects.filter(slug="copy").count() == 1
