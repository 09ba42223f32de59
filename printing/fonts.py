"""The fonts on paper: files of installed npm packages, each under a family name of its own.

A page says `font-family: var(--sans)` or `var(--serif)`, which lists the families of all scripts. A family holds one
script, because WeasyPrint takes all files of a family for one font and prints wrong characters. Only scripts that the
page uses are loaded, because the Chinese fonts are large. Other characters come from the machine's fonts.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

PACKAGES = Path(__file__).resolve().parent.parent / "node_modules" / "@fontsource"
SANS, SERIF, ARABIC, CHINESE = "noto-sans", "noto-serif", "noto-sans-arabic", "noto-sans-sc"
PARTS = ["latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext"]
WEIGHTS = {"sans": [400, 700], "serif": [500]}
# The Arabic font puts a letter together of its stroke and its dots, which a reader's program takes for other letters.
WHOLE_LETTERS = 'font-feature-settings: "ccmp" 0; '
# The characters for which the whole Chinese file is loaded; the package lists only the hundred pieces for browsers.
HAN = "U+2E80-2FDF,U+3000-303F,U+3100-312F,U+31C0-31EF,U+3400-4DBF,U+4E00-9FFF,U+F900-FAFF,U+FF00-FFEF"


@dataclass(frozen=True)
class Font:
    """One file: its address and family on paper, its weight, and its characters as a CSS `unicode-range`."""

    address: str
    family: str
    weight: int
    file: Path
    characters: str

    @property
    def face(self) -> str:
        """The `@font-face` rule of this font."""
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight}; src: url("{self.address}"); '
            f"{WHOLE_LETTERS if self.family.endswith('arabic') else ''}}}"
        )

    def is_needed_for(self, text: str) -> bool:
        """Does `text` contain any character of this font?"""
        ends = [part.removeprefix("U+").split("-") for part in self.characters.split(",")]
        ranges = "".join("-".join(rf"\U{int(end, 16):08x}" for end in pair) for pair in ends)
        return re.search(f"[{ranges}]", text) is not None


def installed() -> dict[str, list[Font]]:
    """The fonts of both styles, in the order in which they are tried for a character: style → fonts."""
    return {style: [font for sort in _sorts(style) for font in sort] for style in WEIGHTS}


def files(fonts: dict[str, list[Font]]) -> dict[str, Path]:
    """The files of `fonts` (see `installed`) by the address under which paper may load them."""
    return {font.address: font.file for sorts in fonts.values() for font in sorts}


def faces(fonts: dict[str, list[Font]], text: str) -> str:
    """The faces of the `fonts` (see `installed`) that `text` needs, and the two lists of families, as CSS."""
    needed = [font.face for sorts in fonts.values() for font in sorts if font.is_needed_for(text)]
    return "\n".join([*needed, f":root {{ {' '.join(_stack(style, sorts) for style, sorts in fonts.items())} }}"])


def _stack(style, fonts):
    families = dict.fromkeys(f'"{font.family}"' for font in fonts)
    return f"--{style}: {', '.join(families)};"


def _sorts(style):
    """Latin, Greek and Cyrillic in the style's own design; Arabic and Chinese in the only design there is."""
    own = SERIF if style == "serif" else SANS
    yield from (_weights(style, own, part, _characters(own, part)) for part in PARTS)
    yield _weights(style, ARABIC, "arabic", _characters(ARABIC, "arabic"))
    yield _weights(style, CHINESE, "chinese-simplified", HAN)


def _weights(style, package, part, characters):
    """One file for each weight: `.woff`, because a `.woff2` of 8,000 characters takes ten seconds to open."""
    return [
        Font(
            address=f"paper:{style}/{package}/{part}/{weight}",
            family=f"Paper {style} {part}",
            weight=weight,
            file=PACKAGES / package / "files" / f"{package}-{part}-{weight}-normal.woff",
            characters=characters,
        )
        for weight in WEIGHTS[style]
    ]


def _characters(package, part):
    """The characters of a part of `package`, from the list that it ships."""
    return json.loads((PACKAGES / package / "unicode.json").read_text())[part]
