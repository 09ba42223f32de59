"""A delegation's places as an iCalendar file: when to be in the room.  R-30 R-43"""

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import OuterRef, Subquery, prefetch_related_objects
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from journal.models import Entry, Head
from speakers.forecast import list_forecast
from speakers.limits import limit_of
from speakers.models import Inscription
from speakers.order import precedence

# How often calendars are asked to fetch a subscription again.
REFRESH = timedelta(minutes=15)

STATUS = {"standing": "CONFIRMED", "unverified": "TENTATIVE", "withdrawn": "CANCELLED", "refused": "CANCELLED"}


def of_place(inscription: Inscription) -> bytes:
    """A calendar with the turn of `inscription`, as bytes; as private as its receipt.

    The event lasts from the earliest moment of the turn to the end of a statement begun at the latest one; if no turn
    is foreseen, it lasts the whole sitting. The UID never changes. The file depends only on what was recorded: the
    estimate is as at the last act on its list, and SEQUENCE is that act's number in the journal, so that it rises
    with every change and never falls. An ended entry is CANCELLED.
    """
    stream = inscription.speakers_list.journal_stream
    last = cast(Entry, Entry.objects.filter(stream=stream).order_by("-sequence").first())
    place, ahead = list_forecast.place_and_forecast(inscription, at=last.at)
    calendar = _calendar(str(inscription.speakers_list))
    calendar.add_component(_event(inscription, last, place, ahead))
    return calendar.to_ical()


def of_entries(inscriptions: Iterable[Inscription], *, name: str) -> bytes:
    """A calendar called `name` with an event for each of the `inscriptions`, as `of_place` makes it, as bytes.

    Each stands on its own list, read with its meeting. Five statements, however many there are.
    """
    entries, calendar = list(inscriptions), _calendar(name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH).to_ical().decode())
    lists = {each.speakers_list_id: each.speakers_list for each in entries}
    last = {each.stream: each for each in _last_acts([each.journal_stream for each in lists.values()])}
    prefetch_related_objects(list(lists.values()), "meeting__sittings", "meeting__slots")
    orders = precedence.bare_orders(lists.values())
    ahead = {
        key: list_forecast.forecast_list(each, orders[key], at=last[each.journal_stream].at)
        for key, each in lists.items()
    }
    for entry in entries:
        key = entry.speakers_list_id
        entry.speakers_list = lists[key]
        place = precedence.place_among(orders[key], entry)
        calendar.add_component(_event(entry, last[lists[key].journal_stream], place, ahead[key]))
    return calendar.to_ical()


def _last_acts(streams):
    """The last entry of the journal in each of the `streams`."""
    newest = Head.objects.filter(stream=OuterRef("stream")).values("sequence")
    return Entry.objects.filter(stream__in=streams, sequence=Subquery(newest))


def _event(inscription, last, place, ahead):
    """The event of `inscription`, with its `place` and the forecast as at the `last` act on its list."""
    meeting, turn = inscription.meeting, ahead.turn_of(inscription)
    event = Event()
    event.add("uid", f"inscription-{inscription.public_id}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", last.sequence)
    event.add("dtstamp", last.at)
    event.add("last-modified", last.at)
    event.add("status", STATUS[inscription.state])
    starts_at, ends_at = _hours(inscription, turn, ahead)
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", ends_at.astimezone(UTC))
    event.add("summary", _summary(inscription, ahead))
    sitting = ahead.sitting_of(inscription)
    event.add("location", str(sitting.place) or str(meeting.venue) if sitting else inscription.speakers_list.venue)
    event.add("description", _description(inscription, place, ahead))
    event.add("url", settings.SITE_URL + inscription.get_absolute_url())
    return event


def _calendar(name):
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//List of speakers//General Assembly//EN")
    calendar.add("method", "PUBLISH")
    calendar.calendar_name = name
    return calendar


def _hours(inscription, turn, ahead):
    """When to be there, from and to: the range of the `turn`, the statement under way, or otherwise a sitting."""
    limit = limit_of(inscription.speakers_list, inscription)
    if inscription.is_called:
        return inscription.called_at, inscription.called_at + limit
    if turn and turn.fits:
        return _rounded_down(turn.earliest), _rounded_down(turn.latest + limit) + list_forecast.NEAREST
    sittings = ahead.sittings or [inscription.meeting]
    if turn:
        return sittings[-1].starts_at, sittings[-1].ends_at
    preferred = [each for each in ahead.sittings if each.is_meant_by(inscription.preferred_sitting)]
    sitting = (preferred or sittings)[0]
    return sitting.starts_at, sitting.ends_at


def _rounded_down(at):
    return at - timedelta(minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond)


def _summary(inscription, ahead):
    facts = {"meeting": inscription.speakers_list, "delegation": inscription.delegation}
    if turn := ahead.turn_in_words(inscription):
        return _("%(delegation)s speaks %(turn)s: %(meeting)s") % {**facts, "turn": turn}
    return _("%(delegation)s, list of speakers: %(meeting)s") % facts


def _description(inscription, place, ahead):
    """Receipt, place and how certain it is, a line each; no contacts."""
    lines = [_("Receipt %(number)d.") % {"number": inscription.receipt_no}]
    if place is None:
        return "\n".join(
            [*lines, _("This entry holds no place: it is %(state)s.") % {"state": inscription.get_state_display()}]
        )
    lines.append(_("Place %(number)d on the list as it stands; it may change.") % {"number": place.number})
    if ahead.turn_of(inscription):
        lines.append(_("The time is an estimate from the list as it stands. Fetch this file again for a newer one."))
    return "\n".join(lines)
