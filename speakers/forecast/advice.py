"""What the forecast says to staff, in sentences. Advice only: no rule turns on it.  R-44"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speakers.forecast.list_forecast import Outlook, on_the_clock


def sentences(outlook: Outlook) -> list[str]:
    """The advice of an `Outlook`: how many fit, which limit would fit all, when it ends; two or three sentences."""
    if not outlook.stretches:
        return [_("No time is left for the list of speakers.")]
    lines = [_capacity(outlook.forecast), _limit(outlook.forecast), _ends(outlook)]
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
            "The time allows %(capacity)d statements: the one on the list fits.",
            "The time allows %(capacity)d statements: all %(count)d on the list fit.",
            forecast.count,
        )
    return words % facts


def _limit(forecast):
    if not forecast.too_many:
        return ""
    if forecast.fitting_limit is None:
        return _("No limit would fit all: ask for more time, or for written statements.")
    facts = {"limit": int(forecast.fitting_limit.total_seconds())}
    if forecast.suggested_limit is None:
        return _("Only a limit of %(limit)d seconds would fit all.") % facts
    facts["suggested"] = int(forecast.suggested_limit.total_seconds())
    return _("A limit of %(limit)d seconds would fit all; suggested: %(suggested)d seconds.") % facts


def _ends(outlook):
    forecast, meeting = outlook.forecast, outlook.meeting
    if not forecast.count:
        return ""
    facts = {
        "likely": on_the_clock(forecast.likely_end, meeting),
        "worst": on_the_clock(forecast.worst_end, meeting),
        "last": on_the_clock(outlook.stretches[-1].ends_at, meeting),
    }
    return _("The list ends at about %(likely)s, at worst at %(worst)s; after %(last)s it has no time left.") % facts
