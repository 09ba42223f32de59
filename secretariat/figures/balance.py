"""The entries of a list by regional group, against the members of each group; all others apart.  R-17 R-18"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue.models import Meeting, sitting_then
from floor.models import Turn
from secretariat.figures import bars
from speakers.models import Delegation, DelegationPlace, Inscription

Category, RegionalGroup = DelegationPlace.Category, Delegation.RegionalGroup
# The row of those who speak on behalf of a group: they are not of one region.
FOR_A_GROUP = "for a group"

# There is no number of all civil society organizations, nor of all groups.
WITHOUT_NUMBER = {Category.CIVIL_SOCIETY, FOR_A_GROUP}


class Member(NamedTuple):
    """A delegation at the date of a meeting: its key, its category, and its regional group."""

    delegation: int
    category: str
    region: str


class Fact(NamedTuple):
    """An entry as the balance needs it; `spoke_at` is when its statement began, if it was delivered."""

    delegation: int
    region: str
    capacity: str
    state: str
    spoke_at: datetime | None


@dataclass(frozen=True)
class Row:
    """The counts of a regional group or a category; `members` is None where there is no such number.

    `of_sittings` has how many spoke in each sitting, if there are several days.
    """

    label: str
    members: int | None
    listed: int
    spoken: int
    withdrawn: int
    of_sittings: list[int]
    pieces: list[bars.Piece]

    @property
    def share(self) -> int | None:
        """The percentage of the members that is on the list."""
        return round(100 * self.listed / self.members) if self.members else None


@dataclass(frozen=True)
class Balance:
    """The balance of one list: `regions` of Member States, `others` apart, and the sums of both."""

    name: str
    regions: list[Row]
    others: list[Row]
    in_all: Row
    sittings: list[str]
    without_region: str


def members_at(meeting: Meeting) -> list[Member]:
    """All active delegations that have a place at the date of `meeting` (one statement)."""
    places = DelegationPlace.objects.in_force(meeting.starts_on).filter(delegation__is_active=True).order_by()
    return [Member(*row) for row in places.values_list("delegation", "category", "delegation__regional_group")]


def of_list(speakers_list: Any, entries: list[Fact], members: list[Member]) -> Balance:
    """The `Balance` of `speakers_list` with these `entries`, by the `members` that there are at its meeting."""
    meeting = speakers_list.meeting
    sittings = meeting.hours if meeting.has_several_days else []
    hours = sittings, speakers_list.hours
    categories = {each.delegation: each.category for each in members}
    of_row: dict[str, list[Fact]] = {}
    for entry in entries:
        of_row.setdefault(_row_of(entry, categories), []).append(entry)
    there = Counter(_row_of_member(each) for each in members)
    regions = [value for value in RegionalGroup.values if value != RegionalGroup.NONE or there[value]]
    others = [each for each in [*Category, FOR_A_GROUP] if each in of_row]
    longest = max([there[each] for each in regions] + [len(found) for found in of_row.values()], default=0)

    def row(name, label, number):
        return _row(label, number, of_row.get(name, []), hours, longest)

    labels = dict(RegionalGroup.choices) | {RegionalGroup.NONE: _("Member States without a regional group")}
    of_states = [row(each, str(labels[each]), there[each]) for each in regions]
    apart = [row(each, _label(each), None if each in WITHOUT_NUMBER else there[each]) for each in others]
    names, without = [str(each) for each in sittings], _on_those_without(there[RegionalGroup.NONE])
    return Balance(speakers_list.name, of_states, apart, _sum([*of_states, *apart]), names, without)


def _sum(rows):
    """The row of all `rows`."""
    listed, spoken, withdrawn = (sum(getattr(row, each) for row in rows) for each in ("listed", "spoken", "withdrawn"))
    of_sittings = [sum(numbers) for numbers in zip(*(row.of_sittings for row in rows), strict=True)]
    return Row(_("In all"), None, listed, spoken, withdrawn, of_sittings, [])


def _row_of(entry, categories):
    """The name of the row in which an `entry` is counted."""
    if entry.capacity == Inscription.Capacity.GROUP:
        return FOR_A_GROUP
    category = categories.get(entry.delegation, Category.CIVIL_SOCIETY)
    return entry.region if category == Category.MEMBER_STATE else category


def _row_of_member(member):
    return member.region if member.category == Category.MEMBER_STATE else member.category


def _label(name):
    return {
        Category.OBSERVER_STATE: _("Observer States"),
        Category.OBSERVER: _("Other observers"),
        Category.REGIONAL_ORGANIZATION: _("Regional organizations"),
        Category.ORGANIZATION: _("Organizations"),
        Category.UN_SYSTEM: _("United Nations system"),
        Category.CIVIL_SOCIETY: _("Civil society"),
        FOR_A_GROUP: _("On behalf of a group"),
    }[name]


def _row(label, members, entries, hours, longest):
    standing = [each for each in entries if each.state == Inscription.State.STANDING]
    spoke = [each.spoke_at for each in standing if each.spoke_at]
    stand = {each.delegation for each in standing}
    gone = {each.delegation for each in entries if each.state == Inscription.State.WITHDRAWN}
    lengths = {"frame": members or 0, "whole": len(standing), "part": len(spoke)}
    return Row(
        label,
        members,
        len(standing),
        len(spoke),
        len(gone - stand),
        _spoken_in(hours, spoke),
        bars.from_the_start(lengths, longest),
    )


def _spoken_in(hours, spoke):
    """How many of those who `spoke` did so in each sitting, of which some are the list's own; together they are all."""
    sittings, own = hours
    found = Counter(sitting_then(sittings, at, own) for at in spoke)
    return [found[each] for each in sittings]


def _on_those_without(count):
    """A sentence on the Member States that have no regional group on record."""
    if not count:
        return _("Each Member State is on record with a regional group.")
    words = ngettext(
        "%(count)d Member State has no regional group on record.",
        "%(count)d Member States have no regional group on record.",
        count,
    )
    return words % {"count": count}


def spoke_at(state: str | None, began_at: datetime | None) -> datetime | None:
    """When an entry with a turn in that `state` spoke: None unless its statement was delivered."""
    return began_at if state == Turn.State.DELIVERED else None
