"""Several names in a row, as the language of the reader writes them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def in_a_row(words: Iterable[object]) -> str:
    """The `words` one after the other, with what sets them apart in the language of the reader; empty if none."""
    return pgettext("between words in a row", ", ").join(str(word) for word in words)


def in_parts(parts: Iterable[object]) -> str:
    """The `parts`, of which each may have words in a row, with what sets them apart; empty if none."""
    return pgettext("between parts in a row", "; ").join(str(part) for part in parts)


def listed(names: Iterable[str]) -> str:
    """The `names` in words: “Fiji”, “Fiji and Palau”, “Fiji, Palau and Tonga”; empty if there is none.

    Each language has its own pattern for two names, for the next of several, and for the last one.
    """
    said = [str(name) for name in names]
    if len(said) <= 1:
        return "".join(said)
    first, *between, last = said
    if not between:
        return pgettext("two names", "%(first)s and %(last)s") % {"first": first, "last": last}
    pattern, words = pgettext("three names or more, without the last", "%(names)s, %(next)s"), first
    for name in between:
        words = pattern % {"names": words, "next": name}
    return pgettext("three names or more", "%(names)s and %(last)s") % {"names": words, "last": last}


def in_sentences(sentences: Iterable[object]) -> str:
    """The `sentences` one after the other, with what sets them apart in the language of the reader; empty if none."""
    pattern, told = pgettext("two sentences", "%(first)s %(second)s"), ""
    for sentence in map(str, sentences):
        told = pattern % {"first": told, "second": sentence} if told else sentence
    return told


def bracketed(name: object, words: object) -> str:
    """The `name` with `words` about it in brackets: “Fiji (AOSIS)”; the name alone if there are none."""
    return _("%(name)s (%(about)s)") % {"name": name, "about": words} if words else str(name)


def named(name: object, words: object) -> str:
    """The `words` after the `name` of what they are about: “Rwanda: 3 minutes”; the name alone if there are none."""
    if not words:
        return str(name)
    return pgettext("a name, and words about it", "%(name)s: %(words)s") % {"name": name, "words": words}
