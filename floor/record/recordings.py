"""Where the recordings of a meeting begin, as staff say it: from this, seconds are counted.  R-30"""

from datetime import datetime, timedelta
from itertools import zip_longest

from django.utils.translation import gettext as _

from acts.locking import locked
from acts.refusals import Refusal
from dialogue.models import Meeting, Sitting
from floor.models import Recording
from journal import recording as journal
from journal.actors import Actor

# How long before the meeting a recording may begin, and how long after it one may end.
AROUND = timedelta(days=1)


class RecordingRefused(Refusal):
    """The recording is not taken; the words say why. Nothing was changed."""


def add(
    meeting: Meeting, *, starts_at: datetime, ends_at: datetime | None = None, url: str = "", by: Actor, at: datetime
) -> Recording:
    """Take in a recording of `meeting` whose second 0 is at the meeting's moment `starts_at`. Journals.

    Raises `RecordingRefused` if it is not around the time of the meeting, or if two would run at once.
    """
    with locked(meeting) as meeting:
        found = Recording(meeting=meeting, starts_at=starts_at, ends_at=ends_at, url=url)
        _check(found)
        found.save(force_insert=True)
        _record("recording added", found, before={}, by=by, at=at)
        return found


def correct(
    found: Recording, *, starts_at: datetime, ends_at: datetime | None = None, url: str = "", by: Actor, at: datetime
) -> Recording:
    """Put the facts of a recording right: its files change with them. Journals what changed, if anything did.

    Raises `RecordingRefused` as `add` does, or if it was removed.
    """
    with locked(found.meeting) as meeting:
        found, before = _as_it_is(found, meeting)
        found.starts_at, found.ends_at, found.url = starts_at, ends_at, url
        if _facts(found) == before:
            return found
        _check(found)
        found.save(update_fields=["starts_at", "ends_at", "url"])
        _record("recording corrected", found, before=before, by=by, at=at)
        return found


def remove(found: Recording, *, by: Actor, at: datetime) -> None:
    """Remove a recording, with the files that count from it. Journals. Raises `RecordingRefused` if it is gone."""
    with locked(found.meeting) as meeting:
        found, before = _as_it_is(found, meeting)
        _record("recording removed", found, before=before, by=by, at=at, is_gone=True)
        found.delete()


def with_ends(meeting: Meeting) -> list[tuple[Recording, datetime | None]]:
    """The recordings of `meeting` in order, each with the moment until which it lasts, if that is known (one query)."""
    found = list(meeting.recordings.order_by("starts_at"))
    followed_at = [each.starts_at for each in found[1:]]
    return [(each, each.ends_at or next_at) for each, next_at in zip_longest(found, followed_at)]


def sitting_of(found: Recording, sittings: list[Sitting]) -> Sitting | None:
    """Of the `sittings` in order, the one that is recorded: held when it begins, or the next; else the last."""
    return next((each for each in sittings if found.starts_at < each.ends_at), sittings[-1] if sittings else None)


def without_one(meeting: Meeting, found: list[Recording]) -> list[Sitting]:
    """The sittings of `meeting` of which there is no recording among those `found`."""
    recorded = {sitting.pk for each in found if (sitting := sitting_of(each, meeting.hours))}
    return [each for each in meeting.hours if each.pk not in recorded]


def _as_it_is(found, meeting):
    kept = Recording.objects.filter(pk=found.pk).first()
    if kept is None:
        raise RecordingRefused(_("This recording has been removed."))
    kept.meeting = meeting
    return kept, _facts(kept)


def _check(found):
    if found.ends_at and found.ends_at <= found.starts_at:
        raise RecordingRefused(_("A recording ends after it began."), "ends_at")
    meeting, ends_at = found.meeting, found.ends_at or found.starts_at
    if found.starts_at < meeting.starts_at - AROUND or ends_at > meeting.ends_at + AROUND:
        words = _("This is more than a day before or after the meeting. Check the date and the time zone.")
        raise RecordingRefused(words, "starts_at" if found.starts_at < meeting.starts_at - AROUND else "ends_at")
    for other in Recording.objects.filter(meeting=meeting).exclude(pk=found.pk):
        first, second = sorted([found, other], key=lambda each: each.starts_at)
        if first.starts_at == second.starts_at or (first.ends_at and first.ends_at > second.starts_at):
            raise RecordingRefused(_("Another recording of this meeting runs at this time."), "starts_at")


def _facts(found):
    return {"starts_at": found.starts_at, "ends_at": found.ends_at, "url": found.url}


def _record(act, found, *, before, by, at, is_gone=False):
    stream, subject = found.meeting.journal_stream, f"recording/{found.public_id}"
    after = {} if is_gone else _facts(found)
    journal.record(act, stream=stream, subject=subject, by=by, at=at, before=before, after=after)
