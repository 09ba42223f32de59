"""`NOTICE` names everything that is installed for the pages, under its own licence, and every file of facts."""

import json
import re

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
ASKED_FOR = json.loads((ROOT / "package.json").read_text())["dependencies"]
LOCKED = json.loads((ROOT / "package-lock.json").read_text())["packages"]
# Without the tools of a developer, which no page uses and no one is given.
INSTALLED = [path.removeprefix("node_modules/") for path, facts in LOCKED.items() if path and not facts.get("dev")]
APPS = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests"]


def licence_in_notice(package):
    """The licence that NOTICE gives `package`; None where it does not name the package."""
    line = re.search(rf"^  {re.escape(package)} +(\S+)", (ROOT / "NOTICE").read_text(), re.MULTILINE)
    return line and line[1]


def files_of_facts():
    """Every data file of facts, as a path from the root. The words of the voucher are our own."""
    found = [path for app in APPS for folder in ("data", "meetings") for path in app.rglob(f"{folder}/*.[ct]*")]
    return [str(path.relative_to(ROOT)) for path in found if path.name != "voucher.toml"]


def test_the_lock_holds_everything_that_is_asked_for():
    assert set(ASKED_FOR) <= set(INSTALLED)


@pytest.mark.parametrize("package", INSTALLED)
def test_every_package_of_page_assets_stands_in_the_notice_under_the_licence_it_names(package):
    manifest = json.loads((ROOT / "node_modules" / package / "package.json").read_text())

    assert licence_in_notice(package) == manifest["license"] == LOCKED[f"node_modules/{package}"]["license"]


def test_a_package_that_is_not_named_would_be_noticed():
    assert licence_in_notice("left-pad") is None


def test_every_file_of_facts_stands_in_the_notice():
    notice = (ROOT / "NOTICE").read_text()

    facts = files_of_facts()
    assert "dialogue/meetings/r2p-2016.toml" in facts
    assert "speakers/delegations/data/places.csv" in facts
    assert [path for path in facts if path not in notice] == []
