"""Receipt numbers and stamps: assigned under the list's lock, without gaps, increasing.  R-03 R-07 R-08

The one gap is that of a restore, which the journal declares.  R-76
"""

from datetime import datetime, timedelta
from typing import Any

from journal import recording
from journal.actors import Actor
from speakers.models import SpeakersList

# The fields of an entry's turn within its band, and of the swap or absence that gave it.  R-19 R-21 R-26 R-32
TURN = ("class_seq", "class_move", "lot", "class_by_swap", "swapped_by", "absent_at")

# The act that declares a gap, about “receipts/58-257”: its subject stays when its payload is erased.
SKIPPED, RECEIPTS = "numbers skipped", "receipts/"


def number(inscription: Any, speakers_list: SpeakersList, *, now: datetime) -> None:
    """Give `inscription` the next receipt number of the locked `speakers_list`, a moment of recording and a turn.

    `now` is the real moment, read under the lock: `recorded_at` never stands still or runs back (R-08), even if staff
    shift the clock of a rehearsal. Saves the list's counter; the caller saves the inscription.
    """
    recorded_at = max(speakers_list.meeting.moment(now), inscription.arrived_at)
    if speakers_list.last_recorded_at is not None:
        recorded_at = max(recorded_at, speakers_list.last_recorded_at + timedelta(microseconds=1))
    speakers_list.last_receipt_no += 1
    speakers_list.last_recorded_at = recorded_at
    speakers_list.save(update_fields=["last_receipt_no", "last_recorded_at"])
    inscription.receipt_no, inscription.recorded_at = speakers_list.last_receipt_no, recorded_at
    give_own_turn(inscription)


def skip(speakers_list: SpeakersList, *, up_to: int, by: Actor, at: datetime, reason: str) -> bool:
    """Let the next number of the locked `speakers_list` be above `up_to`, and declare the gap in its journal.  R-76

    Only after a restore: they may have been given. `at` is the meeting's moment. Returns whether it skipped any.
    """
    first = speakers_list.last_receipt_no + 1
    if up_to < first:
        return False
    speakers_list.last_receipt_no = up_to
    speakers_list.save(update_fields=["last_receipt_no"])
    subject = f"{RECEIPTS}{first}-{up_to}"
    recording.record(SKIPPED, stream=speakers_list.journal_stream, subject=subject, by=by, at=at, reason=reason)
    return True


def give_own_turn(inscription: Any) -> None:
    """Give `inscription` the turn of its own receipt, without a lot; the caller saves the fields `TURN`.  R-19"""
    inscription.class_seq, inscription.class_move = inscription.receipt_no, 0
    _forget_what_moved(inscription)


def move_to_end_of_class(inscription: Any, speakers_list: SpeakersList) -> None:
    """Give `inscription` a new turn in its own class: after all entries so far, before any later receipt.  R-23

    Saves the locked `speakers_list`'s counter of moves; the caller saves the fields `TURN` of the inscription.
    """
    speakers_list.last_class_move += 1
    speakers_list.save(update_fields=["last_class_move"])
    inscription.class_seq = speakers_list.last_receipt_no
    inscription.class_move = speakers_list.last_class_move
    _forget_what_moved(inscription)


def _forget_what_moved(inscription):
    inscription.lot, inscription.class_by_swap = "", None
    inscription.swapped_by = inscription.absent_at = None
