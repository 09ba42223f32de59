"""A late entry: admitted by staff after closing, at the end of its band.  R-27"""

from datetime import datetime

from django.utils.translation import gettext as _

from acts.locking import locked
from acts.refusals import Refusal
from journal.actors import Actor
from speakers.entries import extensions, inscribing
from speakers.models import Inscription


class AdmissionRefused(Refusal):
    """The late entry cannot be admitted; the message says why."""


def admit_late(
    inscription: Inscription,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    key: str,
    digest: str,
    filed_from: str | None = None,
    arrived_at: datetime | None = None,
) -> Inscription:
    """Enter the unsaved `inscription` after closing, marked late, at the end of its band, for a mandatory `reason`.

    R-27: timely entries are never displaced. `at` is the meeting's moment. While the list is open, to all or by an
    extension for the delegation, an entry made by staff on its behalf is an ordinary one; so it is at any time on a
    list whose seats are given by selection, where no one is in time or late. `filed_from` and `arrived_at` are those
    of a late request, if there was one. Journals and acknowledges. Raises `AdmissionRefused`, or
    `inscribing.InscriptionRefused` for the reasons any entry is refused.
    """
    if not reason.strip():
        raise AdmissionRefused(_("Give the reason: it is kept with the entry."), "reason")
    inscribing.prepare(inscription, by=by, at=arrived_at or at, key=key, digest=digest)
    inscription.filed_by_email = filed_from or by.name

    with locked(inscription.speakers_list) as speakers_list:
        if first := speakers_list.inscriptions.filter(idempotency_key=key).first():
            return first
        inscription.speakers_list = speakers_list
        inscription.take_group()
        if not (speakers_list.is_by_selection or speakers_list.accepts_inscriptions(at)):
            inscription.extension = extensions.extension_for(speakers_list, inscription.delegation, at)
            inscription.is_late = inscription.extension is None
        if problem := _objection(inscription, speakers_list, at):
            raise problem
        name = "admitted late" if inscription.is_late else "inscribed on behalf"
        return inscribing.enter(inscription, speakers_list, by=by, act=name, reason=reason)


def _objection(inscription, speakers_list, at):
    """Why an entry is admitted neither late nor on behalf: a refusal, or None."""
    if at < speakers_list.opens_at:
        return AdmissionRefused(inscribing.why_closed(speakers_list, at))
    if at >= speakers_list.meeting.ends_at:
        return AdmissionRefused(_("The meeting is over."))
    return (
        inscribing.objection_to_delegation(inscription)
        or inscribing.objection_to_level(inscription)
        or inscribing.objection_to_group(inscription)
        or inscribing.objection_to_second_entry(inscription)
    )
