"""Whether a catalogue is complete and says what the source says: see `problems`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from babel.messages.catalog import Catalog, Message

from deploy.messages import marks
from deploy.messages.glossary import Glossary

PLACEHOLDER = re.compile(r"%%?\(\w+\)\d*[sd]|%[sd%]|\{\w*\}")
MARKUP = re.compile(r"</?\w[^>]*>|&\w+;|&#\d+;")
# What stands in Latin letters in every language: what is typed as it is (within a tag, an address, a name with signs).
AS_IT_IS = re.compile(
    r"<(code|kbd|samp)\b.*?</\1>|<[^>]*>|&\w+;|%%?\(\w+\)\d*[sd]|%[sd%]|\{\w*\}|\b[a-z]+://\S+|\S+@\S+|\w+\.(?:json|py|html)\b|(?<!\w)--?[a-z][\w-]*",
    re.S,
)
PUT_IN = "\ufffc"  # a character that stands for something else than text
WORD = re.compile(r"[A-Za-z][\w.\-/:=*+’']*", re.ASCII)
A_CODE = re.compile(r"[\d_/:=*]|\w\.\w|^[A-Z][A-Z.\-]*s?$|^[A-Za-z]$")
# Languages in other letters than English. In the two others whole texts are compared, if they have more words than so
# many: “document” and “message” are French, too.
OWN_LETTERS = {"ar", "zh_Hans", "ru"}
SHARED = 2


def problems(catalogue: Catalog, source: Catalog, glossary: Glossary) -> Iterator[tuple[str, str]]:
    """What is wrong with the `catalogue` of one language, as pairs: the text of the source, and why in words."""
    locale = str(catalogue.locale)
    for message in source:
        if not message.id:
            continue
        found = catalogue.get(message.id, message.context)
        texts = _texts(found.string) if found is not None else []
        why = _why_lacking(found, texts, catalogue) or "; ".join(_differences(message, texts, locale, glossary))
        if why:
            yield _texts(message.id)[0], why


def _texts(value):
    return [value] if isinstance(value, str) else list(value)


def _why_lacking(found, texts, catalogue):
    """Why there is no text to compare; empty if there is one."""
    if found is None:
        return "is not in the catalogue: script/messages"
    if found.fuzzy:
        return "is marked as fuzzy"
    if not all(texts):
        return "is not translated" if not any(texts) else "lacks a form of its plural"
    if len(texts) != (catalogue.num_plurals if found.pluralizable else 1):
        return f"has {len(texts)} forms, not {catalogue.num_plurals}"
    return ""


def _differences(message: Message, texts: list[str], locale: str, glossary: Glossary) -> Iterator[str]:
    sources = _texts(message.id)
    for number, text in enumerate(texts):
        if why := _placeholders(sources, text, is_counted_in_words=locale == "ar" and number < 3):
            yield why
        if _counted(MARKUP, text) not in [_counted(MARKUP, source) for source in sources]:
            yield f"has other tags: {_listed(MARKUP, text)}"
        if _edges(text) != _edges(sources[0]) and any(map(str.isalnum, text)):
            yield "begins, ends or breaks its lines otherwise"
        if english := english_in(text, sources, locale, glossary):
            yield f"is in English: {english}"
        yield from marks.wrong(sources[0], AS_IT_IS.sub(PUT_IN, text), locale)
    if locale == "ru" and texts[2:3] != texts[3:]:
        yield "has a fourth form that is not the third"
    yield from glossary.lacking([_prose(each) for each in sources], [_prose(each) for each in texts], locale)


def _prose(text):
    """What of a text is language, and not put in, typed as it is, or markup."""
    return AS_IT_IS.sub(" ", text)


def _placeholders(sources, text, *, is_counted_in_words):
    """Why the placeholders of `text` are not those of one of the `sources`; a number in words may lack its own."""
    has, wanted = _counted(PLACEHOLDER, text), [_counted(PLACEHOLDER, source) for source in sources]
    if has in wanted:
        return ""
    if len(sources) > 1 and is_counted_in_words and not has - wanted[-1] and (wanted[-1] - has).total() == 1:
        return ""
    return f"has other placeholders: {_listed(PLACEHOLDER, text)}"


def _counted(pattern, text):
    return Counter(each[0] for each in pattern.finditer(text))


def _listed(pattern, text):
    return ", ".join(each[0] for each in pattern.finditer(text)) or "none"


def _edges(text):
    """The spaces at both ends, and how many lines there are."""
    inner = text.strip()
    before, _, after = text.partition(inner)
    return before, after, text.count("\n")


def english_in(text: str, sources: Iterable[str], locale: str, glossary: Glossary) -> str:
    """What of `text` was left in English: words in Latin letters, or a whole text; empty if nothing was."""
    words = [each for each in WORD.findall(_prose(text)) if not A_CODE.search(each.rstrip(".:"))]
    if locale in OWN_LETTERS:
        return ", ".join(each for each in words if not glossary.keeps(each.rstrip(".:"), locale))
    return text if text in sources and len(words) > SHARED and not glossary.keeps(text, locale) else ""
