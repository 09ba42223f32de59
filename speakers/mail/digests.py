"""Which notices to an officer may wait for a digest, and when one is due.

An officer chooses to be told one by one, every hour or every day (`Contact.notices`). What waits for a decision, and
what is said to all delegations, is told at once in any case, and so is everything from a day before the meeting on.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

import clock
from dialogue.models import Contact, Meeting

# The notices that may wait, and the acts of the journal that they tell of.
WAITING = {
    "notice_inscribed": {"inscribed", "inscribed on behalf", "admitted late", "selected", "selected for a seat"},
    "notice_changed": {"speaker changed", "level changed", "corrected", "group corrected"},
    "notice_sitting": {"fixed to a sitting", "released from its sitting", "fixing undone"},
    "notice_withdrawn": {"withdrawn"},
    "notice_joint": {"statement joined", "joining declined", "joint statement left", "joint statement ended"},
    "notice_swap": {"swap proposed", "swap approved", "swap declined", "swap taken back", "swap not approved"},
    "notice_interest": {"interest expressed", "interest changed", "interest withdrawn"},
}
ACTS = frozenset().union(*WAITING.values())
# When the digest of a day is written, in the meeting's zone.
DAILY_AT = time(8)
# So long before the meeting begins nothing waits any more.
TOO_CLOSE = timedelta(days=1)


def told_at_once(contacts: Iterable[Contact], meeting: Meeting) -> list[Contact]:
    """Those of the `contacts` of `meeting` who are told of what is not urgent at once: all of them if it is close."""
    at_once, waiting = [], False
    for contact in contacts:
        is_waiting = contact.notices != Contact.Notices.EACH
        waiting = waiting or is_waiting
        if not is_waiting:
            at_once.append(contact)
    return list(contacts) if waiting and is_close(meeting, meeting.moment(clock.now())) else at_once


def is_close(meeting: Meeting, at: datetime) -> bool:
    """Is its moment `at` so near to the beginning of `meeting`, or after it, that nothing waits?"""
    return at >= meeting.starts_at - TOO_CLOSE


def last_due(contact: Contact, at: datetime) -> datetime:
    """The last moment, up to the meeting's moment `at`, at which a digest for `contact` was due; `at` if it has none.

    The whole hour, or `DAILY_AT` of a day, in the meeting's zone.
    """
    local: Any = timezone.localtime(at, contact.meeting.zone)
    if contact.notices == Contact.Notices.HOURLY:
        return local.replace(minute=0, second=0, microsecond=0)
    if contact.notices == Contact.Notices.DAILY:
        today = local.replace(hour=DAILY_AT.hour, minute=0, second=0, microsecond=0)
        return today if today <= local else today - timedelta(days=1)
    return at
