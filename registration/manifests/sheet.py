"""The sheet for security as a workbook, in which every name stays text and never becomes a formula.  R-52

One consolidated sheet with the columns that security asks for [fact sheet of the Security Event Planning Unit, 2016],
and beside them a number, the organization and the name in its own script (R-75); a supplement also lists the names
withdrawn from earlier sheets, under the numbers that they had there.
"""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dialogue import moments
from dialogue.models import Meeting
from registration.models import Manifest, ManifestRow
from speakers.publishing.exports.as_workbook import workbook

WIDTHS = [8, 26, 30, 40, 50, 30, 26, 34, 50, 50]
# The language in which the office writes to security.
LANGUAGE = "en"


def write(manifest: Manifest, added: list[ManifestRow], withdrawn: list[ManifestRow]) -> bytes:
    """The unsaved `manifest` as the bytes of a workbook, with the rows `added` and `withdrawn`, in order.

    At most three sheets: the names, the withdrawn names if there are any, and what the file is.
    """
    with translation.override(LANGUAGE):
        meeting = manifest.meeting
        facts = [_date(meeting), _hours(meeting), str(meeting.venue), str(meeting), office_of(meeting)]
        sheets = [(_("Manifest"), _headings(), [[*_line(row), *facts] for row in added], WIDTHS)]
        if withdrawn:
            sheets.append((_("Withdrawn"), _headings(), [[*_line(row), *facts] for row in withdrawn], WIDTHS))
        return workbook(
            [
                *sheets,
                (pgettext("sheet of a workbook", "About"), [_("What"), _("Value")], _about(manifest, facts), [24, 80]),
            ]
        )


def office_of(meeting: Meeting) -> str:
    """The sponsoring office: the contact for tickets that the note names."""
    contact = meeting.contacts.filter(role="civil_society").first()
    return str(contact.office or contact.name) if contact else ""


def _line(row):
    return [row.number or "", row.last_name, row.first_name, row.own_script_name, row.organization]


def _headings():
    return [
        _("No."),
        _("Last name"),
        _("First name"),
        _("Name in its own script"),
        _("Organization"),
        _("Date"),
        _("Time"),
        _("Venue"),
        _("Event"),
        _("Sponsoring office"),
    ]


def _date(meeting):
    return moments.days_in_words(meeting)


def _hours(meeting):
    """The start and end of the meeting, with the time zone.  R-01"""
    return _("%(start)s–%(end)s (%(zone)s)") % {
        "start": moments.clock_in_words(meeting.starts_at, meeting),
        "end": moments.clock_in_words(meeting.ends_at, meeting),
        "zone": moments.zone_in_words(meeting.time_zone),
    }


def _about(manifest, facts):
    """What the file is, and what security is to do with it."""
    meeting = manifest.meeting
    date, hours, venue, event, office = facts
    rows = [
        [_("Sheet"), str(manifest.label)],
        [_("Event"), event],
        [_("Date"), date],
        [_("Time"), hours],
        [_("Venue"), venue],
        [_("Sponsoring office"), office],
        [_("Frozen"), moments.stamp_in_words(manifest.frozen_at, meeting)],
        [_("Names added"), manifest.added],
        [_("Names withdrawn"), manifest.withdrawn],
    ]
    if manifest.number > 1:
        words = _("Add the names on this sheet to those on the earlier ones; strike out the withdrawn names.")
        rows.append([_("What to do"), words])
    return rows
