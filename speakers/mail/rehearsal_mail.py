"""Whether the mail of a rehearsal goes out: staff switch it, with a reason.  R-10"""

from datetime import datetime

from django.utils.translation import gettext as _

from acts.locking import locked
from acts.refusals import Refusal
from dialogue.models import Meeting
from journal import recording
from journal.actors import Actor


class SwitchRefused(Refusal):
    """The mail of this meeting cannot be switched; the message says why."""


def let_go(meeting: Meeting, *, reason: str, by: Actor, at: datetime) -> Meeting:
    """Send mail of the rehearsal `meeting` to its addressees from now on; earlier drafts stay drafts.  R-10

    `at` is its moment. Journals. Raises `SwitchRefused` if it is not a rehearsal, or without a reason.
    """
    return _switch(meeting, True, "mail let go", reason, by=by, at=at)


def hold_back(meeting: Meeting, *, reason: str, by: Actor, at: datetime) -> Meeting:
    """Hold mail of the rehearsal `meeting` at the mail desk from now on. Otherwise as `let_go`."""
    return _switch(meeting, False, "mail held back", reason, by=by, at=at)


def _switch(meeting, goes_out, verb, reason, *, by, at):
    if not reason.strip():
        raise SwitchRefused(_("Give the reason: it is kept in the journal."), "reason")

    with locked(meeting) as meeting:
        if not meeting.is_rehearsal:
            raise SwitchRefused(_("Only the mail of a rehearsal can be held; the mail of a real meeting goes out."))
        before, meeting.rehearsal_mail_goes_out = meeting.rehearsal_mail_goes_out, goes_out
        meeting.save(update_fields=["rehearsal_mail_goes_out"])
        recording.record(
            verb,
            stream=meeting.journal_stream,
            subject="mail",
            by=by,
            at=at,
            before={"rehearsal_mail_goes_out": before},
            after={"rehearsal_mail_goes_out": goes_out},
            reason=reason,
        )
        return meeting
