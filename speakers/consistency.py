"""Is a meeting whole, with its lists? The one check that the loader, the secretariat's pages and publishing ask.

R-04 R-17 R-31 R-36 R-62
"""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from dialogue import consistency
from dialogue.consistency import InFull, Objection
from speakers.models import Band
from speakers.models.speakers_list import HIGHEST_RANK

SHORTEST_LIMIT, LONGEST_LIMIT = timedelta(seconds=15), timedelta(hours=1)
LIMITS = ("national_limit", "group_limit", "civil_society_limit")


def objections(whole: InFull) -> Iterator[Objection]:
    """What contradicts itself in a meeting and its lists, or is missing.

    The rank of a band is the field “rank_” and its code. Those of a list beside the main one begin with its title.
    """
    yield from consistency.objections(whole)
    yield from _names(whole)
    yield from _slots(whole)
    for each in whole.lists:
        for field, words in _of_list(each, whole.meeting):
            named = _("%(list)s: %(reason)s") % {"list": each.title, "reason": words} if each.slug else words
            yield Objection(each, field, named)


def _names(whole):
    """A list beside the main one has a short name of its own and a title."""
    known: set[str] = set()
    for each in whole.lists:
        if each.slug in known:
            yield Objection(each, "slug", _("Another list of this meeting has this short name."))
        if each.slug and not str(each.title):
            yield Objection(each, "title", _("A list beside the main one needs a title."))
        known.add(each.slug)


def _slots(whole):
    """A line of the programme names a list that there is, and only where a list is heard."""
    known = {each.slug for each in whole.lists}
    for slot in whole.slots if known else []:
        facts = {"line": slot, "name": slot.list_slug}
        if slot.list_slug not in known:
            words = _("“%(line)s” names the list “%(name)s”, which the meeting does not have.")
            yield Objection(slot, "list_slug", words % facts)
        elif slot.list_slug and slot.kind != slot.Kind.FLOOR:
            words = _("“%(line)s” names a list: only a line of the kind “list of speakers” may.")
            yield Objection(slot, "list_slug", words % facts)


def _of_list(speakers_list, meeting):
    for check in (_dates, _limits, _ranks):
        yield from check(speakers_list, meeting)


def _dates(speakers_list, meeting):
    if speakers_list.opens_at >= speakers_list.closes_at:
        yield "closes_at", _("Inscription must open before it closes.")
    if speakers_list.closes_when_announced:
        if speakers_list.closes_at >= meeting.ends_at:
            yield "closes_at", _("The moment about which the Chair closes the list must be before the meeting ends.")
    elif speakers_list.closes_at >= meeting.starts_at:
        yield "closes_at", _("The deadline must be before the meeting starts.")


def _limits(speakers_list, meeting):
    shortest, longest = (int(limit.total_seconds()) for limit in (SHORTEST_LIMIT, LONGEST_LIMIT))
    for field in LIMITS:
        limit = getattr(speakers_list, field)
        if not SHORTEST_LIMIT <= limit <= LONGEST_LIMIT or limit.microseconds:
            words = _("A limit must be a whole number of seconds from %(shortest)d to %(longest)d.")
            yield field, words % {"shortest": shortest, "longest": longest}
        elif limit > meeting.ends_at - meeting.starts_at:
            yield field, _("A limit may not be longer than the meeting.")


def _ranks(speakers_list, _meeting):
    given = []
    for code in Band.values:
        rank = speakers_list.ranks.get(code)
        if type(rank) is not int or not 1 <= rank <= HIGHEST_RANK:
            words = _("The band “%(band)s” needs a rank from 1 to %(highest)d.")
            yield f"rank_{code}", words % {"band": Band(code).label, "highest": HIGHEST_RANK}
        elif rank in given:
            yield f"rank_{code}", _("No two bands may have the same rank.")
        given.append(rank)
