"""The export for staff: everything recorded of entries, including contacts. Never public.  R-29 R-30 R-57"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from journal import recording
from journal.actors import Actor
from speakers.models import SpeakersList
from speakers.models.joining import fetch_joined
from speakers.publishing.exports import as_csv, as_workbook
from speakers.publishing.exports.columns import BETWEEN, YES
from speakers.publishing.exports.formats import CSV, WORKBOOK

COLUMNS = {
    "place": "Place",
    "receipt_no": "Receipt",
    "state": "State",
    "delegation": "Delegation",
    "delegation_code": "Code",
    "capacity": "Capacity",
    "group_name": "Group",
    "group_size": "Number of members",
    "group_members": "Members",
    "joined": "Joined by",
    "speaker_prefix": "Form of address",
    "speaker_name": "Speaker",
    "speaker_title": "Functional title",
    "level": "Level",
    "language": "Language",
    "text_mark": "Mark of the text",
    "passage": "Passage in another language",
    "preferred_sitting": "Preferred sitting",
    "is_by_video": "Recorded video",
    "video_link": "Link to the recording",
    "presenter": "Presented by",
    "contact_name": "Contact",
    "contact_email": "Contact e-mail",
    "contact_telephone": "Contact telephone",
    "copies": "Copies to",
    "filed_by_email": "Filed from",
    "note": "Note to the secretariat",
    "arrived_at": "Arrived",
    "recorded_at": "Recorded",
}
CONTENT_TYPES = {"csv": CSV, "xlsx": WORKBOOK}
AS_STORED = {
    "group_name",
    "group_members",
    "speaker_prefix",
    "speaker_name",
    "speaker_title",
    "contact_name",
    "contact_email",
    "filed_by_email",
    "note",
    "receipt_no",
    "video_link",
    "presenter",
}


def take_out(speakers_list: SpeakersList, entries: list[Any], extension: str, *, by: Actor, at: datetime) -> bytes:
    """The `entries` of `speakers_list` with contacts, as the bytes of a file of that `extension`; journals it.  R-58

    `entries` are pairs (inscription, place number or None) in the order of the file; the journal records who exported
    how many, at the meeting's moment `at`. Call it in a transaction.
    """
    fetch_joined([inscription for inscription, _number in entries])
    rows = [_row(inscription, number) for inscription, number in entries]
    after = {"entries": len(rows), "format": extension}
    recording.record(
        "taken out with contacts", stream=speakers_list.journal_stream, subject="list", by=by, at=at, after=after
    )
    if extension == "csv":
        return as_csv.table(list(COLUMNS), rows)
    cells = [[row[name] for name in COLUMNS] for row in rows]
    return as_workbook.workbook([(as_workbook.LIST, list(COLUMNS.values()), cells, [18] * len(COLUMNS))])


def _row(inscription, number):
    """Everything recorded of `inscription` in words; moments in the meeting's zone, ISO 8601.  R-01"""
    zone = inscription.meeting.zone
    facts = {name: getattr(inscription, name) for name in AS_STORED}
    return {
        **facts,
        "place": number or "",
        "state": inscription.get_state_display(),
        "delegation": str(inscription.delegation),
        "delegation_code": inscription.delegation.code,
        "capacity": inscription.get_capacity_display(),
        "group_size": inscription.group_size or "",
        "joined": BETWEEN.join(map(str, inscription.joined_delegations)),
        "level": str(inscription.level),
        "language": inscription.language_in_words,
        "text_mark": inscription.get_text_mark_display() if inscription.text_mark else "",
        "passage": inscription.passage_in_words,
        "preferred_sitting": inscription.preferred_sitting_in_words,
        "is_by_video": YES if inscription.is_by_video else "",
        "contact_telephone": str(inscription.contact_telephone or ""),
        "copies": ", ".join(inscription.copies),
        "arrived_at": timezone.localtime(inscription.arrived_at, zone).isoformat(timespec="milliseconds"),
        "recorded_at": timezone.localtime(inscription.recorded_at, zone).isoformat(timespec="milliseconds"),
    }
