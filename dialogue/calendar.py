"""A meeting's sittings as an iCalendar file.  R-30"""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from dialogue import moments
from dialogue.models import Meeting, Sitting, room_of
from dialogue.previews.event import name_of
from spelling.listing import in_a_row, named


def of(meeting: Meeting, sittings: list[Sitting], slots: list[Any], *, at: datetime, sequence: int = 0) -> bytes:
    """The calendar of `meeting` as bytes: one event for each of its `sittings`, with its part of the programme, and
    one for each event beside them.

    UIDs never change; raise `sequence` when the programme is revised. Moments are in UTC, which every calendar shows in
    its own zone: not every one reads the definition of another. `at` is the moment of writing. Addresses come from
    `SITE_URL` alone.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//List of speakers//General Assembly//EN")
    calendar.calendar_name = str(meeting)
    for number, sitting in enumerate(sittings, start=1):
        lines = _programme_of(number - 1, sittings, slots, meeting) + sitting.provides
        name = name_of(sitting, sittings, meeting)
        event = _event(meeting, sitting, number=number, name=name, lines=lines, at=at)
        event.add("sequence", sequence)
        calendar.add_component(event)
    for number, slot in enumerate((slot for slot in slots if not slot.is_of_a_sitting), start=1):
        event = _event_beside(meeting, slot, number=number, at=at)
        event.add("sequence", sequence)
        calendar.add_component(event)
    return calendar.to_ical()


def _event_beside(meeting, slot, *, number, at):
    """What is no part of a sitting, as an event of its own; without an end it is a moment."""
    event = Event()
    event.add("uid", f"{meeting.slug}-event-{number}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", at)
    event.add("dtstart", slot.starts_at.astimezone(UTC))
    event.add("dtend", (slot.ends_at or slot.starts_at).astimezone(UTC))
    event.add("summary", _("%(meeting)s: %(part)s") % {"meeting": meeting, "part": slot.title})
    event.add("location", str(slot.place) or str(meeting.venue))
    event.add("description", "\n".join(_persons(slot)))
    event.add("url", settings.SITE_URL + reverse("dialogue:programme", args=[meeting.slug]))
    return event


def _event(meeting, sitting, *, number, name, lines, at):
    event = Event()
    event.add("uid", f"{meeting.slug}-sitting-{number}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", at)
    event.add("dtstart", sitting.starts_at.astimezone(UTC))
    event.add("dtend", sitting.ends_at.astimezone(UTC))
    event.add("summary", name)
    event.add("location", str(sitting.place) or str(meeting.venue))
    event.add("description", "\n".join(lines))
    event.add("url", settings.SITE_URL + reverse("dialogue:programme", args=[meeting.slug]))
    return event


def _programme_of(index, sittings, slots, meeting):
    """The lines of the programme that fall in the sitting at `index`; a slot without a time follows the one before."""
    lines, current = [], 0
    for slot in (slot for slot in slots if slot.is_of_a_sitting):
        if slot.starts_at:
            begun = [number for number, sitting in enumerate(sittings) if sitting.starts_at <= slot.starts_at]
            held = [number for number in begun if sittings[number].is_held_at(slot.starts_at)]
            room = room_of(slot, sittings)
            current = next((number for number in held if sittings[number].room == room), begun[-1] if begun else 0)
        if current == index:
            lines += _lines(slot, meeting)
    return lines


def _lines(slot, meeting):
    when = ""
    if slot.starts_at:
        is_long = slot.ends_at is not None
        when = moments.clock_in_words(slot.starts_at, meeting)
        when = moments.span_in_words(slot.starts_at, slot.ends_at, meeting) if is_long else when
    title = _("%(title)s (%(place)s)") % {"title": slot.title, "place": slot.place} if str(slot.place) else slot.title
    line = named(when, title) if when and meeting.has_several_days else f"{when} {title}".strip()
    return [line, *_persons(slot)]


def _persons(slot):
    return [in_a_row(filter(None, [person.name, str(person.role)])) for person in slot.persons.all()]
