"""Late requests: filed after closing, accepted or declined by staff.  R-27

A late request is not an inscription: it has no receipt number and takes no place. See
docs/decisions/0043-late-requests-and-extensions.md.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from acts.locking import locked
from acts.refusals import Refusal
from journal import recording
from journal.actors import Actor
from speakers.entries import extensions, inscribing, late_entries, registering
from speakers.mail import late_notices
from speakers.models import Inscription, LateRequest, Registered, SpeakersList
from speakers.models.filing import FILED

State = LateRequest.State


class RequestRefused(Refusal):
    """The late request cannot be filed or decided in this way; the message says why."""


def file(
    request: LateRequest, *, by: Actor, is_on_record: bool, arrived_at: datetime, key: str, digest: str
) -> LateRequest:
    """File an unsaved late `request`; the same form sent again returns the first one.  R-09 R-27

    `by`, `key` and `digest` are as for `inscribing.inscribe`; `is_on_record` says whether the credential proved a
    focal point of the delegation. `arrived_at` is the meeting's moment. Journals; mails the filer and the officer.
    Returns the stored request. Raises `RequestRefused` or `inscribing.InscriptionRefused`, storing nothing.
    """
    request.filed_by_email, request.is_on_record, request.arrived_at = by.name, is_on_record, arrived_at
    request.idempotency_key, request.content_digest = key, digest

    with locked(request.speakers_list) as speakers_list:
        if first := speakers_list.late_requests.filter(idempotency_key=key, filed_by_email=by.name).first():
            return _same_request(first, digest)
        request.speakers_list = speakers_list
        if reason := objection(request, at=arrived_at):
            raise reason
        request.take_name()
        request.save(force_insert=True)
        witness = _record("late request filed", request, by=by, at=arrived_at, after=_facts(request))
        late_notices.tell_filed(request, occasion=witness.hash)
        return request


def objection(request: LateRequest, *, at: datetime) -> Refusal | None:
    """Why the unsaved `request` cannot be filed at the meeting's moment `at`: a refusal, or None."""
    if why := why_not_late(request.speakers_list, at):
        return RequestRefused(why)
    if request.is_on_record and extensions.accepts(request.speakers_list, request.delegation, at):
        return RequestRefused(_("You can still inscribe: please do so, and you will have a receipt."))
    waiting = request.speakers_list.late_requests.waiting().filter(
        delegation=request.delegation, capacity=request.capacity, filed_by_email=request.filed_by_email
    )
    entry = to_inscription(request)
    if any(
        to_inscription(other).group_key == entry.group_key for other in waiting.select_related("delegation", "level")
    ):
        return RequestRefused(_("Your late request for this delegation is already waiting for the secretariat."))
    refusal = inscribing.objection_to_delegation(entry) or inscribing.objection_to_recording(entry)
    return refusal or inscribing.objection_to_second_entry(entry)


def why_not_late(speakers_list: SpeakersList, at: datetime) -> str:
    """Why no late request can be filed at the meeting's moment `at`; empty if one can."""
    if speakers_list.is_by_selection:
        return inscribing.why_by_selection(speakers_list)
    if at < speakers_list.opens_at:
        return inscribing.why_closed(speakers_list, at)
    if speakers_list.accepts_inscriptions(at):
        return _("The list is open: please inscribe, and you will have a receipt.")
    return _("The meeting is over.") if at >= speakers_list.meeting.ends_at else ""


def accept(
    request: LateRequest, *, reason: str, by: Actor, at: datetime, group: Registered | None = None
) -> Inscription:
    """Accept the waiting `request`: a receipt, a place at the end of its band, marked late, for a `reason`.  R-27

    If the address is not on record, this also verifies the request (R-11); if its group is not on the register, it is
    matched to `group`, which is put there if need be (R-66). `at` is the meeting's moment. Journals; the entry is
    acknowledged like any other. Returns the `Inscription`. Raises `RequestRefused`, and as `registering.settle` and
    `admit_late` do.
    """
    with locked(SpeakersList.objects.with_places().filter(pk=request.speakers_list_id)) as speakers_list:
        found = _waiting(request, speakers_list)
        entry = to_inscription(found)
        registering.settle(entry, group, speakers_list, reason=reason, by=by, at=at)
        entry = late_entries.admit_late(
            entry,
            reason=reason,
            by=by,
            at=at,
            key=f"late-request/{found.public_id}",
            digest=found.content_digest,
            filed_from=found.filed_by_email,
            arrived_at=found.arrived_at,
        )
        found.inscription = entry
        _decide(found, State.ACCEPTED, "late request accepted", by=by, at=at, reason=reason)
        return entry


def decline(request: LateRequest, *, answer: str, by: Actor, at: datetime) -> LateRequest:
    """Decline the waiting `request` with a mandatory `answer`, which the filer reads.  R-27

    `at` is the meeting's moment. Journals and mails. Raises `RequestRefused`.
    """
    if not answer.strip():
        raise RequestRefused(_("Write an answer: the delegation will read it."), "answer")

    with locked(request.speakers_list) as speakers_list:
        found = _waiting(request, speakers_list)
        found.answer = answer.strip()
        witness = _decide(found, State.DECLINED, "late request declined", by=by, at=at, reason=found.answer)
        late_notices.tell_declined(found, occasion=witness.hash)
        return found


def take_back(request: LateRequest, *, by: Actor, at: datetime) -> LateRequest:
    """Withdraw the waiting `request` for the person who filed it.  Journals. Raises `RequestRefused`."""
    with locked(request.speakers_list) as speakers_list:
        found = _waiting(request, speakers_list)
        _decide(found, State.WITHDRAWN, "late request taken back", by=by, at=at)
        return found


def to_inscription(request: LateRequest) -> Inscription:
    """An unsaved `Inscription` with the content of the late `request`."""
    entry = Inscription(
        speakers_list=request.speakers_list,
        delegation=request.delegation,
        **{name: getattr(request, name) for name in FILED},
    )
    entry.state = Inscription.State.STANDING if request.is_on_record else Inscription.State.UNVERIFIED
    entry.is_on_record, entry.filed_by_email = request.is_on_record, request.filed_by_email
    entry.take_group()
    return entry


def _same_request(first, digest):
    """The request filed before by the same form, or a refusal if its content differs.  R-09"""
    if first.content_digest == digest:
        return first
    raise RequestRefused(_("This form was already filed with different content. Nothing was changed."))


def _waiting(request, speakers_list):
    found = LateRequest.objects.select_related("delegation", "level").get(pk=request.pk)
    found.speakers_list = speakers_list
    if not found.is_waiting:
        raise RequestRefused(
            _("This request has already been decided: %(state)s.") % {"state": found.get_state_display()}
        )
    return found


def _decide(request, state, act, *, by, at, reason=""):
    request.state, request.decided_at = state, at
    request.save(update_fields=["state", "decided_at", "answer", "inscription"])
    return _record(act, request, by=by, at=at, after={"state": state}, reason=reason)


def _facts(request):
    """Everything filed, as plain values for the journal."""
    facts = {name: getattr(request, name) for name in FILED if name not in {"level", "contact_telephone"}}
    return facts | {
        "delegation": request.delegation.code,
        "level": request.level.code,
        "contact_telephone": str(request.contact_telephone or ""),
        "state": request.state,
        "is_on_record": request.is_on_record,
        "arrived_at": request.arrived_at,
    }


def _record(act, request, *, by, at, after, reason=""):
    subject = f"late-request/{request.public_id}"
    stream = request.speakers_list.journal_stream
    return recording.record(act, stream=stream, subject=subject, by=by, at=at, after=after, reason=reason)
