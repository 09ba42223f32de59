"""A database made by the version before, migrated: the same order, the same journal, the same pages.

`tests/upgrade/data` holds both databases as that version left them, and what it read from them.
"""

import pytest

from tests.upgrade import site
from tests.upgrade.rewording import NAME


@pytest.mark.parametrize("fact", sorted(site.kept(f"{NAME}-sqlite-facts")))
def test_what_the_database_says_is_what_it_said_before(upgraded, fact):
    assert upgraded.facts[fact] == upgraded.facts_before[fact]


@pytest.mark.parametrize("path", site.kept(f"{NAME}-pages"))
def test_a_page_shows_what_it_showed_before(upgraded, path):
    words = "If the words were changed on purpose: python -m tests.upgrade.rewording, and read the difference"

    assert upgraded.pages[path] == site.kept(f"{NAME}-pages")[path], words


def test_its_chains_hold_and_its_lists_follow_from_the_journal(upgraded):
    assert upgraded.facts["problems"] == {"verify_journal": "", "verify_revision": "", "replay_journal": ""}
