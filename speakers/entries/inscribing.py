"""Inscribing on the list of speakers.  R-02 R-03 R-05 R-07 R-09 R-11 R-12 R-13"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Subquery
from django.utils.translation import gettext as _

import clock
from acts.locking import locked
from acts.refusals import Refusal
from dialogue import moments, reading_ahead
from journal import recording
from journal.actors import Actor
from speakers import numbering, records
from speakers.entries import extensions, opening
from speakers.mail import notices
from speakers.models import DelegationPlace, Inscription, SpeakersList
from speakers.models.inscription import State

# What is asked of the place of a delegation.
PLACE = ("category", "band", "ground", "speaks_for_groups")


class InscriptionRefused(Refusal):
    """The list does not accept this entry; the message says why and what to do."""


def inscribe(
    inscription: Inscription, *, by: Actor, is_verified: bool, arrived_at: datetime, key: str, digest: str
) -> Inscription:
    """Enter an unsaved `inscription` on its meeting's list, journal it, acknowledge it by mail.  R-02 R-07 R-09 R-12

    `by` is the `Actor` whose address the credential proved; `is_verified` says whether that address is a focal point
    of the delegation (R-11). `arrived_at` is the meeting's moment, read before any waiting; it decides
    whether the entry is in time (R-03). `key` is the form's idempotency key and `digest` that of its content: the
    same form sent again returns the first receipt (R-09).

    Returns the stored inscription. Raises `InscriptionRefused`, storing and sending nothing.
    """
    state = Inscription.State.STANDING if is_verified else Inscription.State.UNVERIFIED
    prepare(inscription, state=state, by=by, at=arrived_at, key=key, digest=digest)
    ahead, hours = reading_ahead.ahead_of(inscription.meeting), inscription.meeting.hours
    question = _question(inscription)

    with locked(inscription.speakers_list) as speakers_list:
        reading_ahead.take_over(speakers_list.meeting, ahead)
        inscription.speakers_list, speakers_list.meeting.hours = speakers_list, hours
        found, now = _look(question)
        if found.was_sent:
            return _same_receipt(_sent_before(inscription).get(), digest)
        inscription.extension = _extension_for(inscription, at=arrived_at)
        if reason := objection(inscription, found, at=arrived_at):
            raise reason
        return enter(inscription, speakers_list, by=by, place=found.place, now=now)


@dataclass(frozen=True)
class Found:
    """What was found under the lock: an earlier copy of this form, the delegation's place, any rival entry."""

    was_sent: bool
    place: DelegationPlace | None
    has_rival: bool


def _question(inscription):
    """What is to be `Found` for `inscription`, as a QuerySet of one row; built before the lock, run under it."""
    places = DelegationPlace.objects.in_force(inscription.meeting.starts_on).filter(delegation=inscription.delegation)
    asked = {name: Subquery(places.earliest_first().values(name)[:1]) for name in PLACE}
    asked |= {"was_sent": Exists(_sent_before(inscription)), "has_rival": Exists(_rivals(inscription))}
    return (
        SpeakersList.objects.select_related(None).filter(pk=inscription.speakers_list_id).only("pk").annotate(**asked)
    )


def _look(question):
    """Run the `question`. Returns what is `Found` and the real moment, in one statement."""
    (row,), now = clock.read_with(question)
    place = DelegationPlace(**{name: getattr(row, name) for name in PLACE}) if row.category else None
    return Found(row.was_sent, place, row.has_rival), now


def _sent_before(inscription):
    """The entry made by this same form, as a QuerySet.  R-09"""
    sent = {"idempotency_key": inscription.idempotency_key, "filed_by_email": inscription.filed_by_email}
    return inscription.speakers_list.inscriptions.filter(**sent)


def prepare(inscription: Inscription, *, state: State, by: Actor, at: datetime, key: str, digest: str) -> None:
    """Complete the unsaved `inscription` with what no form contains: state, filer, arrival, key."""
    inscription.state, inscription.arrived_at, inscription.filed_by_email = state, at, by.name
    inscription.idempotency_key, inscription.content_digest = key, digest
    inscription.group_key = group_key(inscription.group_name)


def group_key(name: str) -> str:
    """The form under which names of groups are compared: case and spaces make no difference.  R-12"""
    return " ".join(name.split()).casefold()


def enter(
    inscription: Inscription,
    speakers_list: SpeakersList,
    *,
    by: Actor,
    act: str = "inscribed",
    reason: str = "",
    tell: Callable[..., Any] = notices.acknowledge,
    place: DelegationPlace | None = None,
    now: datetime | None = None,
) -> Inscription:
    """Number, save and journal `inscription` on the locked `speakers_list`, and mail with `tell`.

    The caller has checked for objections. `place` is that of its delegation and `now` the real moment, if they were
    read under the lock. With its first entry the list takes the classes of the levels as they are (R-61).
    """
    opening.fix_terms(speakers_list)
    inscription.take_level(inscription.level)
    inscription.take_place(place or inscription.delegation.place_on(speakers_list.meeting.starts_on))
    now = numbering.number(inscription, speakers_list, now=now)
    entry = recording.record(
        act,
        stream=speakers_list.journal_stream,
        subject=records.subject(inscription),
        by=by,
        at=inscription.recorded_at,
        after=records.facts(inscription),
        reason=reason,
    )
    inscription.witness = entry.hash
    inscription.save(force_insert=True)
    tell(inscription, at=now)
    return inscription


def objection(inscription: Inscription, found: Found, *, at: datetime) -> InscriptionRefused | None:
    """Why the list does not accept this unsaved `inscription` at the meeting's moment `at`: a refusal, or None.

    `found` is what was `Found` for it. After closing, it needs an extension for its delegation (R-27).
    """
    if not inscription.speakers_list.accepts_inscriptions(at) and inscription.extension is None:
        return InscriptionRefused(why_closed(inscription.speakers_list, at))
    refusal = objection_to_place(inscription, found.place)
    return refusal or (objection_to_second_entry(inscription) if found.has_rival else None)


def _extension_for(inscription, *, at):
    """The extension under which this entry is inscribed after closing; None before that, or if it is not verified."""
    if inscription.state != Inscription.State.STANDING or inscription.speakers_list.accepts_inscriptions(at):
        return None
    return extensions.extension_for(inscription.speakers_list, inscription.delegation, at)


def why_closed(speakers_list: SpeakersList, at: datetime) -> str:
    """Why inscription is not possible at the meeting's moment `at`, with the date and the contact.  R-05"""
    if at < speakers_list.opens_at:
        words = _("Inscription opens on %(moment)s.")
        return words % {"moment": moments.in_words(speakers_list.opens_at, speakers_list.meeting)}
    contact = speakers_list.meeting.contacts.filter(role="inscription").first()
    closed_at = min(speakers_list.closed_at or speakers_list.closes_at, speakers_list.closes_at)
    facts = {"moment": moments.in_words(closed_at, speakers_list.meeting)}
    if contact is None:
        return _("The list of speakers closed on %(moment)s. It accepts no new inscriptions.") % facts
    facts |= {"name": contact.name, "email": contact.email, "telephone": contact.telephone or "–"}
    return (
        _(
            "The list of speakers closed on %(moment)s. It accepts no new inscriptions. "
            "For a late request write to %(name)s, %(email)s, telephone %(telephone)s."
        )
        % facts
    )


def objection_to_delegation(inscription: Inscription) -> InscriptionRefused | None:
    """May this delegation, at the meeting's date, take the floor in this capacity? A refusal, or None.  R-13 R-15"""
    return objection_to_place(inscription, inscription.delegation.place_on(inscription.meeting.starts_on))


def objection_to_place(inscription: Inscription, place: DelegationPlace | None) -> InscriptionRefused | None:
    """Does the `place` of its delegation at the meeting's date allow this? A refusal, or None.  R-13 R-15 R-18"""
    if place is None or not inscription.delegation.is_active:
        return InscriptionRefused(_("This delegation holds no place on the date of the meeting."), "delegation")
    if place.category == place.Category.CIVIL_SOCIETY:
        words = _(
            "Civil society organizations do not inscribe: they request tickets, and the office selects the speakers."
        )
        return InscriptionRefused(words, "delegation")
    if inscription.capacity == Inscription.Capacity.GROUP and not place.speaks_for_groups:
        words = _("%(delegation)s may not speak on behalf of a group. Please write to the secretariat.")
        return InscriptionRefused(words % {"delegation": inscription.delegation}, "capacity")
    return None


def objection_to_second_entry(inscription: Inscription) -> InscriptionRefused | None:
    """Does another entry rule this one out? A refusal, or None.  R-12"""
    rival = _rivals(inscription).select_related("delegation").first()
    if rival is None:
        return None
    facts = {"group": rival.group_name, "delegation": rival.delegation, "number": rival.receipt_no}
    if inscription.capacity == Inscription.Capacity.GROUP:
        words = _("%(group)s is already on the list, inscribed by %(delegation)s (receipt %(number)d).")
        return InscriptionRefused(words % facts, "group_name")
    words = _("%(delegation)s is already inscribed in its national capacity (receipt %(number)d).")
    return InscriptionRefused(words % facts)


def _rivals(inscription):
    """The entries that rule this one out, as a QuerySet.  R-12

    For a verified entry, a standing one; for an unverified one, only the same request from the same address, so that
    a stranger's entry can keep no other off the list.
    """
    rivals = inscription.speakers_list.inscriptions.filter(capacity=inscription.capacity).exclude(pk=inscription.pk)
    if inscription.capacity == Inscription.Capacity.GROUP:
        rivals = rivals.filter(group_key=inscription.group_key)
    else:
        rivals = rivals.filter(delegation=inscription.delegation)
    if inscription.state == Inscription.State.STANDING:
        return rivals.standing()
    return rivals.active().filter(filed_by_email=inscription.filed_by_email)


def _same_receipt(first, digest):
    """The receipt given before for the same form, or a refusal if its content differs.  R-09"""
    if first.content_digest == digest:
        return first
    words = _(
        "This form was already recorded with different content, under receipt number %(number)d. Nothing was changed."
    )
    raise InscriptionRefused(words % {"number": first.receipt_no})
