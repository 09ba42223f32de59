"""What a person reads on a page of the site in one language, and what of it is English that was left."""

import json
import re
from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from i18nfield.strings import LazyI18nString
from lxml import html

from deploy.messages import checking, glossary
from dialogue.models import Meeting
from journal.models import Entry, Head, Payload

# Attributes that are read out or shown.
SHOWN = ("title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription", "label")
# What is not shown, stands as it is in every language, was typed, or says in which language it is.
AS_THEY_ARE = {"script", "style", "code", "kbd", "samp", "pre", "textarea", "bdi"}
# Words for a script stand in attributes that hold a sentence, or in JSON; the others hold names and addresses.
SENTENCE = re.compile(r"[A-Z]\w*[ .…]")
# A name of which only the beginning has room.
CUT = re.compile(r"([A-Z][\w (),’]+?)(?:…|\.\.\.)")
# A text of so many letters is a piece of what was typed, if it stands in it as it is.
LONG = 40
# Columns in which the site itself stores sentences in English: pages translate them, or mark them as English.
STORED_IN_ENGLISH = {"last_error", "detail"}
# Rows that say what the project itself calls things.
OUR_WORDS = {"auth.permission", "contenttypes.contenttype", "admin.logentry"}


def texts(page: str, language: str) -> set[str]:
    """Every text that the `page` (HTML) shows in `language`; not those marked as being in another."""
    found = _of(html.document_fromstring(page), language, language) if page.strip() else ()
    return {" ".join(each.split()) for each in found if re.search("[A-Za-z]{2}", each)}


def _of(element, inherited, wanted) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in AS_THEY_ARE:
        return
    language = element.get("lang", inherited)
    if language == wanted:
        yield from _attributes(element)
        yield element.text or ""
    for child in element:
        yield from _of(child, language, wanted)
        if language == wanted:
            yield child.tail or ""


def _attributes(element):
    yield from (element.get(name, "") for name in SHOWN)
    for name, value in element.items():
        if name.startswith("data-") and value.startswith("{"):
            yield from _values(json.loads(value))
        elif name.startswith("data-") and SENTENCE.match(value):
            yield value
    if element.get("type") in {"submit", "button", "reset"}:
        yield element.get("value", "") if element.tag == "input" else ""
    if element.tag == "meta" and re.search("description|title", element.get("name") or element.get("property") or ""):
        yield element.get("content", "")


def _values(value):
    """The sentences in a value of JSON."""
    if isinstance(value, str) and SENTENCE.match(value):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _values(each)


def english(text: str, data: list[str], language: str) -> list[str]:
    """The words of `text` in Latin letters that are neither `data` nor kept in this `language`."""
    if not _words(text, language):
        return []
    for rest in text.split(" · "):
        if len(rest) > LONG and any(rest.strip() in each for each in data):
            text = text.replace(rest, " ")
    for each in data:
        if each in text:
            text = re.sub(rf"(?<![A-Za-z]){re.escape(each)}(?![A-Za-z])", " ", text)
    for cut in CUT.findall(text):
        text = text.replace(cut, " ") if any(each.startswith(cut) for each in data) else text
    return _words(text, language)


def _words(text, language):
    locale, kept = language.replace("-hans", "_Hans"), _glossary()
    if locale not in checking.OWN_LETTERS:
        return []
    words = (each.rstrip(".:") for each in checking.WORD.findall(checking.AS_IT_IS.sub(" ", text)))
    return [each for each in words if not checking.A_CODE.search(each) and not kept.keeps(each, locale)]


@cache
def _glossary():
    return glossary.read(settings.BASE_DIR)


def data(language: str) -> list[str]:
    """What was typed or loaded, the longest first: each text in the database that has none in this `language`."""
    found = set()
    for model in apps.get_models():
        if model._meta.label_lower not in OUR_WORDS:
            typed = [each.attname for each in model._meta.concrete_fields if each.name not in STORED_IN_ENGLISH]
            for row in model._base_manager.values_list(*typed):
                found |= {each for value in row for each in _texts_of(value, language)}
    names = {*User.objects.values_list("username", flat=True), *Payload.objects.values_list("actor_name", flat=True)}
    names |= {*Head.objects.values_list("stream", flat=True), *Entry.objects.values_list("subject", flat=True)}
    names |= {*Meeting.objects.values_list("slug", flat=True), *dict(settings.LANGUAGES).values()}
    names |= {each.capitalize() for each in names}
    # One word in small letters is a word of the program, such as the name of a state.
    named = {" ".join(each.split()) for each in found if re.search("[A-Z]{2}|[A-Z][a-z]|[a-z] [a-z]|[@/.]", each)}
    return sorted(filter(None, named | names), key=len, reverse=True)


def stored_in_english() -> set[str]:
    """What stands in the columns in which the site, or a server that answers it, stores sentences in English."""
    columns = [(each, name) for each in apps.get_models() for name in STORED_IN_ENGLISH & _columns(each)]
    return {text for model, name in columns for text in model._base_manager.values_list(name, flat=True)}


def _columns(model):
    return {each.name for each in model._meta.concrete_fields}


def _texts_of(value, language):
    if isinstance(value, LazyI18nString):
        value = value.data
    if isinstance(value, dict):
        value = [] if "en" in value and value.get(language) else [*value, *value.values()]
    if isinstance(value, list | tuple):
        for each in value:
            yield from _texts_of(each, language)
    elif isinstance(value, str) and value.startswith('{"'):
        yield from _texts_of(list(json.loads(value).values()), language)
    elif isinstance(value, str):
        yield value
        yield from (line for line in value.splitlines() if line.strip())
