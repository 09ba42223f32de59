"""A personal extension: one delegation inscribes normally after closing, until its own deadline.  R-27

The general deadline stays for all other delegations. See docs/decisions/0043-late-requests-and-extensions.md.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from acts.locking import locked
from acts.refusals import Refusal
from dialogue import moments
from journal import recording
from journal.actors import Actor
from speakers.mail import late_notices
from speakers.models import Delegation, Extension, SpeakersList


class ExtensionRefused(Refusal):
    """The extension cannot be granted or ended; the message says why."""


def extension_for(speakers_list: SpeakersList, delegation: Delegation, at: datetime) -> Extension | None:
    """The extension that lets `delegation` inscribe on `speakers_list` at its meeting's moment `at`, or None."""
    found = speakers_list.extensions.standing().filter(delegation=delegation).first()
    return found if found is not None and found.holds_at(at) else None


def accepts(speakers_list: SpeakersList, delegation: Delegation, at: datetime) -> bool:
    """Does the list take an inscription of `delegation` at the meeting's moment `at`?  R-02 R-27"""
    return speakers_list.accepts_inscriptions(at) or extension_for(speakers_list, delegation, at) is not None


def extended(speakers_list: SpeakersList, delegations: list[Delegation], at: datetime) -> dict[Delegation, Extension]:
    """Maps those of `delegations` with an extension at the meeting's moment `at` to it (one statement)."""
    found = speakers_list.extensions.standing().filter(delegation__in=delegations)
    by_delegation = {extension.delegation_id: extension for extension in found if extension.holds_at(at)}
    return {delegation: by_delegation[delegation.pk] for delegation in delegations if delegation.pk in by_delegation}


def grant(
    speakers_list: SpeakersList, *, delegation: Delegation, until: datetime, reason: str, by: Actor, at: datetime
) -> Extension:
    """Let `delegation` inscribe until the moment `until`, for a mandatory `reason` that it will read.  R-27

    An earlier extension is replaced. `at` is the meeting's moment. Journals; mails the focal points of the
    delegation and the officer. Returns the `Extension`. Raises `ExtensionRefused`.
    """
    if not reason.strip():
        raise ExtensionRefused(_("Give the reason: the delegation will read it."), "reason")

    with locked(speakers_list) as speakers_list:
        _object(speakers_list, until, at=at)
        before = _end(speakers_list.extensions.standing().filter(delegation=delegation).first(), at=at)
        facts = {"until": until, "reason": reason.strip(), "granted_at": at}
        extension = Extension(speakers_list=speakers_list, delegation=delegation, **facts)
        extension.take_name()
        extension.save(force_insert=True)
        witness = _record("extension granted", extension, before=before, by=by, at=at, reason=reason.strip())
        late_notices.tell_extension(extension, occasion=witness.hash)
        return extension


def end(extension: Extension, *, reason: str, by: Actor, at: datetime) -> Extension:
    """End the `extension` before its moment, for a mandatory `reason` that the delegation reads.  R-27

    Entries inscribed within it stay. `at` is the meeting's moment. Journals and mails. Raises `ExtensionRefused`.
    """
    if not reason.strip():
        raise ExtensionRefused(_("Give the reason: the delegation will read it."), "reason")

    with locked(extension.speakers_list) as speakers_list:
        found = speakers_list.extensions.select_related("delegation").get(pk=extension.pk)
        if not found.holds_at(at):
            raise ExtensionRefused(_("This extension is already over."))
        found.speakers_list = speakers_list
        before = _end(found, at=at)
        witness = _record("extension ended", found, before=before, by=by, at=at, reason=reason.strip())
        late_notices.tell_end_of_extension(found, reason=reason.strip(), occasion=witness.hash)
        return found


def _object(speakers_list, until, *, at):
    if speakers_list.is_by_selection:
        words = _("Seats on this list are given by selection. Change its deadline, or enter the delegation yourself.")
        raise ExtensionRefused(words)
    if until <= at:
        raise ExtensionRefused(_("This moment has passed."), "until")
    if until <= speakers_list.closes_at and speakers_list.closed_at is None:
        words = _("All delegations may inscribe until %(moment)s; an extension must end after that.")
        raise ExtensionRefused(
            words % {"moment": moments.in_words(speakers_list.closes_at, speakers_list.meeting)}, "until"
        )
    if until >= speakers_list.meeting.starts_at:
        words = _("The extension must end before the meeting starts, on %(moment)s. After that, admit a late entry.")
        raise ExtensionRefused(
            words % {"moment": moments.in_words(speakers_list.meeting.starts_at, speakers_list.meeting)}, "until"
        )


def _end(extension, *, at):
    """End the `extension`, if there is one. Returns the facts to journal as “before”."""
    if extension is None:
        return None
    extension.ended_at = at
    extension.save(update_fields=["ended_at"])
    return {"until": extension.until, "ended_at": None}


def _record(act, extension, *, before, by, at, reason):
    return recording.record(
        act,
        stream=extension.speakers_list.journal_stream,
        subject=f"extension/{extension.delegation.code}",
        by=by,
        at=at,
        before=before,
        after={"until": extension.until, "ended_at": extension.ended_at},
        reason=reason,
    )
