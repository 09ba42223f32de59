"""The catalogues as files: `locale/<locale>/LC_MESSAGES/django.po`, and what is compiled of each beside it."""

import io
import os
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from deploy.messages import isolating

# The languages by their locale in Django, with the plural forms of Django's own catalogues, so that both count alike.
SIX = "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5"
FOUR = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : "
FOUR += "n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3"
LANGUAGES = {
    "ar": f"nplurals=6; plural={SIX};",
    "zh_Hans": "nplurals=1; plural=0;",
    "fr": "nplurals=2; plural=(n > 1);",
    "ru": f"nplurals=4; plural=({FOUR});",
    "es": "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
}
# Without a date or a name, so that two who translate never change the same line.
HEADER = """\
msgid ""
msgstr ""
"Language: {locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""
# Babel writes a date into what it compiles. The same catalogue is the same bytes each time.
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def path_of(root: Path, locale: str) -> Path:
    """The catalogue of `locale` in the project in `root`."""
    return root / "locale" / locale / "LC_MESSAGES" / "django.po"


def read(path: Path, locale: str) -> Catalog:
    """The catalogue in the file `path`, empty if there is none. Raises `PoFileError` if it is not well formed."""
    text = path.read_bytes() if path.exists() else HEADER.format(locale=locale, plural=LANGUAGES[locale]).encode()
    return read_po(io.BytesIO(text), locale, abort_invalid=True)


def updated(path: Path, locale: str, source: Catalog) -> str:
    """The text of the catalogue in `path` with the messages of the `source`: none more, none less, none guessed."""
    catalogue = read(path, locale)
    catalogue.update(source, no_fuzzy_matching=True, update_header_comment=False)
    for message in source:
        if message.id and (found := catalogue.get(message.id, message.context)):
            found.auto_comments = message.auto_comments
    body = io.BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, ignore_obsolete=True, sort_by_file=True, include_lineno=False)
    return HEADER.format(locale=locale, plural=LANGUAGES[locale]) + body.getvalue().decode()


def update(root: Path, source: Catalog) -> None:
    """Bring each catalogue of the project in `root` up to date with the `source`."""
    for locale in LANGUAGES:
        path = path_of(root, locale)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(updated(path, locale, source))


def compile_all(root: Path) -> None:
    """Compile each catalogue of the project in `root` that has changed since, into the file that Django reads.

    A text that is missing or doubtful is left out, so that it is read in English.
    """
    for locale in LANGUAGES:
        path = path_of(root, locale)
        compiled = path.with_suffix(".mo")
        changed_at = max(each.stat().st_mtime for each in (path, Path(isolating.__file__)))
        if not compiled.exists() or compiled.stat().st_mtime <= changed_at:
            _write(compiled, _compiled(read(path, locale), locale))


def _compiled(catalogue, locale):
    catalogue.creation_date = catalogue.revision_date = NO_DAY
    for message in catalogue:
        if not message.fuzzy and not all([message.string] if isinstance(message.string, str) else message.string):
            message.string = ""
        isolating.isolate(message, locale)
    body = io.BytesIO()
    write_mo(body, catalogue)
    return body.getvalue()


def _write(path, data):
    """Write the file whole or not at all: processes that read it may be running."""
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
