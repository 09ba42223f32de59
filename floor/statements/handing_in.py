"""Handing in the text of a statement, before its turn or in lieu of it.  R-05 R-40"""

import hashlib
from datetime import datetime

from django.utils.translation import gettext as _

from acts.locking import locked
from acts.refusals import Refusal
from dialogue.models import Meeting
from floor import standings
from floor.models import Statement, StatementFile, Turn
from floor.models.turn import IN_LIEU
from floor.statements import pace
from journal import recording
from journal.actors import Actor
from speakers.models import Inscription
from uploads import receiving


class HandingInRefused(Refusal):
    """The statement is not accepted; the words say why."""


def kind_for(turn: Turn) -> Statement.Kind | None:
    """The kind of a text handed in now for `turn`: spoken, or in lieu of it (R-40); None while at the rostrum."""
    if turn.has_the_floor:
        return None
    return Statement.Kind.IN_LIEU if turn.state in IN_LIEU else Statement.Kind.SPOKEN


def hand_in(
    meeting: Meeting, inscription: Inscription, *, content: bytes, language: str, by: Actor, at: datetime
) -> Statement:
    """Keep the bytes `content` as the statement of `inscription` in `language`, replacing an earlier one.

    Open until the entry is called (R-05), and again once it has spoken or was not reached; asked before the file is
    looked at, and again under the list's lock. The file is judged and counted before anything waits for that (R-79).
    Journals. Returns the `Statement`. Raises `FileRefused`, or `HandingInRefused` while the entry is at the rostrum, or
    if it was withdrawn or never verified.
    """
    _turn_that_may(standings.read_list(inscription.speakers_list), inscription)
    text = receiving.receive_statement(content, sender=by.name, at=at - meeting.clock_shift)
    facts = {
        "language": language,
        "media_type": text.media_type,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "count": pace.length(text.text, language) or None,
    }

    with locked(inscription.speakers_list) as speakers_list:
        turn, kind = _turn_that_may(standings.read_list(speakers_list), inscription)
        _end(inscription, language, at=at)
        statement = Statement(inscription=turn.inscription, kind=kind, **facts)
        statement.handed_in_at, statement.handed_in_by = at, by.name
        statement.save(force_insert=True)
        StatementFile.objects.create(statement=statement, content=content)
        _record("statement handed in", statement, by=by, at=at)
        return statement


def _turn_that_may(floor, inscription):
    """The turn of `inscription` on the `floor`, and the kind of a text handed in for it now. Refused without one."""
    if (standing := floor.find(inscription.public_id)) is None:
        raise HandingInRefused(_("This entry has no place on the list."))
    if (kind := kind_for(standing.turn)) is None:
        raise HandingInRefused(
            _("The speaker has been called to the rostrum: give the text to the conference officer.")
        )
    return standing.turn, kind


def take_back(statement: Statement, *, by: Actor, at: datetime) -> None:
    """Withdraw the `statement`: its row stays, its bytes go. Journals. Raises `HandingInRefused` if it has ended."""
    with locked(statement.inscription.speakers_list) as speakers_list:
        standing = standings.read_list(speakers_list).find(statement.inscription.public_id)
        if standing is not None and standing.turn.has_the_floor:
            raise HandingInRefused(_("The speaker has been called to the rostrum: the text cannot be changed now."))
        if not _end(statement.inscription, statement.language, at=at):
            raise HandingInRefused(_("This text has already been replaced or withdrawn."))
        _record("statement taken back", statement, by=by, at=at)


def _end(inscription, language, *, at):
    """End the current statement of `inscription` in `language`, if any; its bytes are deleted."""
    current = Statement.objects.current().filter(inscription=inscription, language=language).first()
    if current is None:
        return False
    Statement.objects.filter(pk=current.pk).update(ended_at=at)
    StatementFile.objects.filter(statement=current).delete()
    return True


def _record(act, statement, *, by, at):
    meeting = statement.inscription.meeting
    recording.record(
        act,
        stream=meeting.journal_stream,
        subject=f"statement/{statement.public_id}",
        by=by,
        at=at,
        after={"language": statement.language, "sha256": statement.sha256, "kind": statement.kind},
    )


def is_public(statement: Statement, turn: Turn | None) -> bool:
    """May anyone read `statement`, whose entry has this `turn` (or none)? Not until it is delivered.  R-40"""
    if statement.ended_at is not None:
        return False
    if statement.kind == Statement.Kind.IN_LIEU:
        return turn is not None and turn.state in IN_LIEU
    return turn is not None and turn.state == Turn.State.DELIVERED
