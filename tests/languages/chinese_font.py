"""A machine with a Chinese font under the name of a common one, or with none: what a browser is told of its fonts."""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

LATIN = range(0x20, 0x180)
CHINESE = [*range(0x3000, 0x3040), *range(0x4E00, 0xA000), *range(0xFF00, 0xFFF0)]
CONFIGURATION = '<?xml version="1.0"?><fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>'


def environment(folder: Path, *families: str) -> dict[str, str]:
    """The variables with which a program finds Chinese fonts of these `families` in `folder`, and a Latin one."""
    fonts = folder / "fonts"
    fonts.mkdir()
    _font("Latin", LATIN).save(fonts / "latin.ttf")
    for number, family in enumerate(families):
        _font(family, CHINESE).save(fonts / f"{number}.ttf")
    configuration = folder / "fonts.conf"
    configuration.write_text(CONFIGURATION.format(fonts=fonts, cache=folder / "cache"))
    return {"FONTCONFIG_FILE": str(configuration), "HOME": str(folder)}


def _font(family, characters):
    """A font that shows each of the `characters` as a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in [(100, 800), (900, 800), (900, 0)]:
        pen.lineTo(corner)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap(dict.fromkeys(characters, "square"))
    builder.setupGlyf({".notdef": pen.glyph(), "square": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (1000, 100), "square": (1000, 100)})
    builder.setupHorizontalHeader(ascent=900, descent=-100)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    return builder
