"""The personal data in mail: who gets it, what it says, and what mail servers answered.  R-57"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from outbox import erasing
from outbox.models import Message
from retention import Place, Standing, erased, kept

# How long mail about no meeting, such as one-time codes, keeps its addresses.
OF_NO_MEETING = timedelta(days=30)
MACHINERY = "machinery: nothing personal may be in it"

FIELDS = {
    "outbox.Message": {
        **erased("to", "cc", "subject", "body", "facts", "delivered_to", "last_error"),
        **kept(MACHINERY, "key", "message_id", "kind", "about", "language", "request_number"),
    },
    "outbox.Attempt": erased("detail"),
    "outbox.Heartbeat": {},
    "outbox.MailServer": {},
}


def _about(meeting):
    return erasing.telling(Message.objects.filter(about=meeting.slug))


def _of_no_meeting():
    return erasing.telling(Message.objects.filter(about=""))


def _old(at):
    return _of_no_meeting().filter(created_at__lte=at - OF_NO_MEETING)


@transaction.atomic
def _erase_old(at):
    return erasing.erase(_old(at), at=at)


PLACES = [
    Place(
        _("mail about the meeting"),
        left=lambda meeting: _about(meeting).count(),
        erase=lambda meeting, at: erasing.erase(
            Message.objects.filter(about=meeting.slug), at=at - meeting.clock_shift
        ),
    )
]
STANDING = [
    Standing(
        _("mail about no meeting"),
        _("30 days after it was written"),
        left=lambda: _of_no_meeting().count(),
        due=lambda at: _old(at).count(),
        erase=_erase_old,
    )
]
