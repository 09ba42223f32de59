"""A database made by the version before, migrated: the same order, the same journal, the same pages.

`tests/upgrade/data` holds both databases as that version left them, and what it read from them.
"""

import pytest

from tests.upgrade import site
from tests.upgrade.facts import VERIFICATIONS
from tests.upgrade.rewording import NAME

# What has another name since: a list has a row of its own, which holds the ranks of its bands.
SINCE = {f"dialogue.{act}_band": f"speakers.{act}_speakerslist" for act in ("add", "change", "view")}
# Who may do what with sections of a note, with expressions of interest, after a restore, and with the register of
# groups, which `prepare` loads as one more act of the secretariat.
RESTORED = {"secretariat.view_restoration"}
SEEING = {"speakers.view_group", "dialogue.view_section", "speakers.view_interest"} | RESTORED
SELECTING = {"speakers.change_interest"}
MAY_SINCE = {"Read only": SEEING, "List officer": SEEING | SELECTING}
MAY_SINCE |= {"Conference officer": {"dialogue.view_section"} | RESTORED, "Civil society officer": RESTORED}
LEADING = {"dialogue.add_section", "dialogue.change_section", "secretariat.let_go", "outbox.decide_on_kept"}
MAY_SINCE |= {"Secretariat lead": SEEING | SELECTING | LEADING | {"speakers.add_group", "speakers.change_group"}}
MAY_SINCE["Secretariat lead"] |= {"floor.read_texts"}
MAY_SINCE["Secretariat lead"] |= {f"webhooks.{verb}_webhook" for verb in ("add", "change", "view")}
GROUPS = 38
# How many of its meetings had a purpose, which is a section now.
PURPOSES = 2
# The dated names of delegations, which `prepare` loads.
NAMES = 3


def as_named_now(facts, now):
    """The `facts` of the version before, in the names of this one; of the chain that goes on, what it is `now`."""
    groups = {
        group: sorted({SINCE.get(each, each) for each in may} | MAY_SINCE.get(group, set()))
        for group, may in facts["groups"].items()
    }
    groups["Interpreters and reporters"] = ["dialogue.view_meeting", "floor.read_texts"]
    kept = {model: count for model, count in facts["kept"].items() if model != "dialogue.Band"}
    kept["speakers.SpeakersList"] = kept["dialogue.Meeting"]
    kept["floor.StatementFile"] = 0  # the files were not kept with the database: see test_texts.py
    kept["speakers.WrongCodes"] = kept["speakers.WitnessAsked"] = kept["speakers.Joining"] = 0
    kept["dialogue.DocumentFile"] = 0
    kept["speakers.Interest"] = kept["speakers.Subscription"] = kept["outbox.MailServer"] = kept["floor.Booth"] = 0
    kept["registration.Settlement"] = kept["webhooks.Webhook"] = kept["webhooks.Cursor"] = 0
    kept["languages.Choice"] = kept["floor.Recording"] = kept["floor.RoomSystem"] = kept["floor.Signal"] = 0
    kept |= {"dialogue.Section": PURPOSES, "speakers.DelegationName": NAMES}
    kept |= {"speakers.Group": GROUPS, **{name: kept[name] + 1 for name in ("journal.Entry", "journal.Payload")}}
    own = now["journal"]["secretariat"]
    assert own["entries"] == facts["journal"]["secretariat"]["entries"] + 1
    journal = facts["journal"] | {"secretariat": own}
    return facts | {"groups": groups, "journal": journal, "kept": kept, "problems": facts["problems"] | {"verify": ""}}


@pytest.mark.parametrize("fact", sorted(site.kept(f"{NAME}-sqlite-facts")))
def test_what_the_database_says_is_what_it_said_before(upgraded, fact):
    assert upgraded.facts[fact] == as_named_now(upgraded.facts_before, upgraded.facts)[fact]


@pytest.mark.parametrize("path", site.kept(f"{NAME}-pages"))
def test_a_page_shows_what_it_showed_before(upgraded, path):
    words = "If the words were changed on purpose: python -m tests.upgrade.rewording, and read the difference"

    assert upgraded.pages[path] == site.kept(f"{NAME}-pages")[path], words


def test_its_chains_hold_and_its_lists_follow_from_the_journal(upgraded):
    assert upgraded.facts["problems"] == dict.fromkeys(VERIFICATIONS, "")
