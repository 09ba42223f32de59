"""Whether the mail of a rehearsal goes out: a switch of staff, with a reason.  R-10"""

from datetime import datetime

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from journal import recording
from journal.actors import Actor
from speakers import locking
from speakers.refusals import Refusal


class SwitchRefused(Refusal):
    """The mail of this meeting is not switched; the words say why."""


def let_go(meeting: Meeting, *, reason: str, by: Actor, at: datetime) -> Meeting:
    """Let what `meeting`, a rehearsal, writes from now on go to the addresses in it; earlier drafts stay drafts.  R-10

    `at` is its moment. Journals. Raises `SwitchRefused` for a meeting that is no rehearsal, or without a reason.
    """
    return _switch(meeting, True, "mail let go", reason, by=by, at=at)


def hold_back(meeting: Meeting, *, reason: str, by: Actor, at: datetime) -> Meeting:
    """Hold what `meeting`, a rehearsal, writes from now on at the mail desk. Otherwise as `let_go`."""
    return _switch(meeting, False, "mail held back", reason, by=by, at=at)


def _switch(meeting, goes_out, verb, reason, *, by, at):
    if not reason.strip():
        raise SwitchRefused(_("Give the reason: it is kept in the journal."), "reason")

    def act(locked):
        if not locked.is_rehearsal:
            raise SwitchRefused(_("Only the mail of a rehearsal is held back; that of a meeting goes out."))
        before, locked.rehearsal_mail_goes_out = locked.rehearsal_mail_goes_out, goes_out
        locked.save(update_fields=["rehearsal_mail_goes_out"])
        recording.record(
            verb,
            stream=locked.journal_stream,
            subject="mail",
            by=by,
            at=at,
            before={"rehearsal_mail_goes_out": before},
            after={"rehearsal_mail_goes_out": goes_out},
            reason=reason,
        )
        return locked

    return locking.under_lock(meeting.pk, act)
