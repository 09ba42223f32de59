"""Figures shown to the office as it decides: seats, and the balance by region, gender, status and theme.  R-56"""

from collections import Counter
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

import spelling
from outbox.models import Message
from registration.models import Ticketing, TicketRequest
from registration.models.representative import LET_IN, Gender, Selection, State
from speakers.models import Delegation

THEMES_AT_MOST = 12
FACTS = [
    "state",
    "holds_seat",
    "offer_ends_at",
    "wishes_to_speak",
    "selection",
    "gender",
    "topic",
    "theme",
    "request__consultative_status",
    "request__organization__country__regional_group",
]


@dataclass(frozen=True)
class Row:
    """One value of a category with its counts: see `headings`."""

    label: str
    numbers: list[int]


@dataclass(frozen=True)
class Table:
    """The counts of one category."""

    heading: str
    rows: list[Row]


@dataclass(frozen=True)
class Counts:
    """Everything shown above the queue of one meeting."""

    seats: list[tuple[str, int]]
    tables: list[Table]
    drafts: int

    @classmethod
    def of(cls, ticketing: Ticketing) -> "Counts":
        """Count the active representatives of the meeting of `ticketing`, and its held mails (two queries)."""
        persons = list(ticketing.meeting.representatives.active().order_by().values(*FACTS))
        drafts = Message.objects.held().filter(kind__startswith="registration.", about=ticketing.meeting.slug)
        return cls(_seats(ticketing, persons), _tables(persons), drafts.count())


def headings() -> list[str]:
    """The headings of the columns of each `Row.numbers`."""
    return [_("requested"), _("seats held"), _("wish to speak"), _("short-listed"), _("selected")]


def _seats(ticketing, persons):
    """Where the seats are, as (label, number)."""
    held = sum(each["holds_seat"] for each in persons)
    offered = sum(each["offer_ends_at"] is not None for each in persons)
    return [
        (_("Seats"), ticketing.capacity),
        (_("Approved"), sum(each["state"] in LET_IN for each in persons)),
        (_("Offered"), offered),
        (_("Under review again"), sum(each["state"] == State.CONFIRMED and each["holds_seat"] for each in persons)),
        (_("Free"), max(0, ticketing.capacity - held)),
        (_("To be decided"), sum(each["state"] == State.CONFIRMED for each in persons)),
        (_("On the waiting list"), sum(each["state"] == State.WAITLISTED for each in persons)),
    ]


def _tables(persons):
    region, status = "request__organization__country__regional_group", "request__consultative_status"
    regions: dict[str | None, str | Promise] = {**dict(Delegation.RegionalGroup.choices), None: _("no single country")}
    return [
        _table(_("Region"), persons, region, regions),
        _table(_("Gender, self-described"), persons, "gender", dict(Gender.choices)),
        _table(_("Consultative status"), persons, status, dict(TicketRequest.ConsultativeStatus.choices)),
        _themes([each for each in persons if each["wishes_to_speak"]]),
    ]


def _table(heading, persons, field, labels):
    rows = [
        Row(str(label), _numbers([each for each in persons if each[field] == value])) for value, label in labels.items()
    ]
    return Table(heading, [row for row in rows if any(row.numbers)])


def _themes(persons):
    """The themes of those who wish to speak, the most frequent first; their topics where staff named no theme."""
    named = [(each["theme"] or each["topic"], each) for each in persons]
    counted = Counter(_same(name) for name, _person in named)
    labels = {_same(name): name for name, _person in named}
    rows = [
        Row(labels[key], _numbers([person for name, person in named if _same(name) == key]))
        for key, _number in counted.most_common(THEMES_AT_MOST)
    ]
    return Table(_("Theme"), rows)


def _same(theme):
    return spelling.key(theme)


def _numbers(persons):
    considered = Counter(each["selection"] for each in persons)
    return [
        len(persons),
        sum(each["holds_seat"] for each in persons),
        sum(each["wishes_to_speak"] for each in persons),
        considered[Selection.SHORT_LISTED] + considered[Selection.SELECTED],
        considered[Selection.SELECTED],
    ]
