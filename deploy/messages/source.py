"""What the source asks to have translated: the messages of its modules and templates."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

# The functions of `django.utils.translation` under every name they have here, and which arguments are texts.
ONE, COUNTED, IN_CONTEXT, COUNTED_IN_CONTEXT = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"], ONE),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], COUNTED),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], IN_CONTEXT),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], COUNTED_IN_CONTEXT),
}
# A comment that begins so, in the line above a text, is shown to those who translate it.
COMMENT = "Translators:"
NOT_THE_SITE = {"deploy", "dist", "docs", "node_modules", "script", "tests", "var"}


def messages(root: Path) -> Catalog:
    """All messages of the site in `root`, in the order of its files and lines, each with the files that hold it."""
    found = Catalog()
    for path in sorted(files(root)):
        name = path.relative_to(root).as_posix()
        for line, texts, comments, context in _messages_of(path):
            found.add(texts, locations=[(name, line)], auto_comments=comments, context=context)
    return found


def files(root: Path) -> Iterator[Path]:
    """The modules of the site in `root`, and its templates."""
    folders = [
        each for each in root.iterdir() if each.is_dir() and each.name[0] != "." and each.name not in NOT_THE_SITE
    ]
    for folder in folders:
        pattern = "*.*" if folder.name == "templates" else "*.py"
        yield from (path for path in folder.rglob(pattern) if path.is_file())


def _messages_of(path):
    text = path.read_text()
    if path.suffix != ".py":
        # What is left of a template is no module; without its indents, it reads as one.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    return extract(
        "python", io.BytesIO(text.encode()), KEYWORDS, [COMMENT], {"encoding": "utf-8"}, strip_comment_tags=True
    )
