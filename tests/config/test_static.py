"""Static files: which are collected, under which names, and which are left out."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from config.static import collect_if_changed

HASHED = {"staticfiles": {"BACKEND": "config.static.HashedStaticFilesStorage"}}


@pytest.fixture
def collected(settings, tmp_path):
    """The folder into which files are collected as in production."""
    settings.STORAGES = settings.STORAGES | HASHED
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    return settings.STATIC_ROOT


def test_every_file_that_our_stylesheets_name_is_collected(collected):
    call_command("collectstatic", interactive=False, verbosity=0)

    for sheet in collected.glob("css/*.css"):
        for name in re.findall(r'url\("([^"]+)"\)', sheet.read_text()):
            assert name.startswith("data:") or (sheet.parent / name).is_file(), (sheet.name, name)


def test_of_the_packages_only_what_pages_use_is_collected(collected):
    call_command("collectstatic", interactive=False, verbosity=0)

    fonts = {path.parts[-3] for path in collected.glob("vendor/*/files/*.woff2")}
    pieces = list(collected.glob("vendor/noto-sans-sc/files/*.woff2"))
    assert fonts == {"noto-sans", "noto-serif", "noto-sans-arabic", "noto-sans-sc"}
    assert len(list(collected.glob("vendor/**/*.woff2"))) - len(pieces) < 50
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


def test_files_are_collected_again_only_when_they_have_changed(collected, settings, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "page.css").write_text("a{}")
    settings.STATICFILES_DIRS = [own]
    finders.get_finder.cache_clear()
    collect_if_changed()
    (collected / "witness").touch()

    collect_if_changed()
    assert (collected / "witness").exists()

    (own / "page.css").write_text("a{color:red}")
    collect_if_changed()
    assert not (collected / "witness").exists()
    assert (collected / "page.css").read_text() == "a{color:red}"
    finders.get_finder.cache_clear()
