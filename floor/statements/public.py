"""The record as anyone may read it: who made a statement, when, how long it took, and which texts there are.  R-40

Nothing that is for staff alone: no absence, no limit, no interruption. A speaker's name only if the list shows names.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.urls import reverse

from floor.clock import timing
from floor.models import Statement
from floor.record import sittings
from floor.state import person
from floor.statements import texts
from speakers.models import SpeakersList


def of(lists: list[SpeakersList], *, among: SpeakersList | None = None) -> list[dict[str, Any]]:
    """What was said at the meeting of the `lists`, which are all it has, as plain values in the active language.

    First the statements delivered, in the order in which they began; then those in lieu of delivery, `in_lieu`. Moments
    are ISO 8601 in the meeting's zone, lengths in seconds, and each text has its address. `among` leaves out what is
    not of that list. Takes three statements.
    """
    meeting, by_key = lists[0].meeting, {each.pk: each for each in lists}
    delivered, in_lieu = texts.published(meeting)
    held = sittings.of_each(
        meeting, [(cast(datetime, each.turn.began_at), _list_of(each.turn, by_key)) for each in delivered]
    )
    found = [*zip(delivered, held, strict=True), *((each, None) for each in in_lieu)]
    rows = [(each, _list_of(each.turn, by_key), sitting) for each, sitting in found]
    kept = [row for row in rows if among is None or row[1] == among]
    return [{"position": position, **_row(*row, meeting)} for position, row in enumerate(kept, start=1)]


def _list_of(turn, by_key):
    """The list of which the `turn` is; None if it is outside every list."""
    return by_key[turn.inscription.speakers_list_id] if turn.inscription else None


def _row(listed, speakers_list, sitting, meeting):
    turn = listed.turn
    return {
        **_who(turn, speakers_list),
        "in_lieu": not listed.is_delivered,
        **(_when(turn, sitting, meeting) if listed.is_delivered else NOT_SPOKEN),
        "texts": [_text(each, turn, meeting) for each in listed.texts],
    }


def _who(turn, speakers_list):
    entry = turn.inscription
    shows_names = speakers_list is not None and speakers_list.shows_speaker_names
    return {
        "list": speakers_list.slug if speakers_list else None,
        "kind": turn.kind,
        "name": turn.name,
        "delegation_code": turn.of.code if turn.of else "",
        "capacity": str(entry.capacity) if entry else "",
        "group": turn.group,
        "joined": turn.joined,
        "level": str(entry.level) if entry else "",
        "by_video": turn.is_by_video,
        "speaker": person(turn) if shows_names else "",
    }


NOT_SPOKEN = {"sitting": "", "began_at": None, "ended_at": None, "spoke_seconds": None}


def _when(turn, sitting, meeting):
    """When a statement that was delivered began and ended, and how long the speaker spoke, without pauses.  R-35"""
    return {
        "sitting": str(sitting or ""),
        "began_at": turn.began_at.astimezone(meeting.zone).isoformat(),
        "ended_at": turn.ended_at.astimezone(meeting.zone).isoformat(),
        "spoke_seconds": timing.elapsed(turn, turn.ended_at) // timedelta(seconds=1),
    }


def _text(statement, turn, meeting):
    """One text that anyone may read. Of one that was said, the mark says how it relates to what was said.  R-73"""
    is_spoken = statement.kind == Statement.Kind.SPOKEN
    address = reverse("floor:download", args=[meeting.slug, statement.public_id])
    return {
        "language": statement.language,
        "media_type": statement.media_type,
        "bytes": statement.size,
        "sha256": statement.sha256,
        "mark": turn.inscription.text_mark if is_spoken else "",
        "url": settings.SITE_URL + address,
    }
