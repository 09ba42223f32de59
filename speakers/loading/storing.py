"""Storing a meeting's file: all of it or nothing.  R-04 R-31 R-58"""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue.documents import enclosing
from dialogue.models import Document, Meeting
from journal.actors import Actor
from journal.recording import record
from speakers.loading import enclosures, rows, shifting
from speakers.loading.objections import lacking, objections
from speakers.loading.shape import shaped
from speakers.loading.toml_lines import Source, read


@dataclass(frozen=True)
class Loaded:
    """A meeting was stored. `warnings` are sentences about what to check."""

    meeting: Meeting
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Again:
    """The meeting was already stored, and nothing was changed. `differences` are the facts that differ in the file."""

    meeting: Meeting
    differences: list[str] = field(default_factory=list)


def load(
    path: str | Path,
    *,
    by: Actor,
    at: datetime,
    slug: str | None = None,
    starts_on: date | None = None,
    is_rehearsal: bool = False,
) -> Again | Loaded:
    """Store the meeting of the file at `path`, or nothing; journal it in the same transaction.  R-31 R-58

    `slug` is a short name other than the file's; `starts_on` (a date) is another day for the first sitting, and all
    times move with it; `at` is the real moment. A meeting that cannot be published yet is stored as a draft, with a
    warning. One that is already stored is never changed from a file: staff may have changed it since. Returns `Loaded`
    or `Again`; raises `BadFile`.
    """
    source = read(path)
    facts = facts_from(source, at=at, slug=slug, starts_on=starts_on)
    with transaction.atomic():
        if stored := Meeting.objects.filter(slug=facts["meeting"]["slug"]).first():
            return Again(stored, rows.differences(rows.facts_of(stored), rows.in_utc(facts, stored.zone)))
        facts, unpublished = _publishable(facts)
        meeting = store(source, facts, is_rehearsal=is_rehearsal, at=at)
        _record(meeting, path, facts, by=by, at=at)
    return Loaded(meeting, [*unpublished, *warnings(meeting)])


def _publishable(facts):
    """The `facts`, as those of a draft if they publish a meeting that lacks something; and why, in sentences.  R-31"""
    reasons = lacking(facts) if facts["meeting"]["is_published"] else []
    if not reasons:
        return facts, []
    draft = facts | {"meeting": facts["meeting"] | {"is_published": False}}
    return draft, [_("It is a draft, not published: %(reason)s") % {"reason": reason} for reason in reasons]


def facts_from(
    source: Source, *, at: datetime, slug: str | None = None, starts_on: date | None = None
) -> dict[str, Any]:
    """The facts of `source`, moved and renamed as requested, and consistent; `at` is the real moment.

    Reads the files that it names. Raises `BadFile`.
    """
    facts, faults = shaped(source.facts)
    facts, source.files, unreadable = enclosures.read(facts, source.path, at=at)
    faults += unreadable
    if slug:
        facts["meeting"]["slug"] = slug
    if faults := objections(facts, faults):
        raise source.refusal(faults)
    if starts_on:
        facts = _moved(source, facts, starts_on)
    return rows.with_hours(facts)


def _moved(source, facts, starts_on):
    try:
        facts = shifting.to_start_on(facts, starts_on)
    except OverflowError:
        words = _("On that day, the meeting would be outside the calendar.")
        raise source.refusal([(("sittings",), words)]) from None
    words = _("Moved to %(date)s: %(reason)s")
    day = starts_on.isoformat()
    if faults := [(where, words % {"date": day, "reason": reason}) for where, reason in objections(facts)]:
        raise source.refusal(faults)
    return facts


def warnings(meeting: Meeting) -> list[str]:
    """What staff should check, as sentences.  R-04"""
    early = [each for each in meeting.lists.order_by("pk") if meeting.is_early(each.closes_at)]
    doubts = [document.doubt for document in meeting.documents.all() if document.doubt]
    return [*(_early(each, (meeting.starts_at - each.closes_at).days) for each in early), *doubts]


def _early(speakers_list, days):
    """The doubt about a deadline so many `days` before the meeting; a list that is not the main one is named."""
    if speakers_list.slug:
        words = ngettext(
            "“%(list)s”: the deadline is %(days)d day before the meeting starts. Is the year right?",
            "“%(list)s”: the deadline is %(days)d days before the meeting starts. Is the year right?",
            days,
        )
    else:
        words = ngettext(
            "The deadline is %(days)d day before the meeting starts. Is the year right?",
            "The deadline is %(days)d days before the meeting starts. Is the year right?",
            days,
        )
    return words % {"list": speakers_list.title, "days": days}


def store(source: Source, facts: dict[str, Any], *, is_rehearsal: bool, at: datetime) -> Meeting:
    """Store all rows of the `facts` of `source`; what was due before `at` counts as done. Raises `BadFile`.

    No one acted, and there is no one to notify: a list whose deadline has passed is stored as closed, and personal data
    that were due as erased (R-57).
    """
    meeting = rows.meeting_of(facts, is_rehearsal=is_rehearsal)
    if meeting.is_past_retention(at):
        meeting.personal_data_erased_at = at
    _save(source, lambda name: rows.PATHS.get(name, ("meeting",)), ("meeting",), meeting)
    for where, row in rows.rows_of(facts, meeting):
        _save(source, lambda name, where=where: (*where, name), where, row)
        if isinstance(row, Document) and (sha256 := facts["documents"][where[1]]["file"]):
            enclosing.enclose(row, source.files[sha256])
    of_main, main = lambda name: rows.PATHS_OF_LIST.get(name, ("inscription",)), rows.list_of(facts, meeting)
    _save_list(source, of_main, ("inscription", "closes_at"), main, at)
    for where, row in rows.lists_of(facts, meeting):
        _save_list(source, lambda name, where=where: (*where, name), where, row, at)
    meeting.refresh_from_db()
    return meeting


def _save_list(source, where_of, where, speakers_list, at):
    if speakers_list.closes_at_latest <= at:
        speakers_list.closed_at = speakers_list.closes_at_latest
    _save(source, where_of, where, speakers_list)


def _save(source, where_of, where, row):
    """Store `row` if its model and the database accept it; otherwise refuse the fact at `where`."""
    try:
        row.full_clean()
        row.save(force_insert=True)
    except ValidationError as error:
        places = [
            (where if name == NON_FIELD_ERRORS else where_of(name), reasons)
            for name, reasons in error.message_dict.items()
        ]
        faults = [(place, reason) for place, reasons in places for reason in reasons]
        raise source.refusal(faults) from error
    except DatabaseError as error:
        words = _("The database refuses this: %(why)s") % {"why": error}
        raise source.refusal([(where, words)]) from error


def _record(meeting, path, facts, *, by, at):
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    after = {"file": Path(path).name, "sha256": digest, "is_rehearsal": meeting.is_rehearsal}
    after["facts"] = rows.in_utc(facts, meeting.zone)
    record("loaded", stream=meeting.journal_stream, subject="meeting", by=by, at=at, after=after)
