"""What staff can do about a rehearsal's mail: release it to its addressees, or hold it at the mail desk.  R-10"""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dialogue.admin.acting import Act
from speakers.admin.deadlines import ReasonForm
from speakers.mail import rehearsal_mail
from speakers.models import FocalPoint
from spelling.listing import in_a_row


def _let_go(meeting, typed, by, at):
    rehearsal_mail.let_go(meeting, reason=typed["reason"], by=by, at=at)
    return _("From now on, mail of this rehearsal goes out. Earlier mail is still held at the mail desk.")


def _hold_back(meeting, typed, by, at):
    rehearsal_mail.hold_back(meeting, reason=typed["reason"], by=by, at=at)
    return _("From now on, mail of this rehearsal is held at the mail desk.")


def _goes_out(meeting, _at):
    return meeting.is_rehearsal and not meeting.holds_mail and settings.MAILBOX_DIR is None


def _who_would_be_mailed(meeting, _at):
    """Beside the form: the officers the rehearsal names, and how many focal points are on record."""
    officers = [in_a_row([contact.name, contact.email]) for contact in meeting.contacts.all()]
    number = FocalPoint.objects.to_remind().count()
    reminded = _("Focal points on record, who get a reminder before its deadline: %(number)d") % {"number": number}
    return [{"heading": _("Who would get mail"), "lines": [*officers, reminded]}]


REHEARSAL_MAIL_ACTS = (
    Act(
        name="let-mail-go",
        label=_("Release the mail of this rehearsal"),
        guidance=_(
            "These are the addresses of real people: the officers named in its file, and every focal point on record. "
            "Inform them first. To send a single mail, release that one at the mail desk instead."
        ),
        form=ReasonForm,
        perform=_let_go,
        permission="dialogue.change_meeting",
        is_possible=lambda meeting, _at: meeting.holds_mail,
        beside=_who_would_be_mailed,
    ),
    Act(
        name="hold-mail",
        label=_("Hold the mail of this rehearsal"),
        guidance=_("From now on, its mail waits at the mail desk as drafts. Mail already on its way is not recalled."),
        form=ReasonForm,
        perform=_hold_back,
        permission="dialogue.change_meeting",
        is_possible=_goes_out,
    ),
)
