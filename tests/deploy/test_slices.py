"""The slices of the Chinese font: each character in one file, cut once.  `deploy/messages/slices.py`"""

import io
import os
import re
from collections import Counter

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from deploy.messages import files, slices
from tests.languages.slices import sorted_into_slices

ROOT = settings.BASE_DIR
SHOWN = re.compile(r"[⺀-鿿＀-￯]")


def faces():
    """Of each file the characters that a browser takes from it: of two ranges the later one holds."""
    found = {}
    for name, ranges in re.findall(r"chinese/(\d+)\.woff2.*unicode-range:([^}]+)", (ROOT / slices.SHEET).read_text()):
        for each in ranges.split(","):
            first, _, last = each.removeprefix("U+").partition("-")
            found |= dict.fromkeys(range(int(first, 16), int(last or first, 16) + 1), name)
    return found


def characters_in(data):
    with TTFont(io.BytesIO(data)) as font:
        return set(font.getBestCmap())


def test_a_character_stands_in_one_slice():
    counted = Counter(character for each in slices.read() for character in each)

    assert set(counted.values()) == {1}


def test_each_character_of_the_catalogue_is_in_the_file_that_a_browser_takes_for_it():
    catalogue = files.read(files.path_of(ROOT, "zh_Hans"), "zh_Hans")
    texts = "".join(each if isinstance(each, str) else "".join(each) for each in (m.string for m in catalogue if m.id))
    wanted, taken = {ord(each) for each in SHOWN.findall(texts)}, faces()

    held = {name: characters_in((ROOT / f"{slices.FOLDER}/{name}.woff2").read_bytes()) for name in set(taken.values())}
    assert len(wanted) > 800
    assert [chr(each) for each in wanted if each not in held[taken[each]]] == []


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with the package, in which little is cut."""
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    (tmp_path / "static/css").mkdir(parents=True)
    (tmp_path / "slices.txt").write_text("中文\n国\n")
    monkeypatch.setattr(slices, "SLICES", tmp_path / "slices.txt")
    monkeypatch.setattr(slices, "OTHERS", 4000)
    return tmp_path


def test_the_font_is_cut_by_the_slices_and_again_only_when_they_change(project):
    slices.cut_all(project)
    cut, sheet = project / slices.FOLDER, project / slices.SHEET

    names = [path.name for path in sorted(cut.iterdir())]
    assert names == ["0.woff2", "1.woff2", "2.woff2", "3.woff2", "LICENSE"]
    assert characters_in((cut / "2.woff2").read_bytes()) == {ord("中"), ord("文")}
    assert sheet.read_text().endswith("unicode-range:U+56fd}\n")

    before = (cut / "2.woff2").read_bytes()
    (cut / "0.woff2").unlink()
    slices.cut_all(project)
    assert not (cut / "0.woff2").exists()

    os.utime(slices.SLICES, (sheet.stat().st_mtime + 5,) * 2)
    slices.cut_all(project)
    assert (cut / "0.woff2").exists()
    assert (cut / "2.woff2").read_bytes() == before


def test_characters_of_the_same_pages_come_together_and_rare_ones_apart():
    often = {"/": set("中文"), "/meetings/a/": set("中文国")}
    rare = {"/privacy/": set("中文") | {chr(0x5000 + number) for number in range(40)}}

    found = sorted_into_slices(often | rare)

    assert "".join(sorted("中文国")) in found or "".join(sorted("中文")) in found
    assert sorted("".join(found)) == sorted(set().union(*(often | rare).values()))
    assert max(map(len, found)) == 40
