"""Cuts the font of the language bar: `python -m tests.languages.font_of_the_bar`.

The bar stands on every page, and many machines have no Chinese font. The whole font has some hundred pieces of up to
100 kB; the name of one language needs a few characters.
"""

from pathlib import Path

from fontTools import subset

from config.languages import OFFICIAL

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "node_modules/@fontsource/noto-sans-sc"
FOLDER = ROOT / "static/fonts"
FILE, LICENCE = FOLDER / "language-bar.woff2", FOLDER / "LICENSE.language-bar"
CHARACTERS = dict(OFFICIAL)["zh-hans"]


def cut():
    """Write the font with `CHARACTERS` alone, and beside it the licence of the font it is cut from."""
    options = subset.Options(flavor="woff2", layout_features=[], notdef_outline=False, name_IDs=[0, 1, 2, 13, 14])
    font = subset.load_font(PACKAGE / "files/noto-sans-sc-chinese-simplified-400-normal.woff", options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=CHARACTERS)
    cutter.subset(font)
    FOLDER.mkdir(exist_ok=True)
    subset.save_font(font, FILE, options)
    LICENCE.write_bytes((PACKAGE / "LICENSE").read_bytes())


if __name__ == "__main__":
    cut()
