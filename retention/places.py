"""Places where personal data are kept: those of a meeting, and those of none.  R-57"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise


def with_the_meeting(meeting: Any) -> timedelta:
    """How long after the end of `meeting` its personal data are kept."""
    return timedelta(days=meeting.personal_data_days)


def with_the_declined(meeting: Any) -> timedelta:
    """How long after the end of `meeting` the personal data of those who were declined are kept."""
    return timedelta(days=meeting.declined_data_days)


@dataclass(frozen=True)
class Place:
    """One place of a meeting's personal data.

    `left(meeting)` counts the rows or files that still hold some, due or not; it names no person. `erase(meeting,
    at=…)` erases them at the meeting's moment `at`, in the transaction of the caller, and returns how many; a second
    call does nothing. `kept_for(meeting)` is how long after the meeting's end they are kept.
    """

    name: str | Promise
    left: Callable[..., int]
    erase: Callable[..., int]
    kept_for: Callable[..., timedelta] = with_the_meeting

    def due_at(self, meeting: Any) -> datetime:
        """The meeting's moment at which the data are due to be erased."""
        return meeting.ends_at + self.kept_for(meeting)


@dataclass(frozen=True)
class Standing:
    """A place of personal data that belong to no single meeting.

    `left()` counts them, `due(at)` counts those that are due at the real moment `at`, and `erase(at)` erases those and
    returns how many. `rule` says in words when they are due.
    """

    name: str | Promise
    rule: str | Promise
    left: Callable[[], int]
    due: Callable[..., int]
    erase: Callable[..., int]
