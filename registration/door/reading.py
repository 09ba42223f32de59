"""The code of a voucher in what a scanner or a person typed.  R-54 R-75

A hand scanner types like a keyboard of the United States, whatever keyboard the computer is set to, and may put the
sign of the kind of code before it (“]Q3” for a QR code). A person types the short code.
"""

import re

from registration.models.voucher import SHORT_CODE
from spelling.composing import composed

# What the keys of a scanner write, and what the same keys write on a computer that is set to another keyboard.
KEYS = [*"1234567890QWERTYUIOPASDFGHJKLZXCVBNM]"]
_ARABIC = "َ ً ُ ٌ لإ إ ‘ ÷ × ؛ ِ ٍ ] [ لأ أ ـ ، / ~ ْ } { لآ آ ’ د"
KEYBOARDS = {
    "fr": [*"&É\"'(-È_ÇÀAZERTYUIOPQSDFGHJKLWXCVBN?$"],
    "de": [*"1234567890QWERTZUIOPASDFGHJKLYXCVBNM+"],
    "ru": [*"1234567890ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬЪ"],
    "ar": [*"1234567890", *_ARABIC.split()],
}
LONG_CODE = "[0-9A-F]{40}"
SYMBOLOGY = r"(?:\][A-Z][0-9A-Z])?"
# What scanners and people put between or after the characters of a code.
IGNORED = r"[\s\x00-\x1f\x85\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff-]+"


def readings(text: str) -> list[str]:
    """The codes that the scanned or typed `text` may stand for, likeliest first; if none, the text itself."""
    plain = re.sub(IGNORED, "", composed(text, "NFKC")).upper()
    typed = re.sub(r"\s+", "", text).upper()
    written = [plain, *(_retyped(typed, keyboard) for keyboard in KEYBOARDS.values())]
    found = [match[1] for each in written if (match := re.fullmatch(f"{SYMBOLOGY}({LONG_CODE})", each))]
    short = [plain] if is_short(plain) else []
    return list(dict.fromkeys(short + found)) or [plain]


def is_short(code: str) -> bool:
    """Is `code` a short code, which only the server can check?"""
    return re.fullmatch(SHORT_CODE, code) is not None


def for_devices() -> dict[str, object]:
    """All of this as plain values, for a desk without a network."""
    patterns = {"long": LONG_CODE, "short": SHORT_CODE, "symbology": SYMBOLOGY, "ignored": IGNORED}
    return patterns | {"keys": KEYS, "keyboards": list(KEYBOARDS.values())}


def _retyped(text, keyboard):
    """What the scanner meant by `text`, which its keys wrote on `keyboard`."""
    meant = dict(zip(keyboard, KEYS, strict=True))
    longest_first = sorted(meant, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), lambda found: meant[found[0]], text)
