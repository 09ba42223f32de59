"""Scenes that all tests of a module share."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone():
    """Undo what the block does to the database; a test within it has a transaction inside this one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
