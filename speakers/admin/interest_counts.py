"""The seats and the regional balance of all lists of a meeting by selection, side by side.  R-62"""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from speakers.models import Delegation, Inscription, Interest, SpeakersList


@dataclass(frozen=True)
class Row:
    """One regional group with its counts: see `headings`."""

    label: str
    numbers: list[int]


@dataclass(frozen=True)
class Table:
    """One list: its name, its seats as (label, number), and its rows."""

    heading: str
    seats: list[tuple[str, int]]
    rows: list[Row]


def headings() -> list[str]:
    """The headings of the columns of each `Row.numbers`."""
    return [_("first choice"), _("second choice"), _("seats given")]


def of_meeting(meeting: Meeting) -> list[Table]:
    """A `Table` for each list of `meeting` whose seats are given by selection (three statements)."""
    lists = list(SpeakersList.objects.by_selection().filter(meeting=meeting))
    asked = Interest.objects.not_withdrawn().filter(speakers_list__in=lists).order_by()
    choices = list(asked.values_list("speakers_list", "second_choice", "delegation__regional_group"))
    standing = Inscription.objects.standing().filter(speakers_list__in=lists).order_by()
    given = Counter(standing.values_list("speakers_list", "delegation__regional_group"))
    first = Counter((first, region) for first, _second, region in choices)
    second = Counter((second, region) for _first, second, region in choices)
    return [_table(each, first, second, given) for each in lists]


def _table(speakers_list, *counts):
    regions = Delegation.RegionalGroup.choices
    rows = [Row(str(label), [count[speakers_list.pk, region] for count in counts]) for region, label in regions]
    taken = sum(row.numbers[-1] for row in rows)
    seats = speakers_list.seats_by_selection
    told = [(_("Seats"), seats), (_("Given"), taken), (_("Free"), max(0, seats - taken))]
    return Table(speakers_list.name, told, [row for row in rows if any(row.numbers)])
