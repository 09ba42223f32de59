"""The sheet for security as a workbook: text stays text, whatever somebody is called.  R-52

One consolidated sheet with the columns that security asks for [fact sheet of the Security Event Planning Unit, 2016];
a supplement also says which names of earlier sheets are withdrawn.
"""

from django.utils import translation
from django.utils.translation import gettext as _

from dialogue import moments
from speakers.publishing.exports.as_workbook import workbook

WIDTHS = [26, 30, 30, 26, 34, 50, 50]
LANGUAGE = "en"
"""The language in which the office writes to security."""


def write(manifest, names, withdrawn):
    """The unsaved `manifest` as the bytes of a workbook.

    `names` and `withdrawn` are (first name, last name) of those added and withdrawn, in order. Three sheets at most:
    the names, the withdrawn names where there are some, and what the file is.
    """
    with translation.override(LANGUAGE):
        meeting = manifest.meeting
        facts = [_date(meeting), _hours(meeting), str(meeting.venue), str(meeting), office_of(meeting)]
        sheets = [(_("Manifest"), _headings(), [[*name, *facts] for name in names], WIDTHS)]
        if withdrawn:
            sheets.append((_("Withdrawn"), _headings(), [[*name, *facts] for name in withdrawn], WIDTHS))
        return workbook([*sheets, (_("About"), [_("What"), _("Value")], _about(manifest, facts), [24, 80])])


def office_of(meeting):
    """The sponsoring office: the one that the note names for tickets."""
    contact = meeting.contacts.filter(role="civil_society").first()
    return str(contact.office or contact.name) if contact else ""


def _headings():
    return [
        _("First name"),
        _("Last name"),
        _("Date"),
        _("Time"),
        _("Venue"),
        _("Event"),
        _("Sponsoring office"),
    ]


def _date(meeting):
    return moments.date_in_words(meeting.starts_at, meeting)


def _hours(meeting):
    """From when to when the meeting is held, with the zone.  R-01"""
    return _("%(start)s–%(end)s (%(zone)s)") % {
        "start": moments.time_in_words(meeting.starts_at, meeting),
        "end": moments.time_in_words(meeting.ends_at, meeting),
        "zone": moments.zone_in_words(meeting.time_zone),
    }


def _about(manifest, facts):
    """What the file is, and what security does with it."""
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
        words = _("Add the names of this sheet to those of the earlier ones; strike the withdrawn names from them.")
        rows.append([_("What to do"), words])
    return rows
