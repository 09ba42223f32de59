"""What interpreters and reporters read: who has the floor, the next ten, every text from when it is handed in.  R-73"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from dialogue.models import Meeting
from floor.models import Booth, Statement, Turn
from floor.standings import Floor, Standing
from floor.statements import texts
from floor.statements.texts import Text
from speakers.models import Inscription

# How many of those waiting are shown with all that is known of their delivery.
NEXT = 10


@dataclass(frozen=True)
class Row:
    """A turn with its `texts`; its `number` on the list, or None."""

    turn: Turn
    number: int | None
    texts: list[Text]


@dataclass(frozen=True)
class Reading:
    """Who has the floor, those who follow, and the others whose texts are in; entries of other lists among them."""

    current: Row | None
    following: list[Row]
    others: list[Row]


def of(floor: Floor) -> Reading:
    """The `Reading` of a `floor` (one query; none until the next act if it was read for everyone)."""
    handed_in = floor.shared("handed in", lambda: _handed_in(floor.meeting))
    waiting = floor.waiting
    current = _row(floor.current, handed_in) if floor.current else None
    following = [_row(each, handed_in) for each in waiting[:NEXT]]
    shown = {row.turn.inscription.pk for row in [current, *following] if row and row.turn.inscription}
    known = {each.turn.inscription.pk: each for each in floor.listed if each.turn.inscription}
    others = [
        _row(known[pk], handed_in) if pk in known else _of_another_list(statements, floor)
        for pk, statements in handed_in.items()
        if pk not in shown
    ]
    return Reading(current, following, others)


def _handed_in(meeting):
    """The texts of entries that stand on any list of `meeting`, by the key of the entry, the first handed in first."""
    found = Statement.objects.current().filter(
        inscription__speakers_list__meeting=meeting.pk, inscription__state=Inscription.State.STANDING
    )
    by_entry = defaultdict(list)
    rows = found.select_related("inscription__delegation", "inscription__speakers_list", "inscription__turn")
    for statement in rows.order_by("handed_in_at", "pk"):
        by_entry[statement.inscription_id].append(statement)
    return dict(by_entry)


def _row(standing: Standing, handed_in) -> Row:
    entry = standing.turn.inscription
    statements = handed_in.get(entry.pk, []) if entry else []
    return Row(standing.turn, standing.number, [texts.with_verdict(each, standing.limit) for each in statements])


def _of_another_list(statements, floor):
    """The row of an entry of a list that the room does not hear now; how long its texts take is not compared."""
    entry = statements[0].inscription
    turn = getattr(entry, "turn", None) or Turn(meeting=floor.meeting, inscription=entry)
    turn.inscription = entry
    return Row(turn, None, [Text(each, texts.how_long(each), is_long=False) for each in statements])


def may_read(statement: Statement) -> bool:
    """May interpreters and reporters read the `statement` before it is delivered? Of an entry that stands alone."""
    return statement.ended_at is None and statement.inscription.is_standing


def readers(meeting: Meeting, at: datetime) -> list[str]:
    """The names of the booths of `meeting` whose links work now: who else reads a text from when it is handed in."""
    return list(Booth.objects.live(at).filter(meeting=meeting.pk).order_by("name").values_list("name", flat=True))
