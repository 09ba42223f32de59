"""Celery, closing a list that it finds due without checking again under the lock.  R-06"""

from journal.actors import SYSTEM

from tests.faults.hurried import app, closing  # isort: skip

__all__ = ["app"]


def close_without_looking(speakers_list, *, at):
    closing.establish(speakers_list, closed_at=speakers_list.closes_at, at=at, by=SYSTEM)
    return True


closing.close_if_due = close_without_looking
