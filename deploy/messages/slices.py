"""The Chinese font of public pages, in slices: the characters that stand together on pages are together in a file.

`slices.txt` has the slices, one a line (`python -m tests.languages.slices`). All other characters follow, in the order
of their codes. docs/decisions/0210-the-chinese-font-in-slices.md
"""

import io
import shutil
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

SLICES = Path(__file__).with_name("slices.txt")
PACKAGE = "node_modules/@fontsource/noto-sans-sc"
WHOLE = f"{PACKAGE}/files/noto-sans-sc-chinese-simplified-400-normal.woff2"
SHEET, FOLDER = "static/css/chinese.css", "static/fonts/chinese"
FACE = (
    '@font-face{{font-family:"Noto Sans SC";font-display:swap;'
    'src:url("../fonts/chinese/{name}.woff2")format("woff2");unicode-range:{range}}}\n'
)
# The first character that is not a Latin font's, how many others there are in a slice, and the units of an em: a text
# of 16 pixels has no use for the 1,000 of the package.
FIRST, OTHERS, UNITS = 0x2E80, 96, 256


def cut_all(root: Path) -> None:
    """Cut the font of the npm package in the project in `root`, unless that was done since anything changed.

    The stylesheet comes last, so that what was interrupted is done again.
    """
    sheet, package = root / SHEET, root / WHOLE
    changed_at = max(each.stat().st_mtime for each in (package, SLICES, Path(__file__)))
    if sheet.exists() and sheet.stat().st_mtime > changed_at:
        return
    folder = root / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copyfile(root / PACKAGE / "LICENSE", folder / "LICENSE")
    font, faces = _opened(package), []
    for number, (characters, covered) in enumerate(_slices(font)):
        (folder / f"{number}.woff2").write_bytes(cut(font, characters))
        faces.append(FACE.format(name=number, range=covered))
    sheet.write_text("".join(faces))


def cut(font: bytes, characters: Iterable[int]) -> bytes:
    """The `font` with these `characters` alone, as woff2."""
    options = subset.Options(flavor="woff2", layout_features=[], hinting=False, notdef_outline=False, name_IDs=[])
    small = TTFont(io.BytesIO(font), lazy=True, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(small)
    scale_upem(small, UNITS)
    written = io.BytesIO()
    subset.save_font(small, written, options)
    return written.getvalue()


def read() -> list[list[int]]:
    """The slices of `slices.txt`, each as codes of its characters."""
    return [sorted(map(ord, line)) for line in SLICES.read_text().splitlines()]


def _opened(path):
    """The font unpacked once: to unpack it takes as long as to cut it."""
    unpacked = io.BytesIO()
    with TTFont(path, recalcTimestamp=False) as font:
        font.flavor = None
        font.save(unpacked)
    return unpacked.getvalue()


def _slices(font):
    """Yield pairs: the characters of a slice, and its range in a stylesheet. Of two ranges the later one holds."""
    together = read()
    known = {character for each in together for character in each}
    others = sorted(set(TTFont(io.BytesIO(font)).getBestCmap()) - known)
    others = others[next(place for place, each in enumerate(others) if each >= FIRST) :]
    for start in range(0, len(others), OTHERS):
        characters = others[start : start + OTHERS]
        yield characters, f"U+{characters[0]:x}-{characters[-1]:x}"
    for characters in together:
        yield characters, ",".join(f"U+{each:x}" for each in characters)
