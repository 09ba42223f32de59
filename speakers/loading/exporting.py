"""Writing a stored meeting as a file from which it can be loaded again.  R-31"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from dialogue.models import Meeting
from speakers.loading import enclosures, rows
from speakers.loading.kinds import LANGUAGES
from speakers.loading.shape import LISTS, TABLES

CODES = {stored: code for code, stored in LANGUAGES.items()}
HEAD = """\
# {title}
# Load it with `manage.py load_meeting FILE`; with `--slug NAME`, as another meeting.
#
# Times are wall-clock times in the meeting's own `time_zone`. A text is English, or has a line for each language.
"""


def export(meeting: Meeting) -> str:
    """The text of a file that loads as `meeting`: all that a file can hold, and nothing of its entries.  R-31

    The files of its documents, which it names, are those of `enclosures.exported`. The text depends on what is stored
    alone. Of personal data it holds the contacts of the meeting and the programme
    as it is printed.
    """
    with transaction.atomic():
        facts = rows.on_the_wall(rows.facts_of(meeting), meeting.zone)
    facts = _with_names_of_files(_without_usual_hours(facts))
    parts = [HEAD.format(title=" ".join(facts["meeting"]["title"]["en"].split()))]
    parts += ["\n".join([f"[{name}]", *_lines(facts[name], keys)]) for name, keys in TABLES.items()]
    parts += [part for name, keys in LISTS.items() for part in _tables(facts[name], keys, name)]
    return "\n".join(f"{part.rstrip()}\n" for part in parts)


def _without_usual_hours(facts):
    """The `facts` without the start and the end of the meeting where these are those of its sittings."""
    told = rows.with_hours(facts | {"meeting": facts["meeting"] | {"starts_at": None, "ends_at": None}})["meeting"]
    own = {
        key: None if facts["meeting"][key] == told[key] else facts["meeting"][key] for key in ("starts_at", "ends_at")
    }
    return facts | {"meeting": facts["meeting"] | own}


def _with_names_of_files(facts):
    """The `facts` with each file under the name that it has beside the export (see `enclosures.exported`)."""
    documents = [
        document | {"file": enclosures.name_of(index, document["file"]) if document["file"] else ""}
        for index, document in enumerate(facts["documents"])
    ]
    return facts | {"documents": documents}


def _tables(items, keys, name) -> Iterator[str]:
    for item in items:
        yield "\n".join([f"[[{name}]]", *_lines(item, keys)])
        for key, (kind, _default) in ((key, each) for key, each in keys.items() if isinstance(each[0], dict)):
            yield from _tables(item[key], kind, f"{name}.{key}")


def _lines(table: dict[str, Any], keys: dict[str, Any]) -> Iterator[str]:
    """A line for each fact of a `table` but for those that are empty and would be so without it."""
    for key, (kind, default) in keys.items():
        value = table[key]
        if isinstance(kind, dict) or (not value and value == default):
            continue
        if isinstance(value, dict) and list(value) != ["en"]:
            yield from (f"{key}.{code} = {_plain(value[stored])}" for stored, code in CODES.items() if stored in value)
        else:
            yield f"{key} = {_plain(value['en'] if isinstance(value, dict) else value)}"


def _plain(value):
    """A fact as TOML writes it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(round(value.total_seconds()))
    if isinstance(value, str) and "\n" in value:
        return _text(value)
    return _quoted(json.dumps(value, ensure_ascii=False))


def _text(value):
    """A text of several lines, as it is read."""
    lines = [_quoted(json.dumps(line, ensure_ascii=False))[1:-1].replace('\\"', '"') for line in value.split("\n")]
    return '"""\n' + "\n".join(lines).replace('"""', '""\\"') + '\n"""'


def _quoted(text):
    """JSON as TOML takes it, which wants one more character escaped."""
    return text.replace("\x7f", "\\u007f")
