"""Releasing the programme: the draft becomes a numbered, frozen version.  R-31"""

import hashlib
from datetime import datetime

from django.utils.translation import gettext as _

from acts.refusals import Refusal
from dialogue import consistency, versions
from dialogue.models import Meeting, ProgrammeVersion
from journal import frozen, recording
from journal.actors import Actor
from journal.canonical import canonical
from spelling.listing import in_sentences

Kind = ProgrammeVersion.Kind
# The act of the journal.
RELEASED = "programme released"


class ReleaseRefused(Refusal):
    """The programme cannot be released like this; the message says why."""


def release(
    meeting: Meeting, *, kind: str, comment: str, by: Actor, at: datetime
) -> tuple[ProgrammeVersion, ProgrammeVersion | None]:
    """Freeze the programme of the locked `meeting` as its next version at the meeting's moment `at`.  R-31

    `comment` says what is new. The hash covers the canonical text, which holds the hash of the version before.
    Journals; sends nothing. Returns the version and the one before (or None). Raises `ReleaseRefused`.
    """
    if not comment.strip():
        raise ReleaseRefused(_("Say what is new in this version."), "comment")
    last, draft = meeting.versions.order_by("-number").first(), versions.draft_of(meeting)
    _object(last, draft, meeting, kind=kind)
    number, previous = (last.number + 1, last.sha256) if last else (1, "")
    revision = meeting.versions.filter(kind=Kind.REVISED).count() + 1 if kind == Kind.REVISED else 0
    facts = {"meeting": meeting.slug, "number": number, "kind": kind, "previous_sha256": previous}
    text = canonical({**draft, **facts, "comment": comment.strip(), "released_at": at.isoformat()}).decode()
    version = ProgrammeVersion.objects.create(
        meeting=meeting,
        number=number,
        kind=kind,
        revision=revision,
        comment=comment.strip(),
        released_at=at,
        content=text,
        previous_sha256=previous,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    recording.record(
        RELEASED,
        stream=meeting.journal_stream,
        subject=frozen.subject("programme", number, version.sha256),
        by=by,
        at=at,
        after={"kind": kind, "sha256": version.sha256},
        reason=comment.strip(),
    )
    return version, last


def _object(last, draft, meeting, *, kind):
    """Raise `ReleaseRefused` if `draft` cannot be the next version after `last`."""
    if not draft["slots"]:
        raise ReleaseRefused(_("The programme has no lines yet."))
    if problems := consistency.contradictions(meeting):
        raise ReleaseRefused(in_sentences(problems))
    if last is None and kind == Kind.REVISED:
        raise ReleaseRefused(_("There is nothing to revise yet: release a provisional or a final programme."), "kind")
    if last and kind == Kind.PROVISIONAL:
        raise ReleaseRefused(_("Only the first programme is provisional: release a revised or a final one."), "kind")
    if last and kind == last.kind and not versions.difference(versions.content_of(last), draft, meeting):
        raise ReleaseRefused(_("Nothing has changed since the last version."))
