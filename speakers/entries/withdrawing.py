"""Withdrawing an entry: the row stays, and records who withdrew it and when.  R-25"""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from acts.foreseeing import require_seen
from acts.locking import locked
from acts.refusals import Refusal
from journal.actors import Actor
from speakers import records
from speakers.entries import calling, joining
from speakers.mail import notices
from speakers.models import Band, Inscription
from speakers.moves import pinning, previewing, swapping
from speakers.order import policies


class WithdrawalRefused(Refusal):
    """The entry cannot be withdrawn; the message says why."""


def preview(inscription: Inscription, *, at: datetime) -> previewing.Preview:
    """What withdrawing `inscription` at the meeting's moment `at` would do; no more than one statement.  R-68"""
    return previewing.Preview([move_of(inscription)], [_why_for_good(inscription, at)])


def move_of(inscription: Inscription) -> previewing.Move:
    """The place that `inscription` gives up by a withdrawal (one statement at most)."""
    return previewing.Move(inscription, previewing.number_of(inscription), None)


def _why_for_good(entry, at):
    """Why a withdrawal cannot be taken back, and what inscribing again would be, as far as it is possible."""
    speakers_list = entry.speakers_list
    if entry.place_band == Band.CIVIL_SOCIETY:
        return _("This cannot be taken back: only the office that selected the speakers can enter one again.")
    if speakers_list.is_by_selection:
        return _(
            "This cannot be taken back: the seat becomes free for other delegations, and only the secretariat can give "
            "one again."
        )
    if not speakers_list.accepts_inscriptions(at):
        return _(
            "This cannot be taken back: the list is closed, and a late request would stand at the end of its band."
        )
    if policies.policy_named(speakers_list.policy).has_classes:
        return _("This cannot be taken back: inscribing again gives a new receipt, at the end of its class.")
    return _("This cannot be taken back: inscribing again gives a new receipt, with the place that follows from it.")


def withdraw(
    inscription: Inscription, *, seen: str | None = None, by: Actor, at: datetime, reason: str = ""
) -> Inscription:
    """Withdraw `inscription` at the meeting's moment `at`; inscribing again gives a new receipt.  R-25

    Possible until it is called, even after closing (R-05). Entries pinned before it stay where they are. A page says
    what it has `seen` of the `preview`; see `require_seen` (R-68). Journals and acknowledges. Raises
    `WithdrawalRefused` if it has already ended, or asks for the confirmation.
    """
    with locked(inscription.speakers_list) as speakers_list:
        entry = Inscription.objects.select_related("delegation", "level", "pinned_before").get(pk=inscription.pk)
        entry.speakers_list = speakers_list
        if not entry.is_active:
            words = _("This entry is already %(state)s.")
            raise WithdrawalRefused(words % {"state": entry.get_state_display()})
        if entry.is_called:
            raise WithdrawalRefused(calling.why_not_any_more())
        if seen is not None:
            require_seen(preview(entry, at=at), seen, WithdrawalRefused)
        before = records.facts(entry)
        pinning.let_go(entry, speakers_list, by=by, at=at)
        joining.end_all(entry, by=by, at=at)
        entry.state, entry.ended_at, entry.ended_by = Inscription.State.WITHDRAWN, at, by.name
        entry.save(update_fields=["state", "ended_at", "ended_by", "joined"])
        witness = records.record_change("withdrawn", entry, before=before, by=by, at=at, reason=reason)
        swapping.end_open(
            speakers_list, of=entry, why=gettext_noop("One of the two delegations has withdrawn."), by=by, at=at
        )
        notices.confirm_withdrawal(entry, witness=witness)
        return entry
