"""A speaker of civil society, selected by the office that issues the tickets, in a separate band.  R-15 R-56

Civil society never inscribes itself: its entries are made here, for one representative each, and only staff change
who speaks.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

import spelling
from acts.locking import locked
from acts.refusals import Refusal
from journal.actors import STAFF, Actor
from speakers.entries import inscribing
from speakers.mail import acknowledging
from speakers.models import Band, Delegation, DelegationPlace, Inscription, Level, SpeakersList

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
        taken = receipts(speakers_list)
        if why := why_not(speakers_list, taken, organization=organization, organization_key=organization_key, at=at):
            raise SelectionRefused(why)
        inscription.delegation = _delegation(organization, organization_key)
        inscription.level = Level.objects.get(code=LEVEL)
        key = hashlib.sha256(str(inscription.public_id).encode()).hexdigest()
        inscribing.prepare(inscription, by=by, at=at, key=key, digest=key)
        inscription.filed_by_email = inscription.contact_email
        return inscribing.enter(inscription, speakers_list, by=by, act="selected", tell=acknowledging.tell_officer)


def receipts(speakers_list: SpeakersList) -> dict[str, int]:
    """The receipt number of each standing entry of `speakers_list`, by the code of its delegation (one statement)."""
    return dict(speakers_list.inscriptions.standing().values_list("delegation__code", "receipt_no"))


def why_not(
    speakers_list: SpeakersList, taken: Mapping[str, int], *, organization: str, organization_key: str, at: datetime
) -> str:
    """Why a speaker of `organization` cannot be entered at the meeting's moment `at`, as a sentence; empty if one can.

    `taken` are the `receipts` of the list.  R-12
    """
    if at >= speakers_list.meeting.ends_at:
        return _("The meeting is over.")
    if number := taken.get(code_of(organization_key)):
        words = _("%(organization)s already has a speaker on the list (receipt %(number)d).")
        return words % {"organization": organization, "number": number}
    return ""


def code_of(organization_key: str) -> str:
    """The code of an organization as a delegation."""
    return "CS" + hashlib.sha256(organization_key.encode()).hexdigest()[:8].upper()


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
    code = code_of(key)
    name = {"en": organization}
    facts = {"short_name": name, "formal_name": name, "sort_name": spelling.search_key(organization)[:200]}
    delegation, is_new = Delegation.objects.get_or_create(code=code, defaults=facts)
    if is_new:
        category, band = DelegationPlace.Category.CIVIL_SOCIETY, Band.CIVIL_SOCIETY
        DelegationPlace.objects.create(
            delegation=delegation, category=category, band=band, ground=gettext_noop("selection")
        )
        delegation.refresh_from_db()
    return delegation
