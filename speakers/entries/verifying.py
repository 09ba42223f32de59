"""Verifying or refusing an entry that waits: for its sender (R-11), for its group (R-66), or for both."""

from datetime import datetime

from django.utils.translation import gettext as _

import spelling
from acts.locking import locked
from acts.refusals import Refusal
from journal import recording
from journal.actors import Actor
from speakers import records
from speakers.entries import inscribing, registering
from speakers.mail import notices
from speakers.models import FocalPoint, Inscription, Registered, SpeakersList


class VerificationRefused(Refusal):
    """The entry cannot be verified or refused; the message says why."""


def verify(
    inscription: Inscription,
    *,
    by: Actor,
    at: datetime,
    as_focal_point: bool = False,
    group: Registered | None = None,
    reason: str = "",
) -> Inscription:
    """Let an unverified `inscription` stand; its place follows from its original receipt.  R-11 R-12 R-66

    If its group is not on the register, it is matched to `group`, which is put there if need be, for a mandatory
    `reason`. With `as_focal_point` the address that filed it is put on record for its delegation. Journals and
    acknowledges. Raises `VerificationRefused` if it is not waiting, if its group is still not on the register, or if
    another entry already stands; and `registering.RegistrationRefused`.
    """
    with locked(SpeakersList.objects.with_places().filter(pk=inscription.speakers_list_id)) as speakers_list:
        entry = _waiting(inscription, speakers_list)
        before = records.facts(entry)
        _settle_group(entry, group, speakers_list, reason=reason, by=by, at=at)
        entry.state = Inscription.State.STANDING
        if refusal := inscribing.objection_to_group(entry) or inscribing.objection_to_second_entry(entry):
            raise VerificationRefused(str(refusal))
        entry.save(update_fields=["state", "group_name", "group_key"])
        witness = records.record_change("verified", entry, before=before, by=by, at=at, reason=reason.strip())
        if as_focal_point:
            _put_on_record(entry, by=by, at=at)
        notices.confirm_verification(entry, witness=witness)
        return entry


def refuse(inscription: Inscription, *, reason: str, by: Actor, at: datetime) -> Inscription:
    """Refuse an unverified `inscription` with a mandatory `reason`, which is mailed to the filer.  R-11

    Journals and mails. Raises `VerificationRefused` if it is not waiting or no reason is given.
    """
    if not reason.strip():
        raise VerificationRefused(_("Give the reason: the person who filed the entry will read it."), "reason")

    with locked(inscription.speakers_list) as speakers_list:
        entry = _waiting(inscription, speakers_list)
        before = records.facts(entry)
        entry.state, entry.ended_at, entry.ended_by = Inscription.State.REFUSED, at, by.name
        entry.save(update_fields=["state", "ended_at", "ended_by"])
        witness = records.record_change("refused", entry, before=before, by=by, at=at, reason=reason)
        notices.tell_refusal(entry, reason=reason, witness=witness)
        return entry


def _settle_group(entry, group, speakers_list, *, reason, by, at):
    """Let the `entry` speak for the `group` that staff have chosen, or for the one that it names by now."""
    if group is not None and entry.awaits_group:
        if not reason.strip():
            raise VerificationRefused(_("Give the reason: it is kept in the journal."), "reason")
        registering.settle(entry, group, speakers_list, reason=reason, by=by, at=at)
    entry.take_group()


def _waiting(inscription, speakers_list):
    entry = Inscription.objects.select_related("delegation", "level", "pinned_before").get(pk=inscription.pk)
    entry.speakers_list = speakers_list
    if entry.state != Inscription.State.UNVERIFIED:
        words = _("This entry is %(state)s; only an unverified entry can be verified or refused.")
        raise VerificationRefused(words % {"state": entry.get_state_display()})
    return entry


def _put_on_record(entry, *, by, at):
    """Make the address that filed `entry` an active focal point of its delegation; journals in the meeting's chain."""
    address = spelling.address(entry.filed_by_email)
    point, is_new = FocalPoint.objects.get_or_create(
        delegation=entry.delegation, normalised_email=address, defaults={"email": address, "name": entry.contact_name}
    )
    if not is_new and point.is_active:
        return
    point.is_active = True
    point.save()
    recording.record(
        "focal point put on record",
        stream=entry.speakers_list.journal_stream,
        subject=f"focalpoint/{point.pk}",
        by=by,
        at=at,
        after={"delegation": entry.delegation.code, "email": address, "is_active": True},
    )
