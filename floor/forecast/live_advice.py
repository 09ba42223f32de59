"""Advice to the officer during the meeting: will all be heard, and how many before the sitting ends.  R-37 R-44"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import ngettext

from dialogue import moments
from floor.clock.clock_face import minutes_and_seconds
from floor.forecast import live_forecast, proposing
from speakers.forecast import advice
from speakers.forecast.list_forecast import ListForecast
from speakers.limits import by_name
from spelling.listing import in_sentences

# How long before the end of a sitting the number that can still be heard is shown.  R-37
BEFORE_THE_HOUR = timedelta(minutes=5)


@dataclass(frozen=True)
class Advice:
    """Sentences for the officer; `is_urgent` if they call for action now.

    `shorter` is the query with which the page of limits opens with the suggested limit filled in; or empty.
    `from_booths` is what interpreters ask of who speaks now (R-73), or empty; `from_microphones` why a signal was
    refused.
    """

    lines: list[str]
    is_urgent: bool
    shorter: str = ""
    from_booths: str = ""
    from_microphones: str = ""

    @property
    def news(self) -> str:
        """What the officer should read now, as one text: when it changes, the console is refreshed."""
        urgent = self.lines if self.is_urgent else []
        return in_sentences(filter(None, [*urgent, self.from_booths, self.from_microphones]))


def of(floor: Any, foreseen: ListForecast, at: datetime) -> Advice:
    """The `Advice` at the meeting's moment `at`, with `foreseen` from `live_forecast.of`; empty once concluded."""
    if floor.room.concluded_at:
        return Advice([], is_urgent=False)
    choice = proposing.of(floor, at)
    heard = live_forecast.heard_before_the_hour(floor, foreseen, at)
    is_near = heard is not None and heard[1] - at <= BEFORE_THE_HOUR
    lines = [choice.words] if choice and choice.words else []
    lines += [_heard(heard[0], heard[1], floor.meeting)] if heard and is_near else []
    is_urgent = bool(is_near or foreseen.forecast.too_many or (choice and choice.words))
    return Advice([*lines, *advice.sentences(foreseen)], is_urgent, _shorter(floor.meeting, foreseen.forecast))


def _shorter(meeting, forecast):
    """The limits that the suggestion would shorten, as a query string; a limit that is already shorter stays.  R-44"""
    if (suggested := forecast.suggested_limit) is None:
        return ""
    limits = by_name(meeting.speakers_list)
    return urlencode({name: minutes_and_seconds(suggested) for name, limit in limits.items() if limit > suggested})


def _heard(count, ends_at, meeting):
    words = ngettext(
        "The sitting ends at %(end)s: %(count)d more statement can be heard before then.",
        "The sitting ends at %(end)s: %(count)d more statements can be heard before then.",
        count,
    )
    return words % {"end": moments.clock_in_words(ends_at, meeting), "count": count}
