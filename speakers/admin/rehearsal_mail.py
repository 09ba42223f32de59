"""What staff can do about a rehearsal's mail: release it to its addressees, or hold it at the mail desk.  R-10"""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

import clock
from dialogue.admin.acting import Act
from speakers.admin.deadlines import ReasonForm
from speakers.mail import rehearsal_mail
from speakers.models import FocalPoint


def _let_go(meeting, typed, by):
    rehearsal_mail.let_go(meeting, reason=typed["reason"], by=by, at=meeting.moment(clock.now()))
    return _("From now on, mail of this rehearsal goes out. Earlier mail is still held at the mail desk.")


def _hold_back(meeting, typed, by):
    rehearsal_mail.hold_back(meeting, reason=typed["reason"], by=by, at=meeting.moment(clock.now()))
    return _("From now on, mail of this rehearsal is held at the mail desk.")


def _goes_out(meeting):
    return meeting.is_rehearsal and not meeting.holds_mail and settings.MAILBOX_DIR is None


def _who_would_be_mailed(meeting):
    """Beside the form: the officers the rehearsal names, and how many focal points are on record."""
    officers = [f"{contact.name}, {contact.email}" for contact in meeting.contacts.all()]
    number = FocalPoint.objects.to_remind().count()
    reminded = _("Focal points on record, who get a reminder before its deadline: %(number)d") % {"number": number}
    return [{"heading": _("Who would get mail"), "lines": [*officers, reminded]}]


REHEARSAL_MAIL_ACTS = (
    Act(
        "let-mail-go",
        _("Release the mail of this rehearsal"),
        _(
            "These are the addresses of real people: the officers named in its file, and every focal point on record. "
            "Inform them first. To send a single mail, release that one at the mail desk instead."
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
        _("Hold the mail of this rehearsal"),
        _("From now on, its mail waits at the mail desk as drafts. Mail already on its way is not recalled."),
        ReasonForm,
        _hold_back,
        "dialogue.change_meeting",
        (rehearsal_mail.SwitchRefused,),
        _goes_out,
    ),
)
