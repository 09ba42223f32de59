"""The version stands once, in `pyproject.toml`, and heads the changelog."""

import re

from django.conf import settings

CHANGELOG = (settings.BASE_DIR / "CHANGELOG.md").read_text()


def test_the_version_is_the_one_at_the_head_of_the_changelog():
    headings = re.findall(r"^## (\d+\.\d+\.\d+) — (?:unreleased|\d{4}-\d\d-\d\d)$", CHANGELOG, re.MULTILINE)

    assert headings[0] == settings.VERSION
    assert len(headings) == len(re.findall(r"^## ", CHANGELOG, re.MULTILINE))
