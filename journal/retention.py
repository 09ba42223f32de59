"""The personal data of the journal: payloads only, apart from the chains.  R-57 R-58"""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from journal import erasing
from journal.models import Payload
from retention import Place, Standing, erased, kept

A_YEAR = timedelta(days=365)
NOT_PERSONAL = "hashed for ever, and nothing personal may be in it"

FIELDS = {
    "journal.Entry": kept(
        NOT_PERSONAL, "stream", "act", "subject", "actor_role", "payload_digest", "previous_hash", "hash"
    ),
    "journal.Head": kept(NOT_PERSONAL, "stream", "hash"),
    "journal.Payload": erased("salt", "actor_name", "before", "after", "reason"),
}


def _of(meeting):
    return erasing.payloads_of_stream(meeting.journal_stream)


def _of_no_meeting():
    return Payload.objects.exclude(entry__stream__startswith="meeting/")


PLACES = [
    Place(
        _("personal data in the journal"),
        left=lambda meeting: _of(meeting).count(),
        erase=lambda meeting, _at: erasing.erase(_of(meeting)),
    )
]
STANDING = [
    Standing(
        _("personal data in the journal, of no single meeting"),
        _("a year after it was recorded"),
        left=lambda: _of_no_meeting().count(),
        due=lambda at: _of_no_meeting().filter(entry__at__lte=at - A_YEAR).count(),
        erase=lambda at: erasing.erase(_of_no_meeting().filter(entry__at__lte=at - A_YEAR)),
    )
]
