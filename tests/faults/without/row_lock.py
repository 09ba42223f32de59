"""The site without the lock on the list's row: an act is a plain transaction.  R-03 R-07"""

from contextlib import contextmanager

from django.db import transaction
from django.db.models import Model

from acts import locking

__all__ = ["application"]


@contextmanager
def in_a_plain_transaction(of):
    with transaction.atomic():
        yield (type(of)._default_manager.filter(pk=of.pk) if isinstance(of, Model) else of).get()


locking.locked = in_a_plain_transaction

# After that, since acts take the name when they are loaded.
from config.wsgi import application  # noqa: E402
