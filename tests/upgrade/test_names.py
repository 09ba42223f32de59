"""A database of the version before: its rows are named, found and sorted in six languages."""

import json

from tests.upgrade import site

ASK = """
import django, json
django.setup()
from django.utils import translation
from registration import naming
from registration.models import Representative
from spelling import search_key
from speakers.models import Delegation, InAlphabet, Level
translation.activate("ar")
print(json.dumps({
    "levels": sorted(Level.objects.get(code="MFA").label.data),
    "organization": sorted(Delegation.objects.get(code="AALCO").short_name.data),
    "unsorted": Delegation.objects.filter(sort_keys=None).count(),
    "first": Delegation.objects.filter(code__in=["JOR", "DEU", "CYP"]).order_by(InAlphabet()).first().code,
    "found": [each.code for each in Delegation.objects.filter(search_words__contains=search_key("الإمارات العربيه"))],
    "stale": sum(
        each.name_key != naming.person_key(each.first_name, each.last_name)
        for each in Representative.objects.exclude(first_name="", last_name="")
    ),
}))
"""


def test_old_rows_are_named_found_and_sorted_in_six_languages(upgraded):
    facts = json.loads(site.run(upgraded.environment, "-c", ASK))

    six = ["ar", "en", "es", "fr", "ru", "zh-hans"]
    assert facts == {"levels": six, "organization": six, "unsorted": 0, "first": "JOR", "found": ["ARE"], "stale": 0}
