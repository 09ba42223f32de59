"""Names of delegations by date: a meeting shows the names that the United Nations used at its date.  R-71 R-72"""

import csv
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

import clock
import spelling
from floor import standings
from floor.acts import asking, replying, switching
from floor.acts import opening as opening_of_the_floor
from floor.script import addressing
from journal.actors import SYSTEM
from outbox.models import Message
from speakers.delegations import loading
from speakers.entries import joining, opening
from speakers.models import Delegation, DelegationName, Inscription, SpeakersList, called_on
from speakers.models.entry import ListedEntry
from speakers.order import precedence
from speakers.publishing import documents, revisions
from tests.factories import (
    OPEN,
    STAFF,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_meeting,
    signed_in,
    written,
)
from tests.floor.room import OPENS, make_room, speak

pytestmark = pytest.mark.django_db
OF_2016, OF_2026 = date(2016, 9, 6), date(2026, 5, 1)
LANGUAGES = {"ar", "zh-hans", "en", "fr", "ru", "es"}


@pytest.fixture
def loaded():
    loading.load(by=SYSTEM, at=OPEN)
    return {each.code: each for each in Delegation.objects.all()}


def a_name(delegation, name="Turkey", **facts):
    facts = {"to_on": date(2022, 5, 31), "source": "the letter received on 1 June 2022"} | facts
    return DelegationName.objects.create(
        delegation=delegation, short_name={"en": name}, formal_name={"en": f"the Republic of {name}"}, **facts
    )


@pytest.fixture
def turkiye():
    delegation = make_delegation("TUR", "Türkiye")
    a_name(delegation)
    return delegation


def meeting_of(year):
    """A meeting of that year with its list, open on 31 August."""
    days = {"opens_at": datetime(year, 8, 22, 13, tzinfo=UTC), "closes_at": datetime(year, 9, 1, 17, tzinfo=UTC)}
    days |= {"starts_at": datetime(year, 9, 6, 14, tzinfo=UTC), "ends_at": datetime(year, 9, 6, 22, tzinfo=UTC)}
    return make_meeting(f"dialogue-{year}", **days), datetime(year, 8, 31, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "last_day", "before", "after"),
    [
        ("MKD", date(2019, 2, 13), "the former Yugoslav Republic of Macedonia", "North Macedonia"),
        ("SWZ", date(2018, 4, 18), "Swaziland", "Eswatini"),
        ("TUR", date(2022, 5, 31), "Turkey", "Türkiye"),
        ("NRU", OF_2026, "Nauru", "Nauru"),
    ],
)
def test_a_delegation_has_the_name_of_the_date(loaded, code, last_day, before, after):
    names = [str(loaded[code].names_on(day)[0]) for day in (OF_2016, last_day, OF_2026)]

    assert names == [before, before, after]
    assert [str(each) for each in called_on([loaded[code], loaded["RWA"]], OF_2016)] == [before, "Rwanda"]


def test_each_dated_name_has_six_languages_and_its_source():
    with (loading.DATA / "names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    for row in rows:
        assert all(row.values()) or [name for name, value in row.items() if not value] == ["from_on"]
    assert {frozenset(name.short_name.data) for name in DelegationName.objects.all()} <= {frozenset(LANGUAGES)}


def test_the_database_refuses_a_name_without_a_source_and_one_that_ends_before_it_begins(turkiye):
    for facts in ({"source": ""}, {"from_on": date(2023, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            a_name(turkiye, **facts)


def test_loading_again_adds_no_name_and_keeps_what_staff_corrected(loaded):
    DelegationName.objects.filter(delegation=loaded["TUR"]).update(to_on=date(2022, 6, 1))

    loading.load(by=SYSTEM, at=OPEN)

    assert [name.to_on for name in loaded["TUR"].names.all()] == [date(2022, 6, 1)]


def test_a_search_finds_both_names(loaded):
    for typed in ("Turkey", "TÜRKIYE", "turquía", "the Republic of Turkey"):
        assert Delegation.objects.get(search_words__contains=spelling.search_key(typed)) == loaded["TUR"]


def test_two_meetings_show_the_names_of_their_dates_everywhere(turkiye):
    make_focal_point(turkiye)
    client = signed_in("tur@missions.example")
    for year, name, other in ((2016, "Turkey", "Türkiye"), (2026, "Türkiye", "Turkey")):
        meeting, at = meeting_of(year)
        address = f"/meetings/{meeting.slug}/speakers"
        with clock.stopped(at):
            form = client.get(f"{address}/inscribe/").content.decode()
            entry = make_inscription(meeting, turkiye, at=at, speaker_name="", contact_name="Mission")
            receipt = client.get(entry.get_absolute_url()).content.decode()
            acknowledgement = written(Message.objects.filter(kind="speakers.acknowledgement").latest("pk"))
            page = client.get(f"{address}/").content.decode()
            revision = revisions.publish(meeting.speakers_list, by=STAFF, at=at)
        [turn] = [each.turn for each in standings.read(meeting).listed]

        for text in (form, receipt, acknowledgement.subject + acknowledgement.body, page, revision.content):
            assert name in text
            assert other not in text
        assert documents.live(meeting.speakers_list, at=at)["speakers"][0]["delegation"] == name
        assert [place.inscription.delegation for place in precedence.public_order(meeting.speakers_list)] == [name]
        assert turn.name == name
        assert addressing.delegation_in_full(turn) in (f"the Republic of {name}", name)


def test_a_list_keeps_the_names_with_which_it_opened(turkiye):
    meeting, at = meeting_of(2016)
    with clock.stopped(at):
        first = make_inscription(meeting, turkiye, at=at)
    DelegationName.objects.all().delete()
    Delegation.objects.update(short_name={"en": "Another"})

    with clock.stopped(at):
        second = make_inscription(meeting, turkiye, at=at, capacity="group", group_name="Friends")

    first.refresh_from_db()
    assert [str(each.delegation) for each in (first, second)] == ["Turkey", "Turkey"]
    assert [each.delegation for each in meeting.speakers_list.inscriptions.listed()] == ["Turkey", "Turkey"]


def test_an_entry_of_before_goes_by_the_present_name(turkiye):
    meeting, at = meeting_of(2016)
    with clock.stopped(at):
        entry = make_inscription(meeting, turkiye, at=at)
    meeting.speakers_list.inscriptions.update(delegation_name="", delegation_in_full="")

    entry.refresh_from_db()
    [listed] = meeting.speakers_list.inscriptions.listed()
    assert (str(entry.delegation), listed.delegation, type(listed)) == ("Türkiye", "Türkiye", ListedEntry)


def test_a_delegation_under_its_former_name_is_not_saved(turkiye):
    [former] = called_on([turkiye], OF_2016)

    assert former == turkiye
    with pytest.raises(TypeError, match="read it again"):
        former.save()


def test_names_in_each_language_are_fixed(loaded):
    meeting, at = meeting_of(2016)
    opening.fix_terms_due(at=at)
    speakers_list = SpeakersList.objects.with_places().get(pk=meeting.speakers_list.pk)

    short_name, _formal_name = loaded["MKD"].names_on_list(speakers_list)
    with translation.override("fr"):
        assert str(short_name) == "ex-République yougoslave de Macédoine"


def test_those_who_join_a_statement_have_the_names_of_the_date_too(turkiye):
    make_focal_point(turkiye)
    meeting, at = meeting_of(2016)
    entry = make_inscription(meeting, make_delegation("RWA"), at=at)

    [asked] = joining.ask(entry, [turkiye], by=STAFF, at=at)
    joining.join(asked, by=STAFF, at=at)

    [standing] = standings.read(meeting).listed
    assert str(asked.delegation) == "Turkey"
    assert standing.turn.joined == ["Turkey"]
    assert documents.live(meeting.speakers_list, at=at)["speakers"][0]["joined"] == ["Turkey"]
    assert [str(each) for each in Inscription.objects.get().joined_delegations] == ["Turkey"]
    Inscription.objects.get().joinings.update(delegation_name="", delegation_in_full="")
    assert documents.live(meeting.speakers_list, at=at)["speakers"][0]["joined"] == ["Türkiye"]


def test_who_spoke_on_the_open_floor_and_in_reply_has_the_name_of_the_date_on_the_page_of_statements(turkiye, client):
    meeting = make_room("RWA")
    switching.switch(meeting, allows_points_of_order=True, allows_replies=True, by=STAFF, at=OPENS)
    opening_of_the_floor.open_floor(meeting, by=STAFF, at=OPENS)
    asking.ask(meeting, turkiye, by=STAFF, at=OPENS)
    replying.ask_to_reply(meeting, turkiye, by=STAFF, at=OPENS)
    for begin in (0, 200, 400):
        speak(meeting, begin, begin + 100)

    page = client.get("/meetings/dialogue/statements/").content.decode()
    record = client.get("/api/v1/meetings/dialogue/record").content.decode()

    assert page.count("Turkey") == record.count("Turkey") == 2
    assert "Türkiye" not in page + record
