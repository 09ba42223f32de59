"""What is alphabetical is so in the language of the reader; what is on record stands in one order for all."""

import pytest
from django.urls import reverse
from django.utils import translation

from speakers.delegations import access, naming
from speakers.forms.choices import OneDelegation
from speakers.models import Delegation, Inscription
from speakers.order import precedence
from tests import factories
from tests.secretariat import pages

pytestmark = [pytest.mark.django_db, pytest.mark.differs]

NAMES = {
    "CYP": {"en": "Cyprus", "fr": "Chypre", "es": "Chipre", "ar": "قبرص", "ru": "Кипр", "zh-hans": "塞浦路斯"},
    "EGY": {"en": "Egypt", "fr": "Égypte", "es": "Egipto", "ar": "مصر", "ru": "Египет", "zh-hans": "埃及"},
    "JOR": {"en": "Jordan", "fr": "Jordanie", "es": "Jordania", "ar": "الأردن", "ru": "Иордания", "zh-hans": "约旦"},
    "DEU": {"en": "Germany", "fr": "Allemagne", "es": "Alemania", "ar": "ألمانيا", "ru": "Германия", "zh-hans": "德国"},
}
ORDERS = {
    "ar": ["JOR", "DEU", "CYP", "EGY"],
    "zh-hans": ["EGY", "DEU", "CYP", "JOR"],
    "en": ["CYP", "EGY", "DEU", "JOR"],
    "fr": ["DEU", "CYP", "EGY", "JOR"],
    "ru": ["DEU", "EGY", "JOR", "CYP"],
    "es": ["DEU", "CYP", "EGY", "JOR"],
}


@pytest.fixture
def delegations():
    made = {code: factories.make_delegation(code, names["en"]) for code, names in NAMES.items()}
    for code, names in NAMES.items():
        made[code].short_name = names
        made[code].save()
    return made


def in_language(language):
    return {"accept-language": language}


def shown_in_order(page, language, *codes):
    places = {code: page.find(NAMES[code][language]) for code in codes or NAMES}
    assert -1 not in places.values()
    return sorted(places, key=places.__getitem__)


@pytest.mark.parametrize("language", ORDERS)
def test_the_list_of_delegations_stands_in_the_alphabet_of_the_reader(reader, delegations, language):
    rows = (
        reader.get(reverse("admin:speakers_delegation_changelist"), headers=in_language(language))
        .context["cl"]
        .result_list
    )

    assert [each.code for each in rows] == ORDERS[language]


@pytest.mark.parametrize("language", ORDERS)
def test_what_a_pull_down_offers_does_too(delegations, language):
    meeting = factories.make_meeting()
    field = OneDelegation()
    field.offer(Delegation.objects.all)
    for delegation in delegations.values():
        factories.make_focal_point(delegation, "one@missions.example")

    with translation.override(language):
        in_order = [NAMES[code][language] for code in ORDERS[language]]
        assert list(field.widget.suggest()) == in_order
        assert naming.suggestions(meeting) == in_order
        assert [str(each) for each in access.delegations_of("one@missions.example")] == in_order
        on = meeting.starts_on
        assert [str(each) for each in access.delegations_of("one@missions.example", on=on)] == in_order


@pytest.mark.parametrize("language", ORDERS)
def test_the_register_of_groups_offers_delegations_in_it(admin_client, delegations, language):
    Delegation.objects.get(code="EGY").places.update(category="observer_state")
    Delegation.objects.get(code="DEU").places.update(category="observer_state")

    page = pages.text(admin_client.get(reverse("admin:speakers_group_add"), headers=in_language(language)))

    assert shown_in_order(page, language, "EGY", "DEU") == [each for each in ORDERS[language] if each in ("EGY", "DEU")]


@pytest.mark.parametrize("language", ORDERS)
def test_staff_sort_the_list_of_speakers_by_delegation_in_it(reader, delegations, language):
    meeting = factories.make_meeting()
    for delegation in delegations.values():
        factories.make_inscription(meeting, delegation)
    page = pages.text(
        reader.get(reverse("admin:speakers_inscription_changelist"), {"o": "delegation"}, headers=in_language(language))
    )

    assert shown_in_order(page, language) == ORDERS[language]


@pytest.mark.parametrize("language", ORDERS)
def test_the_order_of_speakers_is_one_for_all_readers(delegations, language):
    meeting = factories.make_meeting()
    for code in ("JOR", "CYP", "EGY", "DEU"):
        factories.make_inscription(meeting, delegations[code])

    with translation.override(language):
        entries = Inscription.objects.filter(speakers_list=meeting.speakers_list)
        places = precedence.places(entries, precedence.Rules.of(meeting.speakers_list))

    assert [each.inscription.delegation.code for each in places] == ["JOR", "CYP", "EGY", "DEU"]


def test_a_delegation_that_an_older_server_stored_stands_last(reader, delegations):
    Delegation.objects.filter(code="CYP").update(sort_keys=None)

    rows = reader.get(reverse("admin:speakers_delegation_changelist")).context["cl"].result_list

    assert {each.code for each in rows} == set(NAMES)
