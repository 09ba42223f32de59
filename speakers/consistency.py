"""Is a meeting whole, with its lists? The one check that the loader, the secretariat's pages and publishing ask.

R-04 R-17 R-31 R-36 R-62
"""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from dialogue import consistency
from dialogue.consistency import InFull, Objection
from dialogue.models import at_once_with
from speakers.limits import BY_CAPACITY, OF_CAPACITIES, name_of, whom
from speakers.models import Band, SpeakersList
from speakers.models.inscription import LOWEST_CLASS
from speakers.models.speakers_list import HIGHEST_RANK

DRAWN = {SpeakersList.Policy.LOTS, SpeakersList.Policy.OPENING_WINDOW}
SHORTEST_LIMIT, LONGEST_LIMIT = timedelta(seconds=15), timedelta(hours=1)


def objections(whole: InFull) -> Iterator[Objection]:
    """What contradicts itself in a meeting and its lists, or is missing.

    The rank of a band is the field “rank_” and its code. Those of a list beside the main one begin with its title.
    """
    yield from consistency.objections(whole)
    yield from _names(whole)
    yield from _slots(whole)
    for each in whole.lists:
        for field, words in [*_of_list(each, whole.meeting), *_heard(each, whole)]:
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


def _heard(speakers_list, whole):
    """A list is heard in one sitting at a time.  R-62"""
    heard = speakers_list.hours_among(list(whole.sittings)) if whole.meeting.has_several_rooms else []
    if any(at_once_with(each, heard) for each in heard):
        words = _("The list is heard in one of several sittings held at the same time: choose which.")
        yield "heard_in", words


def _of_list(speakers_list, meeting):
    for check in (_dates, _selection, _limits, _rows_of_limits, _levels, _ranks):
        yield from check(speakers_list, meeting)


def _dates(speakers_list, meeting):
    if speakers_list.opens_at >= speakers_list.closes_at:
        yield "closes_at", _("Inscription must open before it closes.")
    if speakers_list.closes_when_announced:
        if speakers_list.closes_at >= meeting.ends_at:
            yield "closes_at", _("The moment about which the Chair closes the list must be before the meeting ends.")
    elif speakers_list.closes_at >= meeting.starts_at:
        yield "closes_at", _("The deadline must be before the meeting starts.")


def _selection(speakers_list, _meeting):
    """A list by selection closes at a moment that is known beforehand, and nothing is filed on it to be drawn."""
    if not speakers_list.is_by_selection:
        return
    if speakers_list.closes_when_announced:
        yield "closes_when_announced", _("If seats are given by selection, interest is expressed until a deadline.")
    if speakers_list.policy in DRAWN:
        yield "policy", _("If seats are given by selection, no draw decides the order.")


def _limits(speakers_list, meeting):
    for field in OF_CAPACITIES:
        if words := _out_of_range(getattr(speakers_list, field), meeting):
            yield field, words


def _rows_of_limits(speakers_list, meeting):
    """What is wrong with the limits by band and level, each named by whom it concerns.  R-65"""
    given: list[str] = []
    for index, row in enumerate(speakers_list.limits):
        if words := _out_of_range(timedelta(seconds=row["seconds"]), meeting) or _misplaced(row, given):
            named = _("%(whom)s: %(reason)s") % {"whom": whom(row, []) or "–", "reason": words}
            yield f"limits {index}", named
        given.append(name_of(row))


def _levels(speakers_list, _meeting):
    """What is wrong with the levels of its own.  R-19"""
    codes = [row["code"] for row in speakers_list.own_levels]
    for index, row in enumerate(speakers_list.own_levels):
        if words := out_of_classes(row["code"], row["class"]):
            yield f"own_levels {index}", words
        elif row["code"] in codes[:index]:
            yield f"own_levels {index}", _("%(level)s: this level is there twice.") % {"level": row["code"]}


def out_of_classes(code: str, number: int) -> str:
    """Why a level with this `code` cannot have the class `number`, as a sentence; empty if it can."""
    if 1 <= number <= LOWEST_CLASS:
        return ""
    facts = {"level": code, "lowest": LOWEST_CLASS}
    return _("%(level)s: a class is a number from 1 to %(lowest)d.") % facts


def _misplaced(row, given):
    if not row["band"] and not row["level"]:
        return _("A limit names a band, a level, or both.")
    if row["band"] in BY_CAPACITY and not row["level"]:
        return _("Groups and civil society have a limit by their capacity: change that one.")
    return _("This limit is there twice.") if name_of(row) in given else ""


def _out_of_range(limit, meeting):
    """Why `limit` is none, as a sentence; or empty."""
    if not SHORTEST_LIMIT <= limit <= LONGEST_LIMIT or limit.microseconds:
        shortest, longest = (int(each.total_seconds()) for each in (SHORTEST_LIMIT, LONGEST_LIMIT))
        words = _("A limit must be a whole number of seconds from %(shortest)d to %(longest)d.")
        return words % {"shortest": shortest, "longest": longest}
    return _("A limit may not be longer than the meeting.") if limit > meeting.ends_at - meeting.starts_at else ""


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
