"""Static files: which are collected, under which names, and which are left out."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from config.static import collect_if_changed

HASHED = {"staticfiles": {"BACKEND": "config.static.HashedStaticFilesStorage"}}
OWN_ALONE = ["django.contrib.staticfiles.finders.FileSystemFinder"]
"""What is found where the thousand files of the packages are of no matter."""


@pytest.fixture
def collected(settings, tmp_path):
    """The folder into which files are collected as in production."""
    settings.STORAGES = settings.STORAGES | HASHED
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    return settings.STATIC_ROOT


@pytest.fixture(scope="module")
def all_files(tmp_path_factory):
    """Everything, collected once: the packages hold a thousand files."""
    folder = tmp_path_factory.mktemp("collected")
    with override_settings(STORAGES=settings.STORAGES | HASHED, STATIC_ROOT=folder):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def test_every_file_that_our_stylesheets_name_is_collected(all_files):
    for sheet in all_files.glob("css/*.css"):
        for name in re.findall(r'url\("([^"]+)"\)', sheet.read_text()):
            assert name.startswith("data:") or (sheet.parent / name).is_file(), (sheet.name, name)


def test_what_a_module_imports_has_a_hash_in_its_name_too(all_files):
    modules = [path for path in all_files.glob("js/*.js") if path.name.count(".") == 2]
    imported = [name for path in modules for name in re.findall(r'from "\./([^"]+)"', path.read_text())]

    assert len(modules) == len(list((settings.BASE_DIR / "static/js").iterdir()))
    assert {name.split(".")[0] for name in imported} >= {"clock", "live", "morph", "page"}
    assert [name for name in imported if not (all_files / "js" / name).is_file() or name.count(".") != 2] == []


def test_of_the_packages_only_what_pages_use_is_collected(all_files):
    fonts = {path.parts[-3] for path in all_files.glob("vendor/*/files/*.woff2")}
    pieces = list(all_files.glob("vendor/noto-sans-sc/files/*.woff2"))
    assert fonts == {"noto-sans", "noto-serif", "noto-sans-arabic", "noto-sans-sc"}
    assert len(list(all_files.glob("vendor/**/*.woff2"))) - len(pieces) < 50
    assert max(piece.stat().st_size for piece in pieces) < 100_000


def test_a_file_that_our_own_stylesheet_names_and_that_is_not_there_is_an_error(collected, settings, tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own/own.css").write_text('a { background: url("missing.svg"); }')
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, tmp_path / "own"]
    finders.get_finder.cache_clear()

    with pytest.raises(ValueError, match="missing"):
        call_command("collectstatic", interactive=False, verbosity=0)
    finders.get_finder.cache_clear()


def test_a_file_that_no_page_uses_is_not_found():
    assert finders.find("vendor/bootstrap/css/bootstrap.min.css")
    assert not finders.find("vendor/bootstrap/css/bootstrap-grid.css")


@pytest.mark.parametrize("is_embedded", [True, False])
def test_files_are_collected_again_only_when_they_have_changed_and_in_production_the_old_ones_stay(
    collected, settings, tmp_path, is_embedded
):
    settings.EMBEDDED = is_embedded
    own = tmp_path / "own"
    own.mkdir()
    (own / "page.css").write_text("a{}")
    settings.STATICFILES_DIRS, settings.STATICFILES_FINDERS = [own], OWN_ALONE
    finders.get_finder.cache_clear()
    collect_if_changed()
    (collected / "witness").touch()

    collect_if_changed()
    assert (collected / "witness").exists()

    (own / "page.css").write_text("a{color:red}")
    collect_if_changed()
    assert (collected / "witness").exists() != is_embedded
    assert (collected / "page.css").read_text() == "a{color:red}"
    finders.get_finder.cache_clear()
