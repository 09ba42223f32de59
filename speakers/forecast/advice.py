"""What the forecast tells staff, in sentences. Advice only: no rule depends on it.  R-44"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speakers.forecast.list_forecast import ListForecast, on_the_clock


def sentences(ahead: ListForecast) -> list[str]:
    """The advice from a `ListForecast`: how many fit, the limit that fits all, the likely end; one to three lines."""
    if not ahead.has_hours:
        return [_("Neither this list nor the programme says when it is heard: no turn on it is foreseen.")]
    if not ahead.stretches:
        return [_("No time is left for the list of speakers.")]
    lines = [_capacity(ahead.forecast), _limit(ahead.forecast), _ends(ahead)]
    return [line for line in lines if line]


def _capacity(forecast):
    facts = {"capacity": forecast.capacity, "count": forecast.count, "many": forecast.too_many}
    if not forecast.count:
        words = ngettext(
            "The time allows %(capacity)d statement.", "The time allows %(capacity)d statements.", forecast.capacity
        )
    elif forecast.too_many:
        words = ngettext(
            "The time allows %(capacity)d of %(count)d statements: %(many)d is too many.",
            "The time allows %(capacity)d of %(count)d statements: %(many)d are too many.",
            forecast.too_many,
        )
    else:
        words = ngettext(
            "The time allows %(capacity)d statements: there is time for the one on the list.",
            "The time allows %(capacity)d statements: there is time for all %(count)d on the list.",
            forecast.count,
        )
    return words % facts


def _limit(forecast):
    if not forecast.too_many:
        return ""
    if forecast.fitting_limit is None:
        return _("No time limit would let all speak: ask for more time, or for written statements.")
    facts = {"limit": _in_seconds(forecast.fitting_limit)}
    if forecast.suggested_limit is None:
        return _("All can speak only with this limit: %(limit)s.") % facts
    facts["suggested"] = _in_seconds(forecast.suggested_limit)
    return _("All can speak with this limit: %(limit)s. Suggested limit: %(suggested)s.") % facts


def _in_seconds(limit):
    seconds = int(limit.total_seconds())
    return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}


def _ends(ahead):
    forecast, meeting = ahead.forecast, ahead.meeting
    if not forecast.count:
        return ""
    facts = {
        "likely": on_the_clock(forecast.likely_end, meeting),
        "worst": on_the_clock(forecast.worst_end, meeting),
        "last": on_the_clock(ahead.stretches[-1].ends_at, meeting),
    }
    words = _(
        "The list is likely to end at about %(likely)s, at the latest at %(worst)s; after %(last)s it has no time left."
    )
    return words % facts
