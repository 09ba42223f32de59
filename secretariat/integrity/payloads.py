"""Payloads of the journal that are gone although retention still keeps them.  R-57 R-77

An erased payload breaks no chain, so one that was deleted before its time is found only by asking when it is due.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Self

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from journal import erasing
from journal.models import Entry
from journal.retention import A_YEAR
from outbox.models import Message
from registration.erasing import subjects_erased
from retention import with_the_declined
from speakers.erasing import IMPORTED
from speakers.models import FocalPoint

DECLINED = ("representative/", "ticket-request/")


def problems(*, at: datetime) -> list[str]:
    """Which payloads were deleted before the real moment at which they are due, as translated sentences.

    One sentence for each chain; empty if none was.
    """
    gone = Entry.objects.filter(payload__isnull=True).order_by("stream", "sequence")
    due = _Due.at(at) if gone else None
    early = [entry for entry in gone if due and not due.may_be_gone(entry)]
    words = _("%(stream)s: the content of these entries was deleted before its time: %(numbers)s.")
    return [
        words % {"stream": stream, "numbers": _in_groups([entry.sequence for entry in entries])}
        for stream, entries in groupby(early, key=lambda entry: entry.stream)
    ]


@dataclass(frozen=True)
class _Due:
    """What may be gone at a real moment: of meetings by their chains, of those declined, and of no meeting."""

    moment: datetime
    chains: set[str]
    declined: dict[str, set[str]]
    ended_at: datetime | None
    mails: set[str]

    @classmethod
    def at(cls, moment: datetime) -> Self:
        """What may be gone at the real `moment`."""
        every = list(Meeting.objects.all())
        past = [meeting for meeting in every if _is_past(meeting, moment)]
        partly = [each for each in every if each.moment(moment) >= each.ends_at + with_the_declined(each)]
        mails = Message.objects.filter(about__in=[meeting.slug for meeting in past]).values_list("pk", flat=True)
        return cls(
            moment,
            {meeting.journal_stream for meeting in past},
            {meeting.journal_stream: subjects_erased(meeting) for meeting in partly},
            max((meeting.ends_at - meeting.clock_shift for meeting in past), default=None),
            {f"mail/{pk}" for pk in mails},
        )

    def may_be_gone(self, entry: Entry) -> bool:
        """May the payload of `entry` be erased by now?"""
        if erasing.is_impersonal(entry):
            return False
        chain = "/".join(entry.stream.split("/")[:2])
        if chain in self.chains or entry.subject in self.declined.get(chain, set()) | self.mails:
            return True
        is_of_a_meeting = entry.stream.startswith("meeting/")
        return self._is_of_the_register(entry) or (not is_of_a_meeting and entry.at <= self.moment - A_YEAR)

    def _is_of_the_register(self, entry):
        """Is `entry` about focal points who were erased after the last meeting for which they were on record?"""
        if self.ended_at is None:
            return False
        if entry.subject == IMPORTED:
            return entry.at < self.ended_at
        kind, _slash, pk = entry.subject.partition("/")
        return kind == "focalpoint" and not FocalPoint.objects.filter(pk=pk).exists()


def _is_past(meeting, moment):
    """Are the data of `meeting` due? A rehearsal whose clock was shifted back has been erased all the same."""
    was_erased = meeting.is_rehearsal and meeting.personal_data_erased_at is not None
    return was_erased or meeting.is_past_retention(meeting.moment(moment))


def _in_groups(numbers):
    """The `numbers` as text, those that follow each other as a range: 3, 7–9."""
    groups: list[list[int]] = []
    for number in numbers:
        if groups and number == groups[-1][1] + 1:
            groups[-1][1] = number
        else:
            groups.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in groups)
