"""The delegations, their names and dated places, as they are loaded.  R-18 R-19"""

from collections import Counter
from datetime import date, datetime

import pytest
from django.core.management import call_command

import clock
from journal.actors import SYSTEM
from journal.models import Entry
from speakers.delegations import loading
from speakers.models import Band, Delegation, DelegationPlace, FocalPoint, Group, Level, SpeakersList
from tests.factories import CLASSES, OPEN

pytestmark = pytest.mark.django_db
Category = DelegationPlace.Category
DATE = date(2016, 9, 6)


def load(**options):
    return loading.load(by=SYSTEM, at=OPEN, **options)


@pytest.fixture
def delegations():
    """The delegations that are loaded, by code, with their places."""
    load()
    return {delegation.code: delegation for delegation in Delegation.objects.with_places()}


def test_there_are_193_member_states_and_two_observers_that_are_states(delegations):
    places = Counter(delegation.place_on(DATE).category for delegation in delegations.values())

    assert places[Category.MEMBER_STATE] == 193
    assert places[Category.OBSERVER_STATE] == 1
    assert places[Category.OBSERVER] == 1
    assert places[Category.REGIONAL_ORGANIZATION] == 1
    assert {"AU", "ICRC", "LAS", "OIC", "OIF", "COE", "IPU", "SMOM", "ICC"} <= set(delegations)


def test_regional_groups_have_the_members_they_have(delegations):
    members = [each for each in delegations.values() if each.place_on(DATE).category == Category.MEMBER_STATE]

    assert Counter(member.regional_group for member in members) == {
        "african": 54,
        "asia_pacific": 54,
        "latin_american": 33,
        "western_european": 29,
        "eastern_european": 23,
    }


def test_states_have_codes_that_are_theirs_alone_and_names_in_six_languages(delegations):
    states = [each for each in delegations.values() if each.iso2]

    assert len(states) == 195
    for codes in ({each.iso2 for each in states}, {each.m49 for each in states}):
        assert len(codes) == 195
    assert all(len(each.code) == 3 and len(each.m49) == 3 and each.m49.isdecimal() for each in states)
    assert {frozenset(each.short_name.data) for each in states} == {
        frozenset(["ar", "zh-hans", "en", "fr", "ru", "es"])
    }
    for language in ["ar", "zh-hans", "en", "fr", "ru", "es"]:
        names = [each.short_name.localize(language) for each in states]
        assert len(set(names)) == 195


def test_names_are_written_in_the_letters_of_their_language(delegations):
    for delegation in delegations.values():
        names = delegation.short_name.data
        if "ar" in names:
            assert any("\u0600" <= letter <= "\u06ff" for letter in names["ar"])
            assert not any(letter.isascii() and letter.isalpha() for letter in names["ar"])
            assert any("\u4e00" <= letter <= "\u9fff" for letter in names["zh-hans"])
            assert any("\u0400" <= letter <= "\u04ff" for letter in names["ru"])


@pytest.mark.parametrize(
    ("code", "short", "formal"),
    [
        ("BOL", "Bolivia (Plurinational State of)", "the Plurinational State of Bolivia"),
        ("CIV", "Côte d'Ivoire", "the Republic of Côte d'Ivoire"),
        ("CZE", "Czechia", "the Czech Republic"),
        ("GMB", "Gambia", "the Republic of the Gambia"),
        ("GRC", "Greece", "the Hellenic Republic"),
        ("JOR", "Jordan", "the Hashemite Kingdom of Jordan"),
        ("KGZ", "Kyrgyzstan", "the Kyrgyz Republic"),
        ("LBN", "Lebanon", "the Lebanese Republic"),
        ("LBY", "Libya", "the State of Libya"),
        ("LKA", "Sri Lanka", "the Democratic Socialist Republic of Sri Lanka"),
        ("MEX", "Mexico", "the United Mexican States"),
        ("NLD", "Netherlands (Kingdom of the)", "the Kingdom of the Netherlands"),
        ("NPL", "Nepal", "Nepal"),
        ("PRK", "Democratic People's Republic of Korea", "the Democratic People's Republic of Korea"),
        ("TUR", "Türkiye", "the Republic of Türkiye"),
        ("URY", "Uruguay", "the Eastern Republic of Uruguay"),
        ("VAT", "Holy See", "the Holy See"),
    ],
)
def test_names_are_those_the_united_nations_uses(delegations, code, short, formal):
    delegation = delegations[code]

    assert (delegation.short_name.localize("en"), delegation.formal_name.localize("en")) == (short, formal)


def test_the_arabic_name_of_the_netherlands_says_kingdom(delegations):
    assert delegations["NLD"].short_name.localize("ar") == "هولندا (مملكة -)"


def test_names_sort_by_their_letters_without_accents(delegations):
    names = list(Delegation.objects.values_list("sort_name", flat=True))

    assert names.index("tunisia") < names.index("turkiye") < names.index("turkmenistan")
    assert all(name == name.lower() and name.isascii() for name in names)


@pytest.mark.parametrize(
    ("code", "on", "category", "band", "ground"),
    [
        ("RWA", DATE, Category.MEMBER_STATE, Band.MEMBER_STATES, "Charter of the United Nations; GA rule 68"),
        ("VAT", DATE, Category.OBSERVER_STATE, Band.OBSERVER_STATES, "A/RES/58/314"),
        ("PSE", DATE, Category.OBSERVER, Band.OBSERVER_STATES, "A/RES/52/250"),
        ("PSE", date(2024, 9, 9), Category.OBSERVER, Band.OBSERVER_STATES, "A/RES/52/250"),
        ("PSE", date(2024, 9, 10), Category.OBSERVER_STATE, Band.MEMBER_STATES, "A/RES/ES-10/23"),
        ("EU", DATE, Category.REGIONAL_ORGANIZATION, Band.OBSERVERS, "A/RES/65/276"),
        ("ICRC", DATE, Category.ORGANIZATION, Band.OBSERVERS, "A/RES/45/6"),
        ("UNHCR", DATE, Category.UN_SYSTEM, Band.UN_SYSTEM, ""),
    ],
)
def test_places_are_dated_and_rest_on_their_ground(delegations, code, on, category, band, ground):
    place = delegations[code].place_on(on)

    assert (place.category, place.band, place.ground) == (category, band, ground)


def test_before_their_first_day_the_dated_places_do_not_hold(delegations):
    assert delegations["PSE"].place_on(date(1998, 7, 6)) is None
    assert delegations["VAT"].place_on(date(2004, 6, 30)) is None
    assert delegations["EU"].place_on(date(2011, 5, 2)) is None


def test_member_states_and_the_european_union_speak_for_groups_and_other_observers_do_not(delegations):
    speak = {code for code, each in delegations.items() if each.place_on(DATE).speaks_for_groups}

    assert len(speak) == 194
    assert "EU" in speak
    assert not {"VAT", "PSE", "ICRC"} & speak


def test_everything_loaded_is_valid(delegations):
    for delegation in delegations.values():
        delegation.full_clean(validate_unique=False, validate_constraints=False)
        for place in delegation.places.all():
            place.full_clean(exclude=["delegation"], validate_unique=False, validate_constraints=False)


def test_levels_have_the_classes_of_customary_protocol():
    load()

    assert dict(Level.objects.values_list("code", "precedence_class")) == CLASSES
    assert list(Level.objects.values_list("code", flat=True)) == list(CLASSES)


def test_each_group_has_names_that_no_other_has_and_says_what_it_rests_on():
    load()

    groups = list(Group.objects.all())
    keys = [key for group in groups for key in group.registered([]).keys]
    assert len(keys) == len(set(keys))
    assert all(group.source for group in groups)
    for group in groups:
        group.full_clean()


def test_an_observer_may_speak_for_its_own_group_by_default():
    load()

    register = {group.short_name: group.spoken_for_by for group in Group.register_now(SpeakersList())}
    assert register["Caribbean Community"] == ["CARICOM"]
    assert register["Group of 77 and China"] == []


def test_a_group_that_staff_have_entered_under_another_of_its_names_is_not_loaded_again():
    Group.objects.create(short_name="ASEAN", full_name="ASEAN")

    load()

    assert not Group.objects.filter(short_name="Association of Southeast Asian Nations").exists()


def test_without_a_demonstration_there_is_no_focal_point():
    load()

    assert not FocalPoint.objects.exists()


def test_the_demonstration_gives_each_delegation_one_focal_point_that_no_mail_can_reach():
    load(with_demonstration=True)

    addresses = dict(FocalPoint.objects.values_list("delegation__code", "normalised_email"))
    assert addresses["RWA"] == "rwa@missions.example"
    assert len(addresses) == Delegation.objects.count()
    assert all(address.endswith("@missions.example") for address in addresses.values())


def test_the_demonstration_adds_none_where_a_delegation_has_its_own():
    load()
    FocalPoint.objects.create(delegation=Delegation.objects.get(code="RWA"), email="mission@rwanda.example")

    load(with_demonstration=True)

    assert list(FocalPoint.objects.filter(delegation__code="RWA").values_list("email")) == [("mission@rwanda.example",)]


def test_loading_again_adds_nothing_writes_nothing_and_is_quick(django_assert_max_num_queries):
    load(with_demonstration=True)

    with django_assert_max_num_queries(10):
        again = load(with_demonstration=True)

    assert again == loading.Added(0, 0, 0, 0)
    assert Entry.objects.filter(act="delegations loaded").count() == 1


def test_what_staff_corrected_is_not_changed_back_and_what_is_missing_is_added():
    load()
    Delegation.objects.filter(code="RWA").update(sort_name="corrected")
    Delegation.objects.filter(code="TUV").delete()

    again = load()

    assert again == loading.Added(0, 1, 0, 0)
    assert Delegation.objects.get(code="RWA").sort_name == "corrected"
    assert Delegation.objects.get(code="TUV").place_on(DATE).band == Band.MEMBER_STATES


def test_the_command_says_what_it_did(capsys, settings):
    settings.EMBEDDED = True

    with clock.stopped(datetime.fromisoformat("2026-01-01T00:00:00+00:00")):
        call_command("load_delegations")
        call_command("load_delegations")

    assert capsys.readouterr().out.split("\n")[:4] == [
        "Loaded 235 delegations and 13 levels of representation.",
        "Loaded 38 groups.",
        "Added 235 demonstration focal points at missions.example.",
        "The delegations were already loaded; nothing was changed.",
    ]
