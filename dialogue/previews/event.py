"""A meeting as an event, in the words of schema.org, which search engines and assistants read (JSON-LD)."""

from typing import Any

from django.conf import settings
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dialogue import moments
from dialogue.models import Meeting, Sitting


def as_script(meeting: Meeting) -> SafeString:
    """The event as an element for the page of `meeting`: a block of data, which no browser runs.

    Whatever was typed stays inside it. A rehearsal is no event, and has none.
    """
    if meeting.is_rehearsal:
        return SafeString("")
    return mark_safe(json_script(of(meeting)).replace("application/json", "application/ld+json", 1))  # noqa: S308  escaped by `json_script`


def of(meeting: Meeting) -> dict[str, Any]:
    """The event that `meeting` is, as plain data in the active language, with its `hours` if there are several.

    Moments are ISO 8601 with the offset of the meeting's zone; addresses come from `SITE_URL` alone.
    """
    described = {"description": str(meeting.theme)} if str(meeting.theme) else {}
    several = [_part(each, meeting) for each in meeting.hours] if len(meeting.hours) > 1 else []
    provided = [] if several else [words for each in meeting.hours for words in each.provides]
    return {
        "@context": "https://schema.org",
        **_event(str(meeting), meeting, meeting, provided),
        **described,
        "url": settings.SITE_URL + meeting.get_absolute_url(),
        "inLanguage": get_language(),
        "organizer": {"@type": "Organization", "name": _("General Assembly"), "url": f"{settings.SITE_URL}/"},
        **({"subEvent": several} if several else {}),
    }


def _part(sitting, meeting):
    return _event(name_of(sitting, meeting.hours, meeting), sitting, meeting, sitting.provides, str(sitting.place))


def _event(name, hours, meeting, provided, place=""):
    """What every event says: `hours` is what has a beginning and an end, `provided` what helps all to follow it.

    Without a `place` of its own, it is where the meeting is.
    """
    venue = place or str(meeting.venue)
    features = [{"@type": "LocationFeatureSpecification", "name": each, "value": True} for each in provided]
    return {
        "@type": "Event",
        "name": name,
        "startDate": hours.starts_at.astimezone(meeting.zone).isoformat(),
        "endDate": hours.ends_at.astimezone(meeting.zone).isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": venue,
            "address": venue,
            **({"amenityFeature": features} if features else {}),
        },
    }


def name_of(sitting: Sitting, sittings: list[Sitting], meeting: Meeting) -> str:
    """The name of one of the `sittings` of `meeting` where it stands alone, as in a calendar."""
    name = moments.sitting_in_words(sitting, sittings, meeting)
    is_short = name == sitting.get_part_display()
    words = _("%(meeting)s: %(part)s sitting") if is_short else _("%(meeting)s: %(part)s")
    return words % {"meeting": meeting, "part": name}
