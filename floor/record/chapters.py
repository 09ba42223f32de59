"""The chapters of a recording as WebVTT, which players show: one for each statement.  R-30

https://www.w3.org/TR/webvtt1/, 4.1 and 4.6: chapters, in order, none of which overlap.
"""

from collections.abc import Sequence
from datetime import timedelta
from html import escape

from django.utils.translation import gettext as _

from floor.models import Interruption, Turn
from floor.record.heard import Heard
from floor.record.seconds import MILLISECOND, Part
from speakers.publishing.exports.characters import printable


def as_webvtt(parts: Sequence[Part]) -> bytes:
    """The `parts` of a recording as WebVTT, with titles in the active language. It names delegations, not persons.

    Persons are named only if they speak outside the list, for no delegation.
    """
    cues = [
        f"{number}\n{moment(part.begins)} --> {moment(part.ends)}\n{escape(printable(title(part)), quote=False)}\n"
        for number, part in enumerate(parts, start=1)
        if part.begins // MILLISECOND < part.ends // MILLISECOND
    ]
    return "\n".join(["WEBVTT\n", *cues]).encode()


def moment(since: timedelta) -> str:
    """A time of the recording as “00:10:02.500”, with hours; what is less than a millisecond is left out."""
    seconds, rest = divmod(since // MILLISECOND, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:03d}"


def title(part: Part) -> str:
    """The title of a chapter: who spoke, and for whom or as what; whether it is continued, or goes on elsewhere."""
    words = _title(part.heard)
    if part.is_continued:
        words = _("%(title)s (continued)") % {"title": words}
    if part.is_cut_after:
        words = _("%(title)s (goes on after this recording)") % {"title": words}
    return words


def _title(heard: Heard) -> str:
    name, turn = heard.name, heard.turn
    if turn is None:
        words = heard.kind_in_words
        if heard.kind == Interruption.Ground.POINT_OF_ORDER and name:
            return _("%(name)s, on a point of order") % {"name": name}
        return words[:1].upper() + words[1:]
    if turn.group:
        return _("%(name)s, on behalf of %(group)s") % {"name": name, "group": turn.group}
    kind = heard.capacity if turn.kind == Turn.Kind.LISTED else turn.kind_in_words
    return _("%(name)s (%(kind)s)") % {"name": name, "kind": kind}
