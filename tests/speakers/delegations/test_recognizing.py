"""Whose name a typed name is, with all delegations on record.  R-71"""

import csv

import pytest

from speakers.delegations import loading, recognizing
from speakers.models import Delegation
from tests.factories import OPEN, STAFF

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    loading.load(by=STAFF, at=OPEN)
    return recognizing.Names(Delegation.objects.all())


NAMES = [
    *(("NLD", "Netherlands"), ("NLD", "The Netherlands"), ("BOL", "Bolivia"), ("GBR", "United Kingdom")),
    *(("IRN", "Iran"), ("TZA", "Tanzania"), ("MDA", "Moldova"), ("CZE", "Czech Republic"), ("COG", "Congo")),
    *(("RUS", "Russia"), ("NLD", "Pays-Bas"), ("TUR", "Turkiye"), ("GIN", "Guinea"), ("CIV", "CÔTE D’IVOIRE")),
    *(("SYR", "Syria"), ("PRK", "North Korea"), ("KEN", ["الكينيا", "كينيا"][1])),
]
OTHERS = [
    *(("PNG", "Guinea"), ("SSD", "Sudan"), ("COD", "Congo"), ("KOR", "Korea"), ("GBR", "Ireland"), ("NER", "Nigeria")),
    *(("BOL", "Republic"), ("USA", "United"), ("RWA", "Kenya"), ("DMA", "Dominican Republic"), ("RWA", "!")),
]


def test_names_of_everyday_use_parts_and_other_languages_are_names_of_the_delegation(names):
    assert [pair for pair in NAMES if not names.is_name(*pair)] == []


def test_parts_that_others_share_and_names_of_others_are_not(names):
    assert [pair for pair in OTHERS if names.is_name(*pair)] == []


def test_it_is_known_whether_another_delegation_has_the_name(names):
    assert names.is_of_another("RWA", "Kenya")
    assert not names.is_of_another("RWA", "Rwanda")
    assert not names.is_of_another("RWA", "Nowhere")


def test_each_name_of_everyday_use_belongs_to_a_delegation_on_record_and_to_no_other(names):
    with recognizing.EVERYDAY.open(encoding="utf-8", newline="") as file:
        pairs = [(row["code"], row["name"]) for row in csv.DictReader(file)]

    assert {code for code, _name in pairs} <= set(Delegation.objects.values_list("code", flat=True))
    assert [pair for pair in pairs if names.is_of_another(*pair)] == []
