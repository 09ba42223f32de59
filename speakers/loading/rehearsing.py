"""A rehearsal: a past meeting from its file, moved to days on which its list is open now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dialogue.models import Meeting, Section
from journal.actors import Actor
from journal.recording import record
from speakers.loading import rows, shifting
from speakers.loading.storing import Again, Loaded, facts_from, load
from speakers.loading.toml_lines import BadFile, Fault, read

WEEK = timedelta(weeks=1)
# The shortest time for which the list of a new rehearsal is open; the longest is a week more.
LEFT_AT_LEAST = timedelta(days=3)


@dataclass(frozen=True)
class PutOff:
    """A rehearsal whose deadline had passed without any inscription was moved to later weeks."""

    meeting: Meeting


def rehearse(path: Path, *, slug: str, by: Actor, at: datetime) -> PutOff | Again | Loaded:
    """Load the file at `path` as the rehearsal `slug`, moved by whole weeks: its list closes in three to ten days.

    Hours and weekdays stay. A rehearsal that exists is kept as it is; only one whose deadline has passed without any
    inscription, and whose clock has not been shifted, is put off to later weeks. `at` is the real moment. Returns
    `Loaded`, `Again` or `PutOff`; raises `BadFile`, even if `slug` is a meeting that is not a rehearsal.
    """
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().filter(slug=slug).first()
        if meeting is None:
            return _begin(path, slug=slug, by=by, at=at)
        if not meeting.is_rehearsal:
            words = _("“%(slug)s” is a meeting, not a rehearsal.") % {"slug": slug}
            raise BadFile(path, Fault(None, words))
        if not _is_idle(meeting, at):
            return Again(meeting)
        return _put_off(meeting, by=by, at=at)


def _begin(path, *, slug, by, at):
    facts = facts_from(read(path), at=at, slug=slug)
    zone = Meeting(time_zone=facts["meeting"]["time_zone"]).zone
    closes_at = facts["inscription"]["closes_at"]
    starts_on = (shifting.first_start(facts) + _weeks_until_open(closes_at.replace(tzinfo=zone), at)).date()
    return load(path, slug=slug, starts_on=starts_on, is_rehearsal=True, by=by, at=at)


def _weeks_until_open(closes_at, at):
    """The whole weeks by which a deadline at `closes_at` must move to be at least `LEFT_AT_LEAST` after `at`."""
    return ((at + LEFT_AT_LEAST - closes_at) // WEEK + 1) * WEEK


def _is_idle(meeting, at):
    is_empty = not any(each.last_receipt_no for each in meeting.lists.all())
    return is_empty and not meeting.clock_shift and at >= meeting.speakers_list.closes_at


def _put_off(meeting, *, by, at):
    """Move the stored moments of the locked `meeting` and the days its texts name; what staff changed stays."""
    weeks = _weeks_until_open(meeting.speakers_list.closes_at, at)
    facts = rows.on_the_wall(rows.facts_of(meeting), meeting.zone)
    moved = shifting.moved(facts, weeks)
    again, before = rows.meeting_of(moved, is_rehearsal=True), meeting.speakers_list.closes_at
    _take_over(meeting, again, rows.OF_MEETING.values())
    for stored in _put_off_lists(meeting, moved, again):
        stored.closed_at = None
        stored.save()
    meeting.save()
    sections = [row for _path, row in rows.rows_of(moved, again) if isinstance(row, Section)]
    for section, told in zip(meeting.sections.all(), sections, strict=True):
        _take_over(section, told, ["heading", "text", "footnotes"])
        section.save()
    for row in _timed_rows(meeting):
        for field in [name for name in ("starts_at", "ends_at") if getattr(row, name)]:
            setattr(row, field, shifting.later(getattr(row, field), weeks, meeting.zone))
        row.save()
    record(
        "rehearsal put off",
        stream=meeting.journal_stream,
        subject="meeting",
        by=by,
        at=at,
        before={"inscription_closes_at": before},
        after={"inscription_closes_at": meeting.lists.get(slug="").closes_at},
        reason=gettext_noop("The deadline had passed and no one was inscribed."),
    )
    meeting.refresh_from_db()
    return PutOff(meeting)


def _put_off_lists(meeting, moved, again):
    """The stored lists of the `meeting`, with the moments of the facts `moved`; the sittings of each stay."""
    others = {each.slug: each for _path, each in rows.lists_of(moved, again)}
    found = {"": rows.list_of(moved, again)} | others
    for stored in meeting.lists.all():
        _take_over(stored, found[stored.slug], [name for name in rows.OF_LIST.values() if name != "heard_in"])
        yield stored


def _take_over(row, again, fields):
    for field in fields:
        setattr(row, field, getattr(again, field))


def _timed_rows(meeting):
    """Sittings and slots with a time, last first, so that none moves onto another."""
    timed_slots = meeting.slots.exclude(starts_at=None)
    return [*meeting.sittings.order_by("-starts_at"), *timed_slots.order_by("-starts_at")]
