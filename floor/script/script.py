"""The moderator's script: what is read aloud, in order, and what was said about time."""

from dataclasses import dataclass
from itertools import zip_longest

from django.utils.translation import gettext as _

from floor.script import addressing
from floor.standings import Floor, Standing
from languages.lengths import length_in_words
from speakers.limits import limit_for, of_a_further
from speakers.models import Band, Group


@dataclass(frozen=True)
class Line:
    """One entry of the script: the sentence that gives it the floor, and the one that thanks."""

    standing: Standing
    announcement: str
    thanks: str


def lines(floor: Floor) -> list[Line]:
    """The `Line` of the speaker who has the floor, if any, and of everyone waiting, in order."""
    order = [*([floor.current] if floor.current else []), *floor.waiting]
    following = [standing.turn for standing in order[1:]]
    groups = _full_names(floor.meeting.speakers_list) if any(standing.turn.group for standing in order) else {}
    return [
        Line(standing, addressing.announcement(standing.turn, after, groups), addressing.thanks(standing.turn))
        for standing, after in zip_longest(order, following)
    ]


def _full_names(speakers_list):
    """The full names of the groups on the register of the list, with their article, by the short ones.  R-66"""
    return {group.short_name: group.full_name for group in Group.of_list(speakers_list)}


def suggestions(floor: Floor) -> list[str]:
    """Sentences about time that fit the present limits; one that is read out is kept with its moment."""
    limit = _limit_said(floor.meeting.speakers_list)
    return [
        _("Statements are limited to %(limit)s. I ask all speakers to keep to the limit.") % {"limit": limit},
        _("I remind speakers that they have %(limit)s, and that longer texts may be handed in.") % {"limit": limit},
        _("In view of the time, the limit for the speakers to come is %(limit)s.") % {"limit": limit},
    ]


def _limit_said(speakers_list):
    """The limit, or both where groups have another."""
    limit, of_groups = map(length_in_words, [of_a_further(speakers_list), limit_for(speakers_list, Band.GROUPS)])
    words = _("%(limit)s in national capacity and %(of_groups)s on behalf of a group")
    return limit if limit == of_groups else words % {"limit": limit, "of_groups": of_groups}
