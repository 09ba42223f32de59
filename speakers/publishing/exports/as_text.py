"""A list as plain text, in the style of the *Journal of the United Nations*: numbered lines under a heading.  R-30"""

import textwrap
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dialogue import moments
from speakers.models import SpeakersList
from speakers.publishing import division, documents
from speakers.publishing.exports.characters import isolated, printable
from spelling.listing import listed

WIDTH = 76


def write(document: dict[str, Any], speakers_list: SpeakersList) -> bytes:
    """The `document`, a state of `speakers_list`, as UTF-8 bytes, in lines of at most `WIDTH` if words allow."""
    rows = document["speakers"]
    parts = [*_heading(document, speakers_list)]
    for part in division.parts_of(document, speakers_list.meeting):
        parts += ["", *_sitting(part)] if part.name else []
        for band, run in part.bands:
            parts += ["", _band(band), *(line(row, digits=len(str(len(rows)))) for row in run)]
    if not rows:
        parts += ["", _("No delegation is inscribed.")]
    return ("\n".join(parts) + "\n").encode()


def _heading(document, speakers_list):
    """Title, date, place, and which list it is."""
    meeting = speakers_list.meeting
    as_at = datetime.fromisoformat(document["as_at"])
    facts = {"date": moments.days_in_words(meeting), "venue": printable(speakers_list.venue)}
    lines = [
        _("LIST OF SPEAKERS"),
        "",
        _wrapped(printable(str(speakers_list))),
        _wrapped(_("%(date)s, %(venue)s") % facts),
        _wrapped(documents.state_in_words(document, speakers_list, as_at)),
    ]
    return lines + ([_wrapped(printable(document["comment"]))] if document.get("comment") else [])


def _sitting(part):
    """The heading of a sitting, with its hours, marked as likely until it begins.  R-64"""
    words = _("%(hours)s – likely") % {"hours": part.hours} if part.is_likely else part.hours
    return [_wrapped(part.name.upper()), *([_wrapped(words)] if words else [])]


def _band(label):
    return str(label)[:1].upper() + str(label)[1:]


def line(row: dict[str, Any], *, digits: int) -> str:
    """“ 7. Rwanda (on behalf of the Group of Friends) – Minister for Foreign Affairs”."""
    who = isolated(printable(row["delegation"]))
    if row["group"]:
        who = _("%(delegation)s (on behalf of %(group)s)") % {
            "delegation": who,
            "group": isolated(printable(row["group"])),
        }
    if row.get("joined"):
        joined = listed(isolated(printable(name)) for name in row["joined"])
        who = _("%(delegation)s (joined by %(joined)s)") % {"delegation": who, "joined": joined}
    facts = [who, isolated(printable(row["level"]))]
    if "speaker" in row:
        facts.insert(1, isolated(printable(row["speaker"])) or _("to be confirmed"))
    if row.get("by_video"):
        facts.append(_("by recorded video"))
    if row.get("presented_by"):
        facts.append(_("presented by %(name)s") % {"name": isolated(printable(row["presented_by"]))})
    number = f"{row['place']:>{digits}}. "
    return _wrapped(" – ".join(facts), first=number, then=" " * len(number))


def _wrapped(text, first="", then=""):
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=then, break_long_words=False, break_on_hyphens=False
    )
