"""The site without the lock on the meeting's row: an act is a plain transaction.  R-03 R-07"""

from contextlib import contextmanager

from django.db import transaction

from acts import locking
from config.wsgi import application

__all__ = ["application"]


@contextmanager
def in_a_plain_transaction(rows):
    with transaction.atomic():
        yield rows.get()


locking.locked = in_a_plain_transaction
