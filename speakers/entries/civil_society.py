"""A speaker of civil society, selected by the office that issues the tickets, in a separate band.  R-15 R-56

Civil society never inscribes itself: its entries are made here, for one representative each, and only staff change
who speaks.
"""

import hashlib
from datetime import datetime

from django.utils.translation import gettext as _

import spelling
from acts.locking import locked
from acts.refusals import Refusal
from journal.actors import STAFF, Actor
from speakers.entries import inscribing
from speakers.mail import acknowledging
from speakers.models import Band, Delegation, DelegationPlace, Inscription, Level

LEVEL = "OTH"


class SelectionRefused(Refusal):
    """The speaker cannot be entered on the list; the message says why."""


def select(
    inscription: Inscription, *, organization: str, organization_key: str, by: Actor, at: datetime
) -> Inscription:
    """Enter the unsaved `inscription` of a selected speaker of `organization` on its meeting's list.  R-15 R-56

    `organization_key` tells two organizations apart; each holds one entry (R-12). The entry has a receipt, stands in
    the band of civil society in the order of selection, before or after the deadline, and belongs to the contact's
    address. `at` is the meeting's moment. Journals and notifies the officer of the list; the caller notifies the
    speaker. Returns the inscription. Raises `SelectionRefused`.
    """
    with locked(inscription.speakers_list) as speakers_list:
        inscription.speakers_list = speakers_list
        if at >= speakers_list.meeting.ends_at:
            raise SelectionRefused(_("The meeting is over."))
        inscription.delegation = _delegation(organization, organization_key)
        inscription.level = Level.objects.get(code=LEVEL)
        key = hashlib.sha256(str(inscription.public_id).encode()).hexdigest()
        inscribing.prepare(inscription, state=Inscription.State.STANDING, by=by, at=at, key=key, digest=key)
        inscription.filed_by_email = inscription.contact_email
        if rival := speakers_list.inscriptions.standing().filter(delegation=inscription.delegation).first():
            words = _("%(organization)s already has a speaker on the list (receipt %(number)d).")
            raise SelectionRefused(words % {"organization": organization, "number": rival.receipt_no})
        return inscribing.enter(inscription, speakers_list, by=by, act="selected", tell=acknowledging.tell_officer)


def is_selected(inscription: Inscription) -> bool:
    """Was this entry made by the selection of a civil society speaker? (1 statement)"""
    return inscription.delegation.places.filter(category=DelegationPlace.Category.CIVIL_SOCIETY).exists()


def objection_to_change(inscription: Inscription, by: Actor) -> str:
    """Why `by` may not change who speaks in this entry, as a sentence; empty if they may.  R-56"""
    if by.role == STAFF or not is_selected(inscription):
        return ""
    return _("The speaker was selected personally. To change anything, write to the office that selected the speakers.")


def _delegation(organization, key):
    """The organization as a delegation with a place in the band of civil society, created if it is new."""
    code = "CS" + hashlib.sha256(key.encode()).hexdigest()[:8].upper()
    name = {"en": organization}
    facts = {"short_name": name, "formal_name": name, "sort_name": spelling.search_key(organization)[:200]}
    delegation, is_new = Delegation.objects.get_or_create(code=code, defaults=facts)
    if is_new:
        category, band = DelegationPlace.Category.CIVIL_SOCIETY, Band.CIVIL_SOCIETY
        DelegationPlace.objects.create(delegation=delegation, category=category, band=band, ground=_("selection"))
        delegation.refresh_from_db()
    return delegation
