"""Inscribing on the list of speakers.  R-02 R-03 R-05 R-07 R-09 R-11 R-12 R-13 R-66"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext as _

import clock
from acts.locking import locked
from acts.questions import Question
from acts.refusals import Refusal
from dialogue import moments
from journal import recording
from journal.actors import Actor
from journal.models import Head
from speakers import numbering, records
from speakers.entries import counting, extensions, opening
from speakers.mail import acknowledging
from speakers.models import Group, Inscription, SpeakersList
from speakers.models.inscription import State


class InscriptionRefused(Refusal):
    """The list does not accept this entry; the message says why and what to do."""


@counting.counted()
def inscribe(
    inscription: Inscription, *, by: Actor, is_on_record: bool, arrived_at: datetime, key: str, digest: str
) -> Inscription:
    """Enter an unsaved `inscription` on its meeting's list, journal it, acknowledge it by mail.

    R-02 R-07 R-09 R-12 R-66. `by` is the `Actor` whose address the credential proved; `is_on_record` says whether that
    address is a focal point of the delegation. If it is not (R-11), or if the group is not on the register of the list,
    the entry waits, unverified, and takes no place. `arrived_at` is the meeting's moment, read before any waiting; it
    decides whether the entry is in time (R-03). `key` is the form's idempotency key and `digest` that of its content:
    the same form sent again returns the first receipt (R-09).

    Returns the stored inscription. Raises `InscriptionRefused`, storing and sending nothing.
    """
    inscription.is_on_record = is_on_record
    prepare(inscription, by=by, at=arrived_at, key=key, digest=digest)

    row = {"speakers_list": inscription.speakers_list_id, "delegation": inscription.delegation.code}
    with locked(partial(row_to_lock.ask, **row)) as speakers_list:
        speakers_list.meeting, inscription.speakers_list = inscription.meeting, speakers_list
        inscription.take_group()
        if not is_on_record or inscription.names_no_registered_group():
            inscription.state = State.UNVERIFIED
        met, head, now = _met_by(inscription)
        if again := next((entry for entry in met if entry.idempotency_key == key), None):
            return _same_receipt(again, digest)
        inscription.extension = _extension_for(inscription, at=arrived_at)
        if refusal := objection(inscription, met, at=arrived_at):
            raise refusal
        return enter(inscription, speakers_list, by=by, now=now, head=head)


@Question
def row_to_lock(speakers_list: Any, delegation: Any) -> QuerySet[Any]:
    """The row of a list, locked, with what it fixed for one delegation.

    Of its meeting, which this does not lock, no more is needed than was read before.
    """
    row = SpeakersList.objects.with_place_of(delegation).select_related(None).filter(pk=speakers_list)
    return row.select_for_update(of=("self",), no_key=True)


def _met_by(inscription):
    """The entries that are this same form (R-09) or rule it out (R-12), as a rule none.

    With them the head of the journal, which is locked, and the real moment (R-03): all in one statement. The entries
    take a second one if there are any.
    """
    is_same = Q(idempotency_key=inscription.idempotency_key)
    met = inscription.speakers_list.inscriptions.filter(is_same | _is_rival(inscription))
    stream = inscription.speakers_list.journal_stream
    head: Any = recording.locked_head(stream, is_met=Exists(met), read_at=clock.as_expression())
    return list(met) if head.is_met else [], head, head.read_at


def prepare(inscription: Inscription, *, by: Actor, at: datetime, key: str, digest: str) -> None:
    """Complete the unsaved `inscription`, which is to stand, with what no form contains: filer, arrival, key."""
    inscription.state, inscription.arrived_at, inscription.filed_by_email = State.STANDING, at, by.name
    inscription.idempotency_key, inscription.content_digest = key, digest


def enter(
    inscription: Inscription,
    speakers_list: SpeakersList,
    *,
    by: Actor,
    now: datetime | None = None,
    head: Head | None = None,
    act: str = "inscribed",
    reason: str = "",
    tell: Callable[..., None] = acknowledging.acknowledge,
) -> Inscription:
    """Number, save and journal `inscription` on the locked `speakers_list`, and post its mail with `tell`.

    `now` is the real moment, and `head` the head of the journal, both read under the lock: here, if they are not given.
    The caller has checked for objections. Before its first entry, the terms of the list are fixed (R-61).
    """
    if opening.fix_terms(speakers_list, at=inscription.arrived_at):
        head = None  # that is an entry of the journal, too
    inscription.take_level(inscription.level)
    inscription.take_place(inscription.delegation.place_on_list(speakers_list))
    inscription.take_name()
    now = now or clock.now()
    numbering.number(inscription, speakers_list, now=now)
    facts = records.facts(inscription)
    entry = recording.record(
        act,
        stream=speakers_list.journal_stream,
        subject=records.subject(inscription),
        by=by,
        at=inscription.recorded_at,
        after=facts,
        reason=reason,
        head=head,
    )
    inscription.witness = entry.hash
    inscription.save(force_insert=True)
    tell(inscription, facts, at=now)
    return inscription


def objection(inscription: Inscription, met: list[Inscription], *, at: datetime) -> InscriptionRefused | None:
    """Why the list does not accept this unsaved `inscription` at the meeting's moment `at`: a refusal, or None.

    `met` are the entries that rule it out. After closing, it needs an extension for its delegation (R-27).
    """
    if inscription.speakers_list.is_by_selection:
        return InscriptionRefused(why_by_selection(inscription.speakers_list), cause="by selection")
    if not inscription.speakers_list.accepts_inscriptions(at) and inscription.extension is None:
        return InscriptionRefused(why_closed(inscription.speakers_list, at), cause="closed")
    refusal = (
        objection_to_delegation(inscription) or objection_to_level(inscription) or objection_to_recording(inscription)
    )
    return refusal or (_objection_to_rival(inscription, met[0]) if met else None)


def _extension_for(inscription, *, at):
    """The extension under which this entry is inscribed after closing; None before that, or from a stranger."""
    if not inscription.is_on_record or inscription.speakers_list.accepts_inscriptions(at):
        return None
    return extensions.extension_for(inscription.speakers_list, inscription.delegation, at)


def why_by_selection(speakers_list: SpeakersList) -> str:
    """Why no delegation inscribes on `speakers_list`, whose seats are given by selection, and what it does.  R-62"""
    words = _(
        "Seats on “%(list)s” are given by selection, so no delegation inscribes there. Express the interest of your "
        "delegation on the page of this list, before its deadline."
    )
    return words % {"list": speakers_list.name}


def why_closed(speakers_list: SpeakersList, at: datetime) -> str:
    """Why inscription is not possible at the meeting's moment `at`, with the date and the contact.  R-05"""
    if at < speakers_list.opens_at:
        words = _("Inscription opens on %(moment)s.")
        return words % {"moment": moments.in_words(speakers_list.opens_at, speakers_list.meeting)}
    contact = speakers_list.meeting.contacts.filter(role="inscription").first()
    facts = {"moment": moments.in_words(speakers_list.inscription_ends_at, speakers_list.meeting)}
    if contact is None:
        return _("The list of speakers closed on %(moment)s. It accepts no new inscriptions.") % facts
    facts |= {"name": contact.name, "email": contact.email, "telephone": contact.telephone or "–"}
    if speakers_list.is_by_selection:
        words = _(
            "Seats on this list are given by selection, and its deadline was on %(moment)s. Please write to %(name)s, "
            "%(email)s, telephone %(telephone)s."
        )
    else:
        words = _(
            "The list of speakers closed on %(moment)s. It accepts no new inscriptions. "
            "For a late request write to %(name)s, %(email)s, telephone %(telephone)s."
        )
    return words % facts


def objection_to_delegation(inscription: Inscription) -> InscriptionRefused | None:
    """Does the place of its delegation on this list allow this? A refusal, or None.  R-13 R-15 R-18 R-62"""
    place = inscription.delegation.place_on_list(inscription.speakers_list)
    if place is None or not inscription.delegation.is_active:
        return InscriptionRefused(_("This delegation holds no place on the date of the meeting."), "delegation")
    if place.category == place.Category.CIVIL_SOCIETY:
        words = _(
            "Civil society organizations do not inscribe: they request tickets, and the office selects the speakers."
        )
        return InscriptionRefused(words, "delegation")
    if not inscription.speakers_list.admits(place.category):
        facts = {"list": inscription.speakers_list, "whom": inscription.speakers_list.get_open_to_display()}
        return InscriptionRefused(_("“%(list)s” is open to: %(whom)s.") % facts, "delegation")
    if inscription.capacity == Inscription.Capacity.GROUP and not (place.speaks_for_groups or _is_its_own(inscription)):
        words = _("%(delegation)s may not speak on behalf of a group. Please write to the secretariat.")
        return InscriptionRefused(words % {"delegation": inscription.delegation}, "capacity")
    return None


def objection_to_level(inscription: Inscription) -> InscriptionRefused | None:
    """Is its level, once they are fixed, one of those of its list? A refusal, or None.  R-61"""
    words = inscription.speakers_list.objection_to_level(inscription.level)
    return InscriptionRefused(words, "level") if words else None


def objection_to_recording(inscription: Inscription) -> InscriptionRefused | None:
    """Does its list take a recorded video from a delegation? A refusal, or None; staff may enter one on any list."""
    if not inscription.is_by_video or inscription.speakers_list.takes_videos:
        return None
    words = _("This list takes no recorded statements. Please write to the secretariat.")
    return InscriptionRefused(words, "is_by_video")


def _is_its_own(inscription):
    """Does the register say that the delegation speaks for this group by default?  R-13 R-66"""
    group = Group.named(inscription.group_name, inscription.speakers_list)
    return group is not None and inscription.delegation.code in group.spoken_for_by


def objection_to_group(inscription: Inscription) -> InscriptionRefused | None:
    """Why staff cannot let the entry stand for its group: a refusal if that is not on the register, or None.  R-66"""
    if not inscription.names_no_registered_group():
        return None
    words = _("“%(group)s” is not on the register of groups. Match it to a group that is, or put it on the register.")
    return InscriptionRefused(words % {"group": inscription.group_name}, "group_name")


def objection_to_second_entry(inscription: Inscription) -> InscriptionRefused | None:
    """Does another entry rule this one out? A refusal, or None.  R-12"""
    others = inscription.speakers_list.inscriptions.exclude(pk=inscription.pk)
    rival = others.filter(_is_rival(inscription)).select_related("delegation").first()
    return _objection_to_rival(inscription, rival) if rival else None


def _objection_to_rival(inscription, rival):
    facts = {"group": rival.group_name, "delegation": rival.delegation, "number": rival.receipt_no}
    if inscription.capacity == Inscription.Capacity.GROUP:
        words = _("%(group)s is already on the list, inscribed by %(delegation)s (receipt %(number)d).")
        return InscriptionRefused(words % facts, "group_name")
    words = _("%(delegation)s is already inscribed in its national capacity (receipt %(number)d).")
    return InscriptionRefused(words % facts)


def _is_rival(inscription):
    """The condition of an entry that rules this one out.  R-12

    For an entry that is to stand, a standing one; for one that waits, only the same request from the same address or,
    filed by a focal point, of the same delegation: so a stranger's entry can keep no other off the list.
    """
    if inscription.capacity == Inscription.Capacity.GROUP:
        same = Q(capacity=inscription.capacity, group_key=inscription.group_key)
    else:
        same = Q(capacity=inscription.capacity, delegation=inscription.delegation)
    if inscription.state == Inscription.State.STANDING:
        return same & Q(state=State.STANDING)
    filer = Q(filed_by_email=inscription.filed_by_email)
    if inscription.is_on_record:
        filer |= Q(delegation=inscription.delegation, is_on_record=True)
    return same & Q(state__in=[State.STANDING, State.UNVERIFIED]) & filer


def _same_receipt(first, digest):
    """The receipt given before for the same form, or a refusal if its content differs.  R-09"""
    if first.content_digest == digest:
        return first
    words = _(
        "This form was already recorded with different content, under receipt number %(number)d. Nothing was changed."
    )
    raise InscriptionRefused(words % {"number": first.receipt_no})
