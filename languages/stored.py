"""Sentences that the site stored in English, without a reader, and that are read in the language of each reader.

A sentence is stored as it is, so that a search of the database finds it. One without facts is its own key in the
catalogues; of one with facts, the key is found among those that a module names. What is none of ours, such as the
answer of a mail server, stays as it is, and a page marks it as English.
"""

import re
from typing import Any

from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

# A fact in a sentence, by its name and its kind: “%(name)s”.
FACT = re.compile(r"%\\\((\w+)\\\)([sd])")
KINDS = {"s": r"(?P<{}>.+)", "d": r"(?P<{}>\d+)"}


class Sentences:
    """The sentences with facts that one module stores, each as in its source; or a pair of one and many."""

    def __init__(self, *texts: str | tuple[str, str]) -> None:
        pairs = [text if isinstance(text, tuple) else (text, "") for text in texts]
        self._known = [(re.compile(_pattern(many or one), re.DOTALL), one, many) for one, many in pairs]

    def read(self, stored: str) -> str:
        """What was `stored`, in the active language; as it is, if it is none of ours."""
        return self._translated(stored) or stored

    def shown(self, stored: str) -> SafeString:
        """As `read`, as HTML: what is none of ours is marked as English, unless the page is."""
        words = self._translated(stored)
        if words or not stored or get_language() == settings.LANGUAGE_CODE:
            return format_html("{}", words or stored)
        return format_html('<span lang="{}" dir="auto">{}</span>', settings.LANGUAGE_CODE, stored)

    def _translated(self, stored):
        """The sentence in the active language; empty if it is none of ours."""
        if not stored:
            return ""
        for pattern, one, many in self._known:
            if found := pattern.fullmatch(stored):
                return _filled(one, many, found.groupdict() or found[1])
        words = gettext(stored)
        return "" if words == stored else words


def in_html(words: Any, **facts: Any) -> SafeString:
    """The sentence `words` with its `facts` as HTML: those that are not HTML yet are escaped."""
    escaped = {name: conditional_escape(fact) for name, fact in facts.items()}
    return mark_safe(conditional_escape(words) % escaped)  # noqa: S308  every part is escaped


def _pattern(text):
    return FACT.sub(lambda fact: KINDS[fact[2]].format(fact[1]), re.escape(text)).replace("%s", "(.+)")


def _filled(one, many, facts):
    """The sentence in the active language with its `facts` by name, or with the only one."""
    if isinstance(facts, str):
        return gettext(one) % facts
    numbers = {name for name, kind in FACT.findall(re.escape(many or one)) if kind == "d"}
    facts = {name: int(value) if name in numbers else value for name, value in facts.items()}
    words = ngettext(one, many, facts["number"]) if many else gettext(one)
    return words % facts
