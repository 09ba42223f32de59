"""The forecast of a meeting's list: the facts it needs, and its turns in words.  R-42 R-43 R-44"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogue import moments
from dialogue.models import Meeting, Sitting
from speakers.forecast import hours, plan, turns
from speakers.forecast.turns import Forecast, Stretch, Turn, Waiting, forecast
from speakers.limits import limit_of, of_a_further
from speakers.models import Inscription, SpeakersList
from speakers.order import precedence

# Turns are shown in whole multiples of this; anything finer would be false precision.
NEAREST = timedelta(minutes=5)


@dataclass(frozen=True)
class ListForecast:
    """The forecast of a list of `meeting`, with the sittings it was made for and the floor time in them.

    `has_hours` says whether it is known when the list is heard; of another, no turn is.  R-62
    """

    meeting: Meeting
    sittings: list
    stretches: list[Stretch]
    forecast: Forecast
    has_hours: bool = True

    def turn_of(self, inscription: Inscription) -> Turn | None:
        """The `Turn` of `inscription`, or None: it holds no place, was called, or there is no floor time."""
        return self.forecast.turn_of(inscription.pk)

    @cached_property
    def foreseen(self) -> dict[object, Sitting | None]:
        """In which sitting each entry of the forecast is likely to speak, by its key; None if time permits.  R-64"""
        begins = self.forecast.begins
        return {key: plan.sitting_at(self.sittings, at) if at else None for key, at in begins.items()}

    def sitting_of(self, entry: Any) -> Sitting | None:
        """The sitting in which `entry` was called or is likely to be; None if none is foreseen.  R-64"""
        return plan.sitting_at(self.sittings, entry.called_at) if entry.called_at else self.foreseen.get(entry.pk)

    @property
    def is_planned(self) -> bool:
        """Is there a plan by sitting: several in which the list is heard, and some floor time in them?  R-64"""
        return len(self.sittings) > 1 and bool(self.stretches)

    def turn_in_words(self, inscription: Inscription) -> str:
        """When `inscription` is likely to speak: “about 3:40 p.m. (3:25–4:05 p.m.)”; empty if none is known.  R-43"""
        turn = self.turn_of(inscription)
        return turn_in_words(turn, self.meeting) if turn else ""


def forecast_list(
    speakers_list: SpeakersList, places: list[precedence.Place], *, at: datetime, slots: list[Any] | None = None
) -> ListForecast:
    """The `ListForecast` for those of `places` (the speaking order) not yet called, from the moment `at` on.

    `at` is the meeting's moment; before the floor opens, the forecast begins at its opening (R-43). A slot costs what
    the room has shown (R-42), and that of the entry called last is over when it has cost so much. Two statements, for
    sittings and programme, or fewer if they were read with the meeting or the `slots` are given.
    """
    slots = list(speakers_list.meeting.slots.all()) if slots is None else slots
    sittings, has_hours = hours.sittings_of(speakers_list, at, places), bool(hours.hours_of(speakers_list, slots, at))
    stretches = hours.time_of(speakers_list, slots, at)
    left = [place for place in places if not place.inscription.is_called]
    waiting = [Waiting(place.inscription.pk, limit_of(speakers_list, place.inscription)) for place in left]
    fixed = plan.fixings(
        [(place.inscription.pk, place.inscription.fixed_sitting_id) for place in left], sittings, at=at
    )
    waiting = plan.in_calling_order(waiting, fixed, plan.times_of(sittings, stretches))
    factor = speakers_list.pace or turns.FACTOR_AT_FIRST
    taken = _taken(speakers_list, places, factor, at)
    limit = of_a_further(speakers_list)
    made = forecast(waiting, stretches, factor=factor, limit=limit, taken=taken, sittings=sittings)
    return ListForecast(speakers_list.meeting, sittings, stretches, made, has_hours)


def _taken(speakers_list, places, factor, at):
    """How much longer the entry called last is likely to have the floor at the moment `at`."""
    called = [place.inscription for place in places if place.inscription.is_called]
    last = max(called, key=lambda each: each.called_at, default=None)
    if last is None:
        return turns.NOTHING
    return turns.is_left_of(limit_of(speakers_list, last), elapsed=at - last.called_at, factor=factor)


def by_sitting(
    places: list[precedence.Place], ahead: ListForecast
) -> list[tuple[Sitting | None, list[precedence.Place]]]:
    """The `places` by the sitting in which each was called or is likely to be, in the order of the list.  R-64

    A pair for each sitting of the forecast `ahead`, and last those for whom none is foreseen, under None, if any.
    """
    held: dict[object, list[precedence.Place]] = {None: []}
    held.update((sitting.pk, []) for sitting in ahead.sittings)
    for place in places:
        found = ahead.sitting_of(place.inscription)
        held[found and found.pk].append(place)
    pairs: list[tuple[Sitting | None, list[precedence.Place]]] = [(each, held[each.pk]) for each in ahead.sittings]
    return pairs + ([(None, held[None])] if held[None] else [])


def forecast_lists(lists: list[SpeakersList], at: datetime) -> dict[int, ListForecast]:
    """The `ListForecast` of each of `lists` by its key, at the real moment `at`: three statements for all."""
    prefetch_related_objects(lists, "meeting__sittings", "meeting__slots")
    orders = precedence.bare_orders(lists)
    return {each.pk: forecast_list(each, orders[each.pk], at=each.meeting.moment(at)) for each in lists}


def place_and_forecast(inscription: Inscription, *, at: datetime) -> tuple[precedence.Place | None, ListForecast]:
    """The `Place` of `inscription` (None if it holds none) and the `ListForecast` of its list (2 to 4 statements)."""
    places, ahead = places_and_forecast(inscription.speakers_list, at=at)
    return precedence.place_among(places, inscription), ahead


def places_and_forecast(speakers_list: SpeakersList, *, at: datetime) -> tuple[list[precedence.Place], ListForecast]:
    """All places of `speakers_list`, with bare entries, and its `ListForecast` (2 to 4 statements)."""
    places = precedence.bare_order(speakers_list)
    return places, forecast_now(speakers_list, places, at=at)


def forecast_now(speakers_list: SpeakersList, places: list[precedence.Place], *, at: datetime) -> ListForecast:
    """As `forecast_list`, by the programme as this process has read it within the last second."""
    return forecast_list(speakers_list, places, at=at, slots=hours.timed_slots(speakers_list.meeting))


def turn_in_words(turn: Turn, meeting: Meeting) -> str:
    """“about 3:40 p.m. (3:25–4:05 p.m.)”, in the meeting's zone, with its day where it needs one.  R-43 R-64

    For an entry beyond the available time, the words say that it speaks if time permits.
    """
    if not turn.fits:
        return _("at the end, time permitting")
    words = _("about %(turn)s") % {"turn": _time_and_range(turn, meeting)}
    return _on_its_day(words, rounded(turn.at, meeting), meeting)


def turn_in_short(turn: Turn, meeting: Meeting) -> str:
    """“3:40 p.m. (3:25–4:05 p.m.)”, with its day where the meeting has several, on the board.  R-43 R-64"""
    return moments.on_its_day(_time_and_range(turn, meeting), rounded(turn.at, meeting), meeting)


def _time_and_range(turn, meeting):
    """The `turn` under its day; without the range where that is shorter than what moments are rounded to."""
    at, earliest, latest = (rounded(moment, meeting) for moment in (turn.at, turn.earliest, turn.latest))
    words = moments.time_in_words(at, meeting)
    if earliest == latest:
        return words
    facts = {"time": words, "range": moments.span_in_words(earliest, latest, meeting, at)}
    return _("%(time)s (%(range)s)") % facts


def on_the_clock(at: datetime, meeting: Meeting) -> str:
    """The moment `at` as “6:05 p.m.” in the meeting's zone, to the nearest five minutes; with its day.  R-64"""
    found = rounded(at, meeting)
    return _on_its_day(moments.time_in_words(found, meeting), found, meeting)


def _on_its_day(words, at, meeting):
    """The day is named, too, where a forecast leaves the only day of its meeting."""
    return moments.on_its_day(words, at, meeting, None if meeting.has_several_days else meeting.starts_at)


def rounded(at: datetime, meeting: Meeting) -> datetime:
    """The moment `at` to the nearest five minutes of the clocks in the meeting's zone."""
    local = timezone.localtime(at, meeting.zone)
    over = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond) % NEAREST
    return at - over + (NEAREST if over >= NEAREST / 2 else timedelta(0))
