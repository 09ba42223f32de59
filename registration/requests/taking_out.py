"""The queue of the office as a file: who asks for a ticket, and where each stands. Never public.  R-30 R-57 R-58"""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from dialogue.models import Meeting
from journal import recording
from journal.actors import Actor
from speakers.publishing.exports import as_csv, as_workbook
from speakers.publishing.exports.columns import YES

COLUMNS = {
    "turn": gettext_noop("Turn"),
    "first_name": gettext_noop("First name"),
    "last_name": gettext_noop("Last name"),
    "email": gettext_noop("E-mail"),
    "organization": gettext_noop("Organization"),
    "country": gettext_noop("Country"),
    "status": gettext_noop("Consultative status"),
    "state": gettext_noop("State"),
    "pass": gettext_noop("Grounds pass"),
    "accessibility": gettext_noop("Accessibility needs"),
    "confirmed": gettext_noop("Confirmed"),
    "speaks": gettext_noop("Wishes to speak"),
    "topic": gettext_noop("Topic"),
    "theme": gettext_noop("Theme"),
    "outline": gettext_noop("Outline"),
    "language": gettext_noop("Language of the statement"),
    "gender": gettext_noop("Gender"),
    "selection": gettext_noop("Selection"),
    "contact": gettext_noop("Focal point"),
    "contact_email": gettext_noop("E-mail of the focal point"),
}
SHEET = gettext_noop("Queue")


def take_out(meeting: Meeting, people: list[Any], extension: str, *, by: Actor, at: datetime) -> bytes:
    """The representatives `people` of `meeting` as the bytes of a file of that `extension`; journals it.  R-58

    The journal records who exported how many, at the meeting's moment `at`. Call it in a transaction.
    """
    after = {"people": len(people), "format": extension}
    recording.record("queue taken out", stream=meeting.journal_stream, subject="tickets", by=by, at=at, after=after)
    head, rows = [gettext(each) for each in COLUMNS.values()], [_row(each, meeting) for each in people]
    if extension == "csv":
        return as_csv.table(head, rows)
    return as_workbook.workbook([(gettext(SHEET), head, rows, [18] * len(head))])


def _row(person, meeting):
    """What the queue shows of one `person`, in words; the moment in the meeting's zone, ISO 8601.  R-01"""
    request, organization = person.request, person.request.organization
    confirmed = timezone.localtime(person.confirmed_at, meeting.zone).isoformat(timespec="seconds")
    return [
        *(person.turn, person.first_name, person.last_name, person.email, organization.name),
        str(organization.country) if organization.country_id else gettext("no single country"),
        str(request.get_consultative_status_display()),
        *(str(person.state_for_staff), _yes(person.has_grounds_pass), person.accessibility, confirmed),
        *(_yes(person.wishes_to_speak), person.topic, person.theme, person.outline),
        *(str(person.get_statement_language_display()), str(person.get_gender_display())),
        str(person.get_selection_display()) if person.wishes_to_speak else "",
        *(request.contact_name, request.contact_email),
    ]


def _yes(is_so):
    return gettext(YES) if is_so else ""
