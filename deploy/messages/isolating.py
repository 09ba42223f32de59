"""What is inserted into a sentence that is written from right to left keeps its own direction.

A name, a title, an address or a code that people typed stands between two characters that isolate it, wherever the
sentence goes: in a page, in the text of a mail, in a heading. Elsewhere in a page, `<bdi>` does the same.
"""

import re

from babel.messages.catalog import Message

FIRST_STRONG, END = "\u2068", "\u2069"
RIGHT_TO_LEFT = {"ar"}
# Numbers, moments and spans of time are left out: without a letter, they follow the sentence.
TYPED = (
    "name|names|next|new|old|now|was|before|delegation|delegations|entry|entries|other|others|who|whom|point|group|organization|"
    "meeting|list|title|subject|address|email|telephone|code|line|typed|label|contact|focal_point|"
    "presenter|person|speaker|booth|system|room|joined|joining|asking|holders|rival|seats|seat|theme|"
    "venue|city|host|symbol|slug|stream|chain|field|column|remark|reason|text|words|said|sheet|file|"
    "version|revision|hash|head|seed|commitment|beacon|value|receipt|reference|latin|own|announced|"
    "passage|draw|lot|what|where|older|newer|policy|source|a|b"
)
# In a row of names, each one, and those before it: Arabic has “and” between all of them, so that a row runs its way.
OF_NAMES = "first|names|next|last"
TAG = re.compile(r"<[^>]*>")


def isolate(message: Message, locale: str) -> None:
    """Let the translation `message` into `locale` isolate what is typed, if the language runs from right to left."""
    if locale in RIGHT_TO_LEFT and message.id and message.string:
        names = OF_NAMES if "names" in (message.context or "") else TYPED
        placeholder = re.compile(rf"%%?\((?:{names})\)s")
        texts = [message.string] if isinstance(message.string, str) else message.string
        done = [_isolated(text, placeholder) for text in texts]
        message.string = done[0] if isinstance(message.string, str) else tuple(done)


def _isolated(text, placeholder):
    """The `text` with each such `placeholder` isolated; one that is the whole text, or within a tag, stays."""
    if placeholder.fullmatch(text):
        return text
    between, tags = TAG.split(text), TAG.findall(text)
    parts = [placeholder.sub(rf"{FIRST_STRONG}\g<0>{END}", each) for each in between]
    return "".join(part + tag for part, tag in zip(parts, [*tags, ""], strict=True))
