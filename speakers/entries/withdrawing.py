"""Withdrawing an entry: the row stays, and records who withdrew it and when.  R-25"""

from datetime import datetime

from django.utils.translation import gettext as _

from acts.locking import locked
from acts.refusals import Refusal
from journal.actors import Actor
from speakers import records
from speakers.entries import calling
from speakers.mail import notices
from speakers.models import Inscription
from speakers.moves import pinning, swapping


class WithdrawalRefused(Refusal):
    """The entry cannot be withdrawn; the message says why."""


def withdraw(inscription: Inscription, *, by: Actor, at: datetime, reason: str = "") -> Inscription:
    """Withdraw `inscription` at the meeting's moment `at`; inscribing again gives a new receipt.  R-25

    Possible until it is called, even after closing (R-05). Entries pinned before it stay where they are.
    Journals and acknowledges. Raises `WithdrawalRefused` if it has already ended.
    """
    with locked(inscription.speakers_list) as speakers_list:
        entry = Inscription.objects.select_related("delegation", "level", "pinned_before").get(pk=inscription.pk)
        entry.speakers_list = speakers_list
        if not entry.is_active:
            words = _("This entry is already %(state)s.")
            raise WithdrawalRefused(words % {"state": entry.get_state_display()})
        if entry.is_called:
            raise WithdrawalRefused(calling.why_not_any_more())
        before = records.facts(entry)
        pinning.let_go(entry, speakers_list, by=by, at=at)
        entry.state, entry.ended_at, entry.ended_by = Inscription.State.WITHDRAWN, at, by.name
        entry.save(update_fields=["state", "ended_at", "ended_by"])
        witness = records.record_change("withdrawn", entry, before=before, by=by, at=at, reason=reason)
        swapping.end_open(speakers_list, of=entry, why=_("One of the two delegations has withdrawn."), by=by, at=at)
        notices.confirm_withdrawal(entry, witness=witness)
        return entry
