"""What staff do about the mail of a rehearsal: let it go to the addresses in it, or hold it at the mail desk.  R-10"""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

import clock
from dialogue.admin.acting import Act
from speakers.admin.deadlines import ReasonForm
from speakers.mail import rehearsal_mail
from speakers.models import FocalPoint


def _let_go(meeting, typed, by):
    rehearsal_mail.let_go(meeting, reason=typed["reason"], by=by, at=meeting.moment(clock.now()))
    return _("Mail of this rehearsal goes out from now on. What was held before is still at the mail desk.")


def _hold_back(meeting, typed, by):
    rehearsal_mail.hold_back(meeting, reason=typed["reason"], by=by, at=meeting.moment(clock.now()))
    return _("Mail of this rehearsal is held at the mail desk from now on.")


def _goes_out(meeting):
    return meeting.is_rehearsal and not meeting.holds_mail and settings.MAILBOX_DIR is None


def _who_would_be_mailed(meeting):
    """Beside the form: the officers whom the rehearsal names, and how many focal points are on record."""
    officers = [f"{contact.name}, {contact.email}" for contact in meeting.contacts.all()]
    number = FocalPoint.objects.to_remind().count()
    reminded = _("Focal points on record, who are reminded before its deadline: %(number)d") % {"number": number}
    return [{"heading": _("Whom it would mail"), "lines": [*officers, reminded]}]


REHEARSAL_MAIL_ACTS = (
    Act(
        "let-mail-go",
        _("Let the mail of this rehearsal go"),
        _(
            "The addresses are those of real people: the officers whom its file names, and every focal point that is "
            "on record. Tell them first. To send one mail only, release it at the mail desk instead."
        ),
        ReasonForm,
        _let_go,
        "dialogue.change_meeting",
        (rehearsal_mail.SwitchRefused,),
        lambda meeting: meeting.holds_mail,
        _who_would_be_mailed,
    ),
    Act(
        "hold-mail",
        _("Hold the mail of this rehearsal back"),
        _("What it writes from now on waits at the mail desk as drafts. What is on its way is not called back."),
        ReasonForm,
        _hold_back,
        "dialogue.change_meeting",
        (rehearsal_mail.SwitchRefused,),
        _goes_out,
    ),
)
