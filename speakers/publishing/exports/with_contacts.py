"""The export for staff: everything recorded of entries, including contacts. Never public.  R-29 R-30 R-57"""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from journal import recording
from journal.actors import Actor
from speakers.models import SpeakersList
from speakers.models.joining import fetch_joined
from speakers.publishing.exports import as_csv, as_workbook
from speakers.publishing.exports.columns import BETWEEN, YES
from speakers.publishing.exports.formats import CSV, WORKBOOK

COLUMNS = {
    "place": gettext_noop("Place"),
    "receipt_no": gettext_noop("Receipt"),
    "state": gettext_noop("State"),
    "delegation": gettext_noop("Delegation"),
    "delegation_code": gettext_noop("Code"),
    "capacity": gettext_noop("Capacity"),
    "group_name": gettext_noop("Group"),
    "group_size": gettext_noop("Number of members"),
    "group_members": gettext_noop("Members"),
    "joined": gettext_noop("Joined by"),
    "speaker_prefix": gettext_noop("Form of address"),
    "speaker_name": gettext_noop("Speaker"),
    "speaker_title": gettext_noop("Functional title"),
    "level": gettext_noop("Level"),
    "language": gettext_noop("Language"),
    "text_mark": gettext_noop("Mark of the text"),
    "passage": gettext_noop("Passage in another language"),
    "preferred_sitting": gettext_noop("Preferred sitting"),
    "is_by_video": gettext_noop("Recorded video"),
    "video_link": gettext_noop("Link to the recording"),
    "presenter": gettext_noop("Presented by"),
    "contact_name": gettext_noop("Contact"),
    "contact_email": gettext_noop("Contact e-mail"),
    "contact_telephone": gettext_noop("Contact telephone"),
    "copies": gettext_noop("Copies to"),
    "filed_by_email": gettext_noop("Filed from"),
    "note": gettext_noop("Note to the secretariat"),
    "arrived_at": gettext_noop("Arrived"),
    "recorded_at": gettext_noop("Recorded"),
}
OF_SEVERAL = gettext_noop("List")
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


def take_out(taken: list[tuple[SpeakersList, list[Any]]], extension: str, *, by: Actor, at: datetime) -> bytes:
    """Entries of one or several lists with contacts, as the bytes of a file of that `extension`; journals it.  R-58

    `taken` are the lists of one meeting, each with its entries as pairs (inscription, place number or None) in the
    order of the file; with several, a column says which list it is. The journal of each records who exported how many,
    at the meeting's moment `at`. Call it in a transaction.
    """
    fetch_joined([inscription for _list, entries in taken for inscription, _number in entries])
    rows = []
    for speakers_list, entries in taken:
        rows += [_row(inscription, number) | {"list": str(speakers_list)} for inscription, number in entries]
        after = {"entries": len(entries), "format": extension}
        recording.record(
            "taken out with contacts", stream=speakers_list.journal_stream, subject="list", by=by, at=at, after=after
        )
    names = [*(["list"] if len(taken) > 1 else []), *COLUMNS]
    head = [gettext({"list": OF_SEVERAL, **COLUMNS}[name]) for name in names]
    cells = [[row[name] for name in names] for row in rows]
    if extension == "csv":
        return as_csv.table(head, cells)
    return as_workbook.workbook([(gettext(as_workbook.LIST), head, cells, [18] * len(names))])


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
        "language": inscription.other_language or inscription.get_language_display(),
        "text_mark": inscription.get_text_mark_display() if inscription.text_mark else "",
        "passage": inscription.passage_in_words,
        "preferred_sitting": inscription.preferred_sitting_in_words,
        "is_by_video": gettext(YES) if inscription.is_by_video else "",
        "contact_telephone": str(inscription.contact_telephone or ""),
        "copies": ", ".join(inscription.copies),
        "arrived_at": timezone.localtime(inscription.arrived_at, zone).isoformat(timespec="milliseconds"),
        "recorded_at": timezone.localtime(inscription.recorded_at, zone).isoformat(timespec="milliseconds"),
    }
