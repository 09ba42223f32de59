"""The site without the lock on the meeting's row: an act is a plain transaction.  R-03 R-07"""

from django.db import transaction

from config.wsgi import application
from dialogue.models import Meeting
from speakers import locking

__all__ = ["application"]


def in_a_plain_transaction(meeting_pk, act):
    with transaction.atomic():
        return act(Meeting.objects.get(pk=meeting_pk))


locking.under_lock = in_a_plain_transaction
