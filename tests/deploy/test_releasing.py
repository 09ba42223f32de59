"""What `script/release` refuses, before it builds anything."""

import pytest
from django.conf import settings

from deploy.releasing import parts
from deploy.releasing.__main__ import NotReleased, release
from tests.deploy.installing import git


@pytest.fixture
def project(tmp_path):
    """A project of one file, with a changelog that dates version 1.2.3."""
    root = tmp_path / "project"
    root.mkdir()
    git(root, "init", "--quiet")
    (root / "CHANGELOG.md").write_text("# Changelog\n\n## 1.2.3 — 2026-11-29\n")
    commit(root)
    return root


def commit(root):
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "Change")


def test_a_tree_with_changes_is_refused(project, tmp_path):
    (project / "new.py").touch()

    with pytest.raises(NotReleased, match=r"in no commit:\n\?\? new.py"):
        release(project, "1.2.3", tmp_path / "dist")


@pytest.mark.parametrize("heading", ["## 1.2.3 — unreleased", "## 1.2.4 — 2026-11-29", "## 1.2.30 — 2026-11-29", ""])
def test_a_version_that_the_changelog_does_not_date_is_refused(project, tmp_path, heading):
    (project / "CHANGELOG.md").write_text(f"# Changelog\n\n{heading}\n")
    commit(project)

    with pytest.raises(NotReleased, match="does not date it"):
        release(project, "1.2.3", tmp_path / "dist")


def test_a_version_that_another_commit_was_released_as_is_refused(project, tmp_path):
    git(project, "tag", "--annotate", "v1.2.3", "--message", "Version 1.2.3")
    commit(project)

    with pytest.raises(NotReleased, match=r"another commit is v1\.2\.3"):
        release(project, "1.2.3", tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


def test_a_part_that_is_installed_in_another_version_than_pinned_is_refused(tmp_path):
    pinned = (settings.BASE_DIR / "requirements.txt").read_text().partition("amqp==")[2]
    (tmp_path / "requirements.txt").write_text(f"amqp==0.0.1{pinned.partition(' ')[1]}{pinned.partition(' ')[2]}")

    with pytest.raises(ValueError, match=r"amqp .+ is installed, not 0.0.1"):
        list(parts.of_python(tmp_path))
