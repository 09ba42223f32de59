"""The record as tables for people to read, on a page, on paper and in a workbook."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from dialogue import moments
from dialogue.models import Meeting, sitting_then
from floor.clock.clock_face import minutes_and_seconds
from floor.models import Interruption, Turn
from spelling.listing import listed

# Columns for which a page has no room: it shows their contents beside the names, or leaves them to the files.
BESIDE = {"group", "joined", "recording", "level", "kind", "sitting", "absences"}
# Columns that a table has only if one of its rows needs them.
IF_ANY = {"joined", "recording"}


@dataclass(frozen=True)
class Table:
    """The headings of the `columns` by name, and the `rows` with a value under each name."""

    columns: dict[str, str]
    rows: list[dict]

    @property
    def shown(self) -> list[str]:
        """The headings of the columns that a page has room for; see `BESIDE` for the others."""
        return [heading for name, heading in self.columns.items() if name not in BESIDE]


def statements(record: dict[str, Any], meeting: Meeting) -> Table:
    """Who spoke: one row for each statement."""
    columns = {
        "number": _("No."),
        "name": _("Speaker for"),
        "group": _("On behalf of"),
        "joined": _("Joined by"),
        "recording": _("Recorded video"),
        "speaker": _("Speaker"),
        "level": _("Level"),
        "kind": _("Kind"),
        "sitting": _("Sitting"),
        "began": _("Began"),
        "ended": _("Ended"),
        "spoke": _("Spoke"),
        "limit": _("Limit"),
        "overtime": _("Overtime"),
        "paused": _("Paused"),
        "absences": _("Absences"),
    }
    return _table(columns, [_statement(each, meeting) for each in record["statements"]])


def others(record: dict[str, Any]) -> Table:
    """Who did not speak, and why: not delivered, not reached, still waiting."""
    columns = {"name": _("Entry"), "group": _("On behalf of"), "joined": _("Joined by")}
    columns |= {"recording": _("Recorded video"), "why": _("Why"), "absences": _("Absences")}
    kinds = {"not_delivered": _("not delivered"), "not_reached": _("not reached"), "waiting": _("waiting")}
    rows = [each | _special(each) | {"why": why} for name, why in kinds.items() for each in record[name]]
    return _table(columns, rows)


def _table(columns, rows):
    """A `Table` without the columns that none of its `rows` needs."""
    needed = {name: words for name, words in columns.items() if name not in IF_ANY or any(row[name] for row in rows)}
    return Table(needed, rows)


def _special(each):
    """Who joined the statement, and whether it is a recorded video, in words."""
    recording = _("presented by %(name)s") % {"name": each["presented_by"]} if each.get("presented_by") else _("yes")
    return {"joined": listed(each.get("joined", [])), "recording": recording if each.get("by_video") else ""}


def _statement(each, meeting):
    return {
        **{name: each[name] for name in ("number", "name", "group", "speaker", "level", "absences")},
        **_special(each),
        "kind": Turn.Kind(each["kind"]).label,
        "is_off_the_list": each["kind"] != Turn.Kind.LISTED,
        "sitting": _sitting(each, meeting) if each["sitting"] else "",
        "began": clock_time(each["began_at"], meeting),
        "ended": clock_time(each["ended_at"], meeting, each["began_at"]),
        "spoke": _length(each["spoke_seconds"]),
        "limit": _length(each["limit_seconds"]),
        "overtime": _length(each["overtime_seconds"]) if each["overtime_seconds"] else "",
        "paused": _length(each["paused_seconds"]) if each["paused_seconds"] else "",
    }


def _sitting(each, meeting):
    """The name of the sitting in which the statement was made.  R-64"""
    told = (each["sitting"], each.get("sitting_place", ""))
    alike = [sitting for sitting in meeting.hours if (sitting.part, str(sitting.place)) == told]
    return str(sitting_then(alike, datetime.fromisoformat(each["began_at"])) or "")


def clock_time(moment: str, meeting: Meeting, beside: str = "") -> str:
    """A moment of the record as “11:02:07 a.m.” in the meeting's zone; empty if there is none.

    With its day where the meeting has several, unless that is the day of the moment `beside` it.  R-64
    """
    if not moment:
        return ""
    at, known = datetime.fromisoformat(moment), datetime.fromisoformat(beside) if beside else None
    return moments.on_its_day(moments.seconds_in_words(at, meeting), at, meeting, known)


def remarks(record: dict[str, Any], meeting: Meeting) -> list[Any]:
    """What was said about time, each with its time of day."""
    return [{"at": clock_time(each["at"], meeting), "words": each["words"]} for each in record["said_about_time"]]


def _length(seconds):
    return minutes_and_seconds(timedelta(seconds=seconds))


def interruptions(record: dict[str, Any], meeting: Meeting) -> Table:
    """What interrupted statements and sittings, in order: one row each."""
    columns = {
        "ground": _("What"),
        "during": _("During"),
        "raised_by": _("Raised by"),
        "from": _("From"),
        "to": _("To"),
    }
    grounds = dict(Interruption.Ground.choices)
    rows = [
        {
            "at": each["began_at"],
            "ground": grounds[each["ground"]],
            "during": each["during"],
            "raised_by": each["raised_by"],
            "from": clock_time(each["began_at"], meeting),
            "to": clock_time(each["ended_at"], meeting, each["began_at"]),
        }
        for each in record["interruptions"]
    ]
    rows += [
        {
            "at": each["from"],
            "ground": _("sitting suspended"),
            "during": "",
            "raised_by": "",
            "from": clock_time(each["from"], meeting),
            "to": clock_time(each["to"], meeting, each["from"]),
        }
        for each in record["suspensions"]
    ]
    return Table(columns, sorted(rows, key=lambda row: row["at"]))
