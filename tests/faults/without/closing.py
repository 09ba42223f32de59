"""Celery, closing a list that it finds due without checking again under the lock.  R-06"""

from journal.actors import SYSTEM

from tests.faults.hurried import app, closing  # isort: skip

__all__ = ["app"]


def close_without_looking(meeting, *, at):
    closing.establish(meeting, closed_at=meeting.speakers_list.closes_at, at=at, by=SYSTEM)
    return True


closing.close_if_due = close_without_looking
