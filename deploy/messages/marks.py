"""Marks of punctuation, as each language writes them.  `docs/glossary/style.md`"""

import re
from collections.abc import Iterator

CHINESE = r"[\u3400-\u9fff，。：；？！、（）《》“”…]"
ARABIC = r"[\u0600-\u06ff]"
# For the locale of a language, what is wrong in it, and how that is called.
WRONG = {
    "fr": [(re.compile(r" [:;!?»]|« "), "has a space that breaks")],
    "zh_Hans": [(re.compile(rf"{CHINESE}[,;:?!.]|[,;:?!](?:\s|$| ?{CHINESE})"), "has a Latin mark")],
    "ar": [(re.compile(rf"{ARABIC} ?[,;?]|[,;?](?:\s|$| ?{ARABIC})"), "has a Latin mark")],
}
# Not read, but taken apart at its comma.
FOR_A_FILTER = {"yes,no"}


def wrong(source: str, text: str, locale: str) -> Iterator[str]:
    """What marks of `text`, in the language of `locale` for the English `source`, are not its own, in words."""
    for pattern, words in WRONG.get(locale, []):
        if source not in FOR_A_FILTER and (found := pattern.search(text)):
            yield f"{words}: {found[0]}"
